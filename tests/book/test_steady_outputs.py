"""A cell that prints slowly leaves one block on its page, as a quick one does."""

import functools
import importlib.util
from pathlib import Path

import nbformat
import pytest
from jupyter_cache.executors import utils as runner

ROOT = Path(__file__).parents[2]
SLOW = """
import sys, time
for i in range(3):
    print(i)
    sys.stdout.flush()
    time.sleep(0.1)
"""


@pytest.fixture
def run(monkeypatch):
    """Execute one cell as the build of the book does; return its outputs."""
    monkeypatch.setattr(runner, "executenb", runner.executenb)
    spec = importlib.util.spec_from_file_location(
        "steady_outputs", ROOT / "_ext" / "steady_outputs.py"
    )
    extension = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(extension)
    extension.setup(None)

    def run(source):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        result = runner.single_nb_execution(notebook, cwd=None, timeout=60, allow_errors=False)
        assert result.err is None
        return notebook.cells[0].outputs

    return run


def test_pieces_of_a_stream_are_put_together(run):
    [output] = run(SLOW)
    assert output.text == "0\n1\n2\n"


def test_without_it_the_pieces_stay_apart(run):
    runner.executenb = functools.partial(runner.executenb, coalesce_streams=False)
    assert len(run(SLOW)) == 3
