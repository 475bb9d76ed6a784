"""The notebooks that readers download are whole, and hold nothing that only the book knows."""

import re
from pathlib import Path

import nbclient
import nbformat
import pytest
from table_of_contents import ROOT

from klhelpers._static import STATIC_VARIABLE

FOLDER = ROOT / "_build" / "html" / "_downloads" / "notebooks"


@pytest.fixture
def download(chapter):
    return nbformat.read(FOLDER / f"{Path(chapter).name}.ipynb", as_version=4)


def test_a_download_is_valid_and_has_the_outputs_of_the_page(download, code_cells):
    nbformat.validate(download)
    first, *others = [cell for cell in download.cells if cell.cell_type == "code"]
    assert "pip" in first.source and first.metadata.jupyter.source_hidden
    assert [cell.source for cell in others] == [cell.source for cell in code_cells]
    for ours, executed in zip(others, code_cells, strict=True):
        assert len(ours.outputs) == len(executed.outputs)
        for output, original in zip(ours.outputs, executed.outputs, strict=True):
            assert output.get("data") == original.get("data")
            assert output.get("text") == original.get("text")


def test_its_text_is_plain_markdown(download):
    for cell in download.cells:
        if cell.cell_type == "markdown":
            found = re.findall(r"^(?:`{3,}|:{3,})\{.*|\{[a-z:]+\}`.*|^:\w+:.*|\]\([^)]*\.md.*",
                               cell.source, re.MULTILINE)  # fmt: skip
            assert found == [], cell.source


def test_its_figures_and_formulas_have_the_numbers_of_the_page(download, chapter):
    page = (ROOT / "_build" / "html" / f"{chapter}.html").read_text(encoding="utf-8")
    text = "\n".join(cell.source for cell in download.cells if cell.cell_type == "markdown")
    for number in re.findall(r"^\*\*Fig\. ([\d.]+)\*\*", text, re.MULTILINE):
        assert f"Fig. {number} " in page
    for number in re.findall(r"\\tag\{([\d.]+)\}", text):
        assert f"({number})" in page
    assert not re.search(r"Fig\. \*\*|fig-|\beq-", text)


@pytest.mark.thorough
def test_a_download_runs(tmp_path, monkeypatch):
    """In the environment of the tests, where the first cell has nothing to install."""
    monkeypatch.delenv(STATIC_VARIABLE, raising=False)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    notebook = nbformat.read(FOLDER / "analytic-kl.ipynb", as_version=4)
    before = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    nbclient.execute(notebook, cwd=tmp_path, timeout=600, kernel_name="python3")
    after = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    assert after[0] == []
    printed = ["".join(out.get("text", "") for out in outs) for outs in (*before, *after)]
    assert printed[: len(before)] == printed[len(before) :]
