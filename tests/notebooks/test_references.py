"""The executed notebooks are complete, so that comparing with them can show a difference.

nbval skips a cell that has not run.  So every code cell must have run, in order, and every
notebook must have the cells of its source as it is now.
"""

import statistics

import jupytext

WIDTH = 88  # characters of code that fit between the side bars of a page


def tags(cell):
    return cell.metadata.get("tags", [])


def shown(cell):
    """Tell whether the page shows the source of a cell without being asked."""
    return not {"remove-cell", "remove-input", "hide-input", "hide-cell"} & set(tags(cell))


def test_every_code_cell_has_run_in_order(code_cells):
    assert code_cells
    assert [cell.execution_count for cell in code_cells] == list(range(1, len(code_cells) + 1))


def test_reference_is_the_source_of_today(source, code_cells):
    written = [cell.source for cell in jupytext.read(source).cells if cell.cell_type == "code"]
    assert [cell.source for cell in code_cells] == written


def test_no_cell_failed_unless_it_says_so(code_cells):
    for cell in code_cells:
        failed = any(output.output_type == "error" for output in cell.outputs)
        assert failed == ("raises-exception" in tags(cell)), cell.source


def test_nothing_was_written_to_stderr(code_cells):
    for cell in code_cells:
        streams = {output.name for output in cell.outputs if output.output_type == "stream"}
        assert "stderr" not in streams, cell.source


def test_no_output_is_the_name_of_an_object(code_cells):
    """What a call at the end of a cell happens to return, such as ``<function f at ...>``."""
    results = [out for cell in code_cells for out in cell.outputs if "data" in out]
    texts = [out.data.get("text/plain", "") for out in results if list(out.data) == ["text/plain"]]
    names = ("<function", "<bound method", "<class", "<module")
    assert [text for text in texts if text.startswith(names) or " at 0x" in text] == []


def test_streams_are_whole(code_cells):
    for cell in code_cells:
        streams = [output.name for output in cell.outputs if output.output_type == "stream"]
        assert len(streams) == len(set(streams)), cell.source


def test_no_comparison_is_switched_off(code_cells):
    off = {"nbval-skip", "nbval-ignore-output"}
    for cell in code_cells:
        assert off.isdisjoint(tags(cell)), cell.source
        assert "NBVAL" not in cell.source


def test_cells_are_short(chapter, code_cells):
    lengths = [len(cell.source.splitlines()) for cell in code_cells if shown(cell)]
    assert max(lengths, default=0) <= 30
    if chapter.startswith("chapters/"):
        assert statistics.median(lengths) <= 8
        assert statistics.quantiles(lengths, n=10)[-1] <= 20


def test_lines_fit_the_page(code_cells):
    lines = [line for cell in code_cells if shown(cell) for line in cell.source.splitlines()]
    assert [line for line in lines if len(line) > WIDTH] == []
