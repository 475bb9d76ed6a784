"""The executed notebooks hold all outputs, whether a kernel ran or the cache had them."""

import asyncio
import threading

import nbclient
import nbformat
import pytest
from notebook_queue import Client, NotebookQueue

SLOW = """
import sys, time
for i in range(3):
    print(i)
    sys.stdout.flush()
    time.sleep(0.3)
"""


@pytest.fixture
def run():
    """Execute one cell as the build of the book does; return its outputs."""
    queue = NotebookQueue(1)

    def run(source):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        result = queue.submit(notebook, cwd=".", timeout=60, allow_errors=False).result()
        assert result.err is None
        return notebook.cells[0].outputs

    yield run
    queue.stop()


def test_pieces_of_a_stream_are_joined(run):
    [output] = run(SLOW)
    assert output.text == "0\n1\n2\n"


def test_a_task_that_catches_its_cancellation_is_cancelled_again(monkeypatch):
    caught = []

    async def execute(client):
        started.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            caught.append(client)
            await asyncio.sleep(3600)

    started = threading.Event()
    monkeypatch.setattr(Client, "async_execute", execute)
    queue = NotebookQueue(1)
    notebook = nbformat.v4.new_notebook()
    future = queue.submit(notebook, cwd=".", timeout=None, allow_errors=False)
    assert started.wait(60)
    stopping = threading.Thread(target=queue.stop, daemon=True)
    stopping.start()
    stopping.join(60)
    assert not stopping.is_alive()
    assert len(caught) == 1 and future.cancelled()


def test_without_it_the_pieces_stay_apart():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SLOW)])
    nbclient.execute(notebook)
    assert len(notebook.cells[0].outputs) == 3


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


@pytest.mark.thorough
def test_a_result_that_cannot_be_displayed_fails_the_build(book):
    book.page("second", text="Some words.", code=UNSEEN)
    for _ in range(2):  # executed, then from the cache
        result = book.build()
        assert result.status != 0
        assert "A result cannot be displayed: TypeError: no picture" in result.output
    assert "no picture" not in book.html("second")


def without_ids(cells):
    return [{key: value for key, value in cell.items() if key != "id"} for cell in cells]
