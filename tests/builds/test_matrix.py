"""`make matrix` says what each Python did, and where the books differ; the clones are tiny here."""

import subprocess
import sys

import matrix
import pytest

# A page says which Python built it if the file `say` is committed.
MAKEFILE = """
book:
\t@mkdir -p _build/html
\t@echo "<p>1.5 nats</p><p>$$(cat say) $(if $(wildcard say),$(PYTHON))</p>" > _build/html/a.html
\t@echo "<p>$(PYTHON)</p>" > _build/html/status.html

test: book
\t@echo "==== 7 passed, 1 skipped in 1.25s (0:00:01) ===="
\t@echo "==== $(if $(findstring broken,$(PYTHON)),1 failed, )2 passed in 0.50s ===="
\t@exit $(if $(findstring broken,$(PYTHON)),1,0)
"""


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a function that commits files, whose clones the matrix then makes."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.setattr(matrix, "ROOT", folder)
    monkeypatch.setattr(matrix, "LOGS", folder / "_build" / "matrix")

    def commit(**files):
        for name, text in {"Makefile": MAKEFILE, ".gitignore": "_build/\n", **files}.items():
            (folder / name).write_text(text, "utf-8")
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
        for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "All"]):
            subprocess.run([*git, *command], cwd=folder, check=True)

    return commit


@pytest.fixture
def run_with(tmp_path, monkeypatch, capsys):
    """Return a function that runs the matrix with Pythons of these names."""

    def run(*names, options=()):
        pythons = [tmp_path / name for name in names]
        for python in pythons:
            if "missing" not in python.name:
                python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
                python.chmod(0o755)
        monkeypatch.setattr(sys, "argv", ["matrix.py", *options, *map(str, pythons)])
        with pytest.raises(SystemExit) as end:
            matrix.main()
        return end.value.code, capsys.readouterr().out.splitlines()[-len(names) :]

    return run


def test_books_of_the_same_text(repository, run_with):
    repository()
    status, (first, second) = run_with("python-one", "python-two")
    assert status == 0
    version = matrix.version_of(sys.executable)
    assert f"python-one: {version}, passed: 9 passed, 1 skipped, " in first
    assert first.endswith(" s, the book to compare with")
    assert second.endswith(" s, same text")


def test_books_of_another_text(repository, run_with):
    repository(say="By")
    status, (first, second, third) = run_with("python-one", "python-two", "python-one")
    assert status == 1
    assert first.endswith("the book to compare with") and third.endswith("same text")
    assert "differs on 1 pages; first on a.html: 'By " in second
    assert "python-two' instead of 'By " in second


def test_a_python_whose_tests_fail(repository, run_with):
    repository()
    status, (broken, good) = run_with("python-broken", "python-good")
    assert status == 1
    assert "FAILED: 9 passed, 1 skipped, 1 failed" in broken
    assert "passed: 9 passed, 1 skipped" in good and good.endswith("same text")


def test_a_missing_python(repository, run_with):
    repository()
    status, (missing, good) = run_with("python-missing", "python-good")
    assert status == 1
    assert missing.endswith("python-missing: missing, or it does not run")
    assert good.endswith("the book to compare with")


def test_the_book_alone(repository, run_with):
    repository()
    status, (line,) = run_with("python-one", options=["--target", "book"])
    assert status == 0
    assert "passed: no tests" in line


def test_a_build_that_fails(repository, run_with):
    repository(Makefile="test:\n\t@exit 1\n")
    status, (one, other) = run_with("python-one", "python-two")
    assert status == 1
    assert one.endswith("no book") and other.endswith("no book")


def test_text_of_a_page():
    page = (
        "<title>A title</title><style>p {}</style><script>let a = 1;</script>"
        '<p>KL  =\n 1.89</p><img alt="Two ellipses" src="a.png"><svg><text>0.5</text></svg>'
        '<button aria-label="Play">&#9654;</button>'
    )
    assert matrix.text_of(page) == ["A title", "KL = 1.89", "Two ellipses", "0.5", "Play", "▶"]
