"""The last lines of a failed build tell the cause and what to do."""

import subprocess
import sys
from pathlib import Path

import pytest
from cause_of_failure import cause, remedy
from myst_nb.core.execute import ExecutionError
from nbclient.exceptions import CellExecutionError
from thorough import thoroughly

pytestmark = pytest.mark.faults

SECOND_CELL = "print(1)\n```\n\nText.\n\n```{code-cell} ipython3\n"
FONT = """import matplotlib.pyplot as plt
plt.figure(figsize=(1, 1)).text(0, 0, "a", family="No Such Font");"""

FAILURES = {
    "an error in the last cell": (
        f"{SECOND_CELL}1 / 0",
        "second.md, cell 2 (line 21): ZeroDivisionError: division by zero",
        "mend it there",
    ),
    "a kernel that is killed": (
        f"{SECOND_CELL}import os\nos.kill(os.getpid(), 9)",
        "second.md, cell 2 (line 21): DeadKernelError: Kernel died",
        "make book JOBS=1",
    ),
    "a missing font": (
        FONT,
        "second.md:16: The cell writes to stderr: findfont: Font family 'No Such Font' not found.",
        "install the font",
    ),
}


@pytest.mark.parametrize("what", thoroughly(FAILURES, always=["an error in the last cell"]))
def test_last_lines_name_page_and_cell_and_remedy(what, book):
    code, text, advice = FAILURES[what]
    before = book.published()
    book.page("second", text="Words.", code=code)
    result = book.build()
    assert result.status != 0
    last, what_to_do = result.output.splitlines()[-2:]
    assert last.startswith(f"The build failed: {text}")
    assert what_to_do.startswith("What to do: ") and advice in what_to_do
    assert book.published() == before
    book.page("second", text="Words of the second page.", code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "The build failed" not in result.output
    assert book.published() == before


@pytest.mark.thorough
def test_they_come_after_everything_else(book):
    book.page("second", text="Words.", code="import tf_keras_is_missing")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "--keep-going"]
    done = subprocess.run(command, cwd=book.folder, capture_output=True, text=True)
    assert done.returncode != 0
    last, what_to_do = done.stderr.splitlines()[-2:]
    assert last == (
        "The build failed: second.md, cell 1 (line 15): "
        "ModuleNotFoundError: No module named 'tf_keras_is_missing'"
    )
    assert "`make book` installs" in what_to_do


@pytest.mark.thorough
def test_warnings_are_the_cause_where_they_are_errors(book):
    book.page("second", text="See {numref}`nothing`, and {nothing}`here`.", code="print(8 * 9)")
    result = book.build()
    last = result.output.splitlines()[-2]
    assert last.startswith("The build failed: second.md:14: Unknown interpreted text role")
    assert "(the first of " in last
    assert "The build failed" not in book.build("-n").output


def test_an_error_before_the_build_begins_is_told(book):
    result = book.build(SITE_URL="example.org")
    assert "The build failed: ValueError: SITE_URL must be" in result.output.splitlines()[-2]


ERRORS = [
    (CellExecutionError("", "ValueError", "a\nb"), "/book/page.md: ValueError: a"),
    (CellExecutionError("", "AssertionError", ""), "/book/page.md: AssertionError"),
    (RuntimeError("Kernel didn't respond"), "/book/page.md: RuntimeError: Kernel didn't respond"),
]


@pytest.mark.parametrize(("error", "line"), ERRORS)
def test_cause_is_one_line(error, line):
    outer = ExecutionError("/book/page.md")
    outer.__cause__ = error
    assert cause(outer) == line


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "make room on the disk"),
        ("OperationalError: (sqlite3.OperationalError) database or disk is full", "make room"),
        ("OSError: [Errno 30] Read-only file system: '_build/.lock'", "writable for you"),
        ("PermissionError: [Errno 13] Permission denied: '_build/.lock'", "writable for you"),
        ("page.md, cell 1 (line 3): CellTimeoutError: A cell timed out", "raise the timeout"),
        ("page.md, cell 1 (line 3): ValueError: wrong", "mend it there"),
    ],
)
def test_remedy_depends_on_the_cause(text, advice):
    assert advice in remedy(text)
    assert "then build again" in remedy(text)
