"""The script that runs downloaded notebooks: what it counts, and when it stops."""

import json

import downloads
import pytest


def notebook(*texts):
    """Return a notebook whose code cells have printed these texts."""
    return json.dumps(
        {
            "cells": [{"cell_type": "markdown", "source": "A text."}]
            + [{"cell_type": "code", "outputs": [{"text": [text]}]} for text in texts]
        }
    )


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """Replace environments and kernels; return the calls, and what the cells shall print."""
    calls, prints, installed = [], ["the same", "0.25"], [False, True]
    (tmp_path / "one.ipynb").write_text(notebook("the same", "0.24"))
    monkeypatch.setattr(downloads, "FOLDER", tmp_path)
    monkeypatch.setattr(downloads, "run", calls.append)
    monkeypatch.setattr(downloads, "has_klhelpers", lambda python: installed.pop(0))

    def executed(python, source, target):
        target.write_text(notebook(*prints))
        return downloads.code_cells(target)

    monkeypatch.setattr(downloads, "executed", executed)
    return calls, prints, installed


def test_all_notebooks_run_in_an_environment_with_jupyterlab_alone(runs, capsys):
    calls, _, _ = runs
    downloads.main()
    assert [call[-1] for call in calls][1:] == ["jupyterlab"]
    assert "one: 2 cells have run" in (printed := capsys.readouterr().out)
    assert "1 print what they print on the page" in printed


def test_a_false_sentence_stops(runs):
    runs[1][1] = "No longer true for your values: It is small."
    with pytest.raises(SystemExit, match="false:\none, No longer true"):
        downloads.main("one")


@pytest.mark.parametrize(
    ("installed", "message"), [([True], "not empty"), ([False, False], "has not installed")]
)
def test_an_environment_that_proves_nothing_stops(runs, installed, message):
    runs[2][:] = installed
    with pytest.raises(SystemExit, match=message):
        downloads.main()


def test_a_cell_that_fails_stops(tmp_path):
    """With a Python in place of the one of the environment that fails."""
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho No module >&2\nexit 1\n")
    program.chmod(0o755)
    (tmp_path / "one.ipynb").write_text(notebook())
    with pytest.raises(SystemExit, match=r"two\.ipynb has failed:\nNo module"):
        downloads.executed(program, tmp_path / "one.ipynb", tmp_path / "two.ipynb")
    assert not downloads.has_klhelpers(program)


def test_without_notebooks_it_stops(tmp_path, monkeypatch):
    monkeypatch.setattr(downloads, "FOLDER", tmp_path)
    with pytest.raises(SystemExit, match="run make book first"):
        downloads.main()
