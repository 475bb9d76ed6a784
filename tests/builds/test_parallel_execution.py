"""Stale pages are executed side by side, and a build that ends early leaves no kernel behind."""

import math
import os
import subprocess
import sys
import time
from itertools import product
from pathlib import Path
from signal import SIG_DFL, SIGINT, SIGKILL, SIGTERM
from signal import signal as set_handler

import execution_cache
import parallel_execution
import pytest
from parallel_execution import number_of_jobs
from sphinx.errors import ExtensionError
from thorough import thoroughly
from tiny_book import TinyBook

pytestmark = pytest.mark.faults

MEET = """
import pathlib, time
pathlib.Path("{own}").touch()
end = time.monotonic() + 60
while not pathlib.Path("{other}").exists():
    assert time.monotonic() < end, "the other page was not executed at the same time"
    time.sleep(0.05)
print("met")
"""

ALONE = """
import pathlib, time
running = pathlib.Path("running")
running.touch(exist_ok=False)
time.sleep(0.3)
running.unlink()
print("alone, {page}")
"""

FOREVER = """
import os, pathlib, time
pathlib.Path("{page}.pid").write_text(str(os.getpid()))
while True:
    time.sleep(0.05)
"""

# Fails when another page has been executed and its kernel has ended.
FAIL_AFTER = """
import os, pathlib, time
while not pathlib.Path("second.pid").exists() or not pathlib.Path("third.pid").exists():
    time.sleep(0.05)
try:
    while True:
        os.kill(int(pathlib.Path("third.pid").read_text()), 0)
        time.sleep(0.05)
except ProcessLookupError:
    pass
raise ValueError("wrong")
"""

QUICK = """
import os, pathlib
pathlib.Path("third.pid").write_text(str(os.getpid()))
print("done")
"""


@pytest.fixture
def three(tmp_path):
    """Return a function that makes a book of three pages from the code of their cells."""

    def make(name="book", **codes):
        book = TinyBook.make(tmp_path / name)
        for page, code in codes.items():
            book.page(page, text="Words.", code=code)
        book.contents(*(page for page in codes if page != "index"))
        return book

    return make


def runs(book, page):
    """Tell whether the kernel of a page is running."""
    number = int((book.folder / f"{page}.pid").read_text())
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{number}/stat")  # an ended process that nobody has waited for is there
    return not (stat.is_file() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_pages_are_executed_at_the_same_time(three):
    book = three(
        index=MEET.format(own="a", other="b"), second=MEET.format(own="b", other="a"), third="1"
    )
    result = book.build(JOBS="2")
    assert result.status == 0, result.output
    assert "executing 3 notebooks, 2 at a time" in result.output


@pytest.mark.thorough
def test_no_more_pages_at_a_time_than_jobs(three):
    pages = {page: ALONE.format(page=page) for page in ("index", "second", "third")}
    result = three(**pages).build(JOBS="1")
    assert result.status == 0, result.output


@pytest.mark.thorough
def test_side_by_side_gives_the_bytes_of_one_by_one(three):
    codes = {
        "index": "import time\nfor i in range(3):\n    print(i, flush=True)\n    time.sleep(0.3)",
        "second": "print('ä‖')\n{1: 'a'}",
        "third": "from IPython.display import HTML\nHTML('<b>bold</b>')",
    }
    books = [three(f"jobs{jobs}", **codes) for jobs in (1, 3)]
    results = [book.build(JOBS=str(jobs)) for book, jobs in zip(books, (1, 3), strict=True)]
    assert [result.status for result in results] == [0, 0], results
    one, other = (book.published() for book in books)
    assert one == other
    for page in codes:
        cells = [[{**cell, "id": ""} for cell in book.executed(page)] for book in books]
        assert cells[0] == cells[1]


CONNECTION = "from ipykernel.connect import get_connection_info\nprint(get_connection_info())"


@pytest.mark.parametrize(
    ("number", "depth", "transport"),
    thoroughly(
        [(4, 0, "ipc"), (4, 90, "tcp"), (2, 0, "ipc"), (2, 90, "tcp")], always=[(4, 0, "ipc")]
    ),
)
def test_kernels_have_sockets_that_no_other_program_can_take(
    three, tmp_path, number, depth, transport
):
    folder = tmp_path / ("t" * depth)  # a system limits the length of a socket's name
    folder.mkdir(exist_ok=True)
    book = three(**dict.fromkeys(("index", "second", "third", "zenith")[:number], CONNECTION))
    result = book.build(TMPDIR=str(folder))
    assert result.status == 0, result.output
    assert f'"transport": "{transport}"' in book.executed("index")[0].outputs[0].text
    assert not list(folder.glob("kernels-*"))


@pytest.mark.thorough
def test_messages_keep_the_order_of_the_pages(three):
    result = three(index="import time\ntime.sleep(1)", second="2", third="3").build(JOBS="3")
    lines = result.output.splitlines()
    reports = [line.partition(".md:")[0] for line in lines if "Executed notebook in" in line]
    assert [report.rpartition("/")[2] for report in reports] == ["index", "second", "third"]


def test_a_failure_stops_the_other_kernels_and_keeps_what_is_done(three):
    book = three(index=FAIL_AFTER, second=FOREVER.format(page="second"), third=QUICK)
    result = book.build(JOBS="3")
    assert result.status != 0
    assert "Executing notebook failed: CellExecutionError" in result.output
    assert f"ExecutionError: {book.folder}/index.md" in result.output
    assert "nbclient.exceptions.CellExecutionError" in result.output
    assert "Exception in message handler" not in result.output  # by a kernel that is stopped
    assert not runs(book, "second")
    book.page("index", text="Words.", code="1")
    book.page("second", text="Words.", code="2")
    result = book.build()
    assert result.status == 0, result.output
    assert "executing 2 notebooks" in result.output  # without the third page


@pytest.mark.parametrize(
    ("number", "signal"),
    thoroughly(product([3, 4], [SIGINT, SIGTERM, SIGKILL]), always=[]),
)
def test_an_interrupted_build_leaves_nothing_running(number, signal, three):
    pages = ("index", "second", "third", "zenith")[:number]
    assert (number >= parallel_execution.SHARED) == (number == 4)
    book = three(**{page: FOREVER.format(page=page) for page in pages})
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "--keep-going"]
    build = subprocess.Popen(
        command,
        cwd=book.folder,
        env=os.environ | {"JOBS": "2"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell lets what it starts in the background ignore Ctrl-C, and children inherit that.
        preexec_fn=lambda: set_handler(SIGINT, SIG_DFL),
    )
    while not all((book.folder / f"{page}.pid").exists() for page in pages[:2]):
        if build.poll() is not None:
            pytest.fail(build.communicate()[0])
        time.sleep(0.05)
    build.send_signal(signal)
    output, _ = build.communicate()
    assert build.returncode != 0
    assert signal != SIGINT or "interrupted: build again" in output.splitlines()[-1]
    assert "Exception in message handler" not in output
    assert "Task was destroyed" not in output and "never awaited" not in output
    end = time.monotonic() + 60  # after SIGKILL the kernels notice it themselves, each second
    while any(runs(book, page) for page in pages[:2]):
        assert time.monotonic() < end, output
        time.sleep(0.05)
    assert not (book.folder / "third.pid").exists()
    assert execution_cache.damage(book.cache()) is None
    for page in pages:
        book.page(page, text="Words.", code="1")
    result = book.build()
    assert result.status == 0, result.output


def test_nothing_is_executed_when_only_prose_changes(book):
    book.page("second", text="Other words.", code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "executing" not in result.output


@pytest.mark.thorough
def test_a_page_edited_during_the_build_is_executed_as_it_is_now(three):
    edit = """
import pathlib
page = pathlib.Path("second.md")
page.write_text(page.read_text().replace("8 * 9", "9 * 9"))
"""
    book = three(index=edit, second="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "81\n" in (book.pages / "second.html").read_text()


def test_broken_options_of_a_cell_are_reported_by_page(book):
    book.write("second.md", (book.folder / "second.md").read_text().replace(
        "ipython3\n", "ipython3\n---\na: [\n---\n"))  # fmt: skip
    result = book.build()
    assert result.status != 0
    assert "env-before-read-docs" not in result.output


@pytest.mark.parametrize("jobs", ["1", "2", " 30 "])
def test_the_variable_is_the_number_of_jobs(jobs):
    assert number_of_jobs({"JOBS": jobs}) == int(jobs)


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "²"])
def test_other_values_are_errors(jobs):
    with pytest.raises(ExtensionError, match="JOBS must be a positive whole number; got"):
        number_of_jobs({"JOBS": jobs})


@pytest.mark.parametrize(
    ("processors", "gigabytes", "jobs"), [(2, 16, 2), (8, 16, 8), (8, 3, 3), (4, 0.1, 1)]
)
def test_processors_and_memory_limit_the_jobs(processors, gigabytes, jobs, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    monkeypatch.setattr(parallel_execution, "available_memory", lambda: gigabytes * 1e9)
    assert number_of_jobs({}) == jobs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MemFree: 1 kB\nMemAvailable:    2 kB\n", 2048),
        ("MemFree: 1 kB\n", math.inf),
        (None, math.inf),
    ],
)
def test_available_memory_is_that_of_the_system(text, expected, tmp_path):
    if text is not None:
        (tmp_path / "meminfo").write_text(text)
    assert parallel_execution.available_memory(tmp_path / "meminfo") == expected
