"""With other seeds, targets, rates, steps and families, every cell of a page still runs.

Each page runs in one kernel, once for each change, with an empty namespace.
"""

import os
import runpy
from pathlib import Path

import jupytext
import nbclient
import nbformat
import pytest
from isolation import isolated
from table_of_contents import EXECUTED, ROOT
from thorough import thoroughly

from klhelpers._static import STATIC_VARIABLE

BY_PAGE = Path(__file__).with_name("other_values")
SEEDS = [{"SEED = 41": f"SEED = {seed}"} for seed in (0, 7, 2026)]


def changes(chapter):
    """Return what is changed, from the file of the page, which is named like it; else the seed."""
    file = BY_PAGE / f"{Path(chapter).name.replace('-', '_')}.py"
    return runpy.run_path(str(file))["CHANGES"] if file.is_file() else SEEDS


def changed(source, change):
    """Code of the page with other values, each of which must be found."""
    found = set()
    for cell in jupytext.read(source).cells:
        if cell.cell_type == "code":
            code = cell.source
            for old, new in change.items():
                if old in code:
                    found.add(old)
                    code = code.replace(old, new)
            yield nbformat.v4.new_code_cell(code)
    assert found == set(change)


def test_every_file_belongs_to_a_page(chapters):
    files = {file.stem for file in BY_PAGE.glob("*.py")}
    assert files <= {Path(chapter).name.replace("-", "_") for chapter in chapters}
    assert len(files) >= 5


@pytest.mark.parametrize("name", thoroughly(EXECUTED, always=["index"]))
def test_every_cell_runs(name, tmp_path):
    notebook = nbformat.v4.new_notebook()
    for change in changes(name):
        notebook.cells += [
            *changed(ROOT / f"{name}.md", change),
            nbformat.v4.new_code_cell("%reset -f"),
        ]
    env = isolated(os.environ, tmp_path)
    for name in (STATIC_VARIABLE, "PYTEST_CURRENT_TEST"):  # as for a reader
        env.pop(name, None)
    client = nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3")
    client.execute(env=env, cwd=tmp_path)
    printed = [
        output.get("text", "")
        for cell in notebook.cells
        for output in cell.outputs
        if output.output_type == "stream"
    ]
    if changes(name) is not SEEDS:  # another seed alone need not make a sentence false
        assert any("No longer true for your values: " in text for text in printed)
