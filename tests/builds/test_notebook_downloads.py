"""Notebooks for a plain Jupyter: what becomes of MyST, and that one runs after its first cell."""

import base64
import io
import json
import tomllib
import zipfile

import nbformat
import pytest
from notebook_downloads import INSTALL, packed_sources
from plain_markdown import Book, plain
from tiny_book import ROOT

BOOK = Book(
    figures={"fig-a": "1.2"}, equations={"eq-a": "1.3"}, notebooks={"index", "second", "third"}
)


@pytest.mark.parametrize(
    ("myst", "markdown"),
    [
        ("{term}`nats <nat>` and {term}`floor`", "nats and floor"),
        ("{numref}`The figure <fig-a>` {numref}`here <fig-b>`", "Fig. 1.2 here"),
        ("{eq}`eq-a` and {eq}`the split <eq-b>`", "(1.3) and the split"),
        ("[Two](second.md), [A (1)](../references.md#a1)", "[Two](second.ipynb), A (1)"),
        ("$$\nx\n$$ (eq-a)", "$$\nx\n\\tag{1.3}\n$$"),
        ("```{math}\n:label: eq-a\nx\n```", "$$\nx\n\\tag{1.3}\n$$"),
        ("```{math}\nx\n```", "$$\nx\n$$"),
        (":::{admonition} Trap\n:class: warning\nIt *is*.\n:::", "> **Trap**\n>\n> It *is*."),
        ("```{exercise} One\n:label: ex-one\n\nDo it.\n```", "**Exercise: One**\n\nDo it."),
        (
            "````{solution-start} ex-one\n:class: dropdown\n````\n\nBy {eq}`eq-a`.",
            "<details><summary>Solution</summary>\n\nBy (1.3).\n\n</details>",
        ),
        ("````{solution-start} ex-one\n:class: dropdown\n````", "**Solution**"),
        ("````{solution-end}\n````\n\n## Next", "## Next"),
        ("```{glossary}\nnat\n  : A unit.\n    Yes.\n\na\nb\n  : Two.\n```",
         "- **nat**: A unit. Yes.\n- **a, b**: Two."),
        ("(a-place)=\n### Here", "### Here"),
        ("```\n{not} a directive\n```", "```\n{not} a directive\n```"),
    ],
)  # fmt: skip
def test_myst_becomes_markdown(myst, markdown):
    assert plain(myst, BOOK) == markdown


def test_a_box_in_a_box():
    inner = "```{math}\n:label: eq-a\nx\n```"
    assert plain(f"````{{note}}\n{inner}\n````", BOOK) == "> $$\n> x\n> \\tag{1.3}\n> $$"


def test_sources_are_those_of_both_packages_and_equal_for_equal_trees():
    sources = packed_sources(ROOT)
    assert sources == packed_sources(ROOT)
    assert not set(sources) & set("\"'\\\n")  # it stands in a string of Python
    with zipfile.ZipFile(io.BytesIO(base64.b85decode(sources))) as packed:
        names = packed.namelist()
        for folder in ("", "vectorplayer/"):
            project = tomllib.loads(packed.read(f"{folder}pyproject.toml").decode())["project"]
            files = [project["readme"], *project["license-files"]]
            assert {folder + file for file in files} <= set(names), "it cannot be installed"
        assert "klhelpers/claims.py" in names
        assert any(name.endswith("assets/player.js") for name in names)
        assert not any("test" in name or name.endswith(".pyc") for name in names)
        for name in names:
            assert packed.read(name) == (ROOT / name).read_bytes()


def test_the_first_cell_installs_only_what_is_missing(monkeypatch):
    calls = []
    monkeypatch.setattr("subprocess.run", lambda *args, **kwargs: calls.append(args))
    code = INSTALL.format(sources=packed_sources(ROOT))
    exec(code, {})
    assert calls == []  # klhelpers is there
    for missing in ("klhelpers", "tensorflow_probability", "arviz_stats", "sklearn"):
        monkeypatch.setattr(
            "importlib.util.find_spec", lambda name, m=missing: None if name == m else m
        )
        exec(code, {})
    assert len(calls) == 4
    for (command,) in calls:
        assert command[1:5] == ["-m", "pip", "install", "--quiet"]
        assert command[6] == command[5].removesuffix("/vectorplayer") + "[chapters]"
        assert len(command) == 7


def test_a_download_is_written_for_each_page(book):
    book.page("second", text="One {term}`x`.\n\n$$\na\n$$ (eq-one)\n\nBy {eq}`eq-one`.\n\n"
              "```{glossary}\nx\n  : A letter.\n```", code="print(8 * 9)")  # fmt: skip
    result = book.build()
    assert result.status == 0, result.output
    folder = book.pages / "_downloads" / "notebooks"
    assert {path.name for path in folder.iterdir()} == {"index.ipynb", "second.ipynb"}
    notebook = nbformat.read(folder / "second.ipynb", as_version=4)
    nbformat.validate(notebook)
    first, text, code = notebook.cells
    assert "b85decode" in first.source
    assert "One x." in text.source and "\\tag{1}" in text.source and "By (1)." in text.source
    assert "- **x**: A letter." in text.source
    assert code.outputs[0].text == "72\n"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert [cell.id for cell in notebook.cells] == ["cell-0", "cell-1", "cell-2"]
    before = (folder / "second.ipynb").read_bytes()
    assert book.build("--all", *("-W", "-n", "--keep-going")).status == 0
    assert (folder / "second.ipynb").read_bytes() == before
    assert "jupytext" not in json.dumps(notebook.metadata)
