"""In JupyterLab a reader sees a chapter's own cells; answers and checks are folded."""

import re

import jupytext
import nbformat
import pytest
from coded_cells import stub_label

HIDDEN = {"remove-cell", "remove-input"}
TRY = "# try it here"


@pytest.fixture
def cells(source):
    return jupytext.read(source).cells


def is_folded(cell):
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def tags(cell):
    return set(cell.metadata.get("tags", []))


def solutions(cells):
    """Indices of the cells from each start of a solution to its end."""
    starts = [i for i, cell in enumerate(cells) if "{solution-start}" in cell.source]
    ends = [i for i, cell in enumerate(cells) if "{solution-end}" in cell.source]
    return list(zip(starts, ends, strict=True))


def test_questions_and_claims_are_folded(cells):
    hidden = [cell for cell in cells if HIDDEN & tags(cell) and cell.source != TRY]
    assert hidden
    assert [cell.source for cell in hidden if not is_folded(cell)] == []


def test_what_the_page_shows_is_open(cells):
    inside = {i for start, end in solutions(cells) for i in range(start, end)}
    open_cells = [
        cell for i, cell in enumerate(cells) if i not in inside and not HIDDEN & tags(cell)
    ]
    assert [cell.source for cell in open_cells if is_folded(cell)] == []


def is_for(cell, label):
    """Whether a reader tries an exercise in a cell: an empty one, or that of its own function."""
    if cell.source == TRY:
        return tags(cell) == {"remove-cell"}
    return stub_label(cell) == label and not tags(cell) and not is_folded(cell)


def test_solutions_are_folded_behind_a_cell_to_try_them_in(chapter, cells):
    found = solutions(cells)
    assert bool(found) == chapter.startswith("chapters/")
    for start, end in found:
        # a cell of its own
        label = re.match(r"````\{solution-start\} (ex-[\w-]+)\n", cells[start].source)[1]
        assert ":class: dropdown" in cells[start].source
        assert is_for(cells[start - 1], label), cells[start - 1].source
        assert f":label: {label}\n" in cells[start - 2].source
        code = [cell for cell in cells[start:end] if cell.cell_type == "code"]
        assert [cell.source for cell in code if not is_folded(cell)] == []


def test_there_are_no_other_cells_to_try(cells):
    tried = [cell for cell in cells if cell.source == TRY or stub_label(cell)]
    assert len(tried) == len(solutions(cells))


def test_a_function_belongs_to_its_own_exercise():
    stub = "def f(x):\n    'A.'\n    raise NotImplementedError\nkl.check(f, 'ex-code-a')"
    cell = nbformat.v4.new_code_cell(stub)
    assert is_for(cell, "ex-code-a")
    assert not is_for(cell, "ex-code-b")
    cell.metadata["tags"] = ["hide-input"]
    assert not is_for(cell, "ex-code-a")
    assert not is_for(nbformat.v4.new_code_cell("x = 1"), "ex-code-a")
