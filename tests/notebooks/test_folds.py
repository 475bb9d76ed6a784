"""In JupyterLab a reader sees a chapter's own cells; answers and checks are folded."""

import jupytext
import pytest

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


def test_solutions_are_folded_behind_a_cell_to_try_them_in(chapter, cells):
    found = solutions(cells)
    assert bool(found) == chapter.startswith("chapters/")
    for start, end in found:
        before = cells[start - 1]
        assert (before.source, tags(before)) == (TRY, {"remove-cell"})
        assert cells[start].source.startswith("````{solution-start}")  # a cell of its own
        assert ":class: dropdown" in cells[start].source
        code = [cell for cell in cells[start:end] if cell.cell_type == "code"]
        assert [cell.source for cell in code if not is_folded(cell)] == []


def test_there_are_no_other_cells_to_try(cells):
    tried = [cell for cell in cells if cell.source == TRY]
    assert len(tried) == len(solutions(cells))
