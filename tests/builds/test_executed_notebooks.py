"""The executed notebooks hold all outputs, whether a kernel ran or the cache had them."""

import functools

import executed_notebooks
import nbformat
import pytest
from jupyter_cache.executors import utils as runner
from myst_nb.core import execute

SLOW = """
import sys, time
for i in range(3):
    print(i)
    sys.stdout.flush()
    time.sleep(0.3)
"""


@pytest.fixture
def run(monkeypatch):
    """Execute one cell as the build of the book does; return its outputs."""
    monkeypatch.setattr(runner, "executenb", runner.executenb)
    monkeypatch.setattr(execute, "NotebookClientCache", execute.NotebookClientCache)
    executed_notebooks.setup(None)

    def run(source):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        result = runner.single_nb_execution(notebook, cwd=None, timeout=60, allow_errors=False)
        assert result.err is None
        return notebook.cells[0].outputs

    return run


def test_pieces_of_a_stream_are_joined(run):
    [output] = run(SLOW)
    assert output.text == "0\n1\n2\n"


def test_without_it_the_pieces_stay_apart(run):
    runner.executenb = functools.partial(runner.executenb, coalesce_streams=False)
    assert len(run(SLOW)) == 3


def test_an_edit_of_prose_keeps_outputs_and_counts(book):
    cold = book.executed("second")
    assert [cell.execution_count for cell in cold] == [1]
    assert cold[0].outputs[0].text == "72\n"
    book.page("second", text="Other words.", code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "Executing notebook" not in result.output
    assert "Other words." in book.html("second")
    assert without_ids(book.executed("second")) == without_ids(cold)


UNSEEN = """def show():
    raise TypeError("no picture")
get_ipython().events.register("post_execute", show)  # as the figures of a cell are shown"""


def test_a_result_that_cannot_be_displayed_fails_the_build(book):
    book.page("second", text="Some words.", code=UNSEEN)
    for _ in range(2):  # executed, then from the cache
        result = book.build()
        assert result.status != 0
        assert "A result cannot be displayed: TypeError: no picture" in result.output
    assert "no picture" not in book.html("second")


def without_ids(cells):
    return [{key: value for key, value in cell.items() if key != "id"} for cell in cells]
