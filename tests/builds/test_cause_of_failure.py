"""The last line of a failed build tells the cause."""

import subprocess
import sys
from pathlib import Path

import pytest
from cause_of_failure import cause
from myst_nb.core.execute import ExecutionError
from nbclient.exceptions import CellExecutionError


def test_last_line_names_the_page_and_the_error(book):
    book.page("second", text="Words.", code="import tf_keras_is_missing")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "--keep-going"]
    done = subprocess.run(command, cwd=book.folder, capture_output=True, text=True)
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1] == (
        "The build failed: second.md: ModuleNotFoundError: No module named 'tf_keras_is_missing'"
    )


ERRORS = [
    (CellExecutionError("", "ValueError", "a\nb"), "page.md: ValueError: a"),
    (CellExecutionError("", "AssertionError", ""), "page.md: AssertionError"),
    (RuntimeError("Kernel didn't respond"), "page.md: RuntimeError: Kernel didn't respond"),
]


@pytest.mark.parametrize(("error", "line"), ERRORS)
def test_cause_is_one_line(error, line):
    outer = ExecutionError("/book/page.md")
    outer.__cause__ = error
    assert cause(outer) == line
