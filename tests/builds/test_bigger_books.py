"""Books of generated chapters build like the real one, and their table is that of the record."""

import json
import re
import sys

import bigger_books
import pytest
from generated_book import ROOT, chapter, write_book
from process_tree import measured

README = (ROOT / "benchmarks" / "README.md").read_text("utf-8")

# A process whose children are not added to its time, as the one from which kernels are forked.
FORKING = """
import contextlib, os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if not os.fork():
    kept = b"1" * 100_000_000
    while time.process_time() < 2:
        pass
    os._exit(0)
with contextlib.suppress(ChildProcessError):
    os.wait()  # returns when no child is left
"""
WAITING = "import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}])"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such sums")
def test_time_and_memory_of_all_processes_are_counted():
    cost, status = measured([sys.executable, "-c", WAITING.format(code=FORKING)])
    assert status == 0
    assert 1.5 < cost.processor < 4
    assert 100e6 < cost.memory < 200e6
    assert cost.wall > 1.5


def test_status_of_a_command_that_fails():
    assert measured([sys.executable, "-c", "raise SystemExit(3)"])[1] == 3


def test_chapters_differ_in_their_code_and_lead_to_their_neighbours():
    texts = [chapter(number, 3) for number in (1, 2, 3)]
    codes = {
        "".join(re.findall(r"^```\{code-cell\}.*?^```$", text, re.DOTALL | re.MULTILINE))
        for text in texts
    }
    assert len(codes) == 3
    for number, neighbours in ((1, {"2", "3"}), (2, {"1", "3"}), (3, {"1", "2"})):
        assert set(re.findall(r"\]\(chapter-(\d)\.md\)", texts[number - 1])) == neighbours
        assert f"SEED = {number}\n" in texts[number - 1]
        assert "%" not in texts[number - 1]


@pytest.mark.thorough
def test_a_generated_book_is_built_without_a_warning(tmp_path):
    book = write_book(tmp_path / "book", 2)
    result = book.build()
    assert result.status == 0, result.output
    assert "executing 2 notebooks" in result.output
    for number, other in ((1, 2), (2, 1)):
        page = book.html(f"chapters/chapter-{number}")
        assert f"chapter-{other}.html#equation-eq-floor-{other}" in page
        assert {"<vector-player", "<kl-questions", f'id="fig-target-{number}"'} <= set(
            re.findall(r"<vector-player|<kl-questions|id=\"fig-target-\d\"", page)
        )
    codes = [
        [cell.source for cell in book.executed(f"chapters/chapter-{number}")] for number in (1, 2)
    ]
    assert codes[0] != codes[1]


@pytest.mark.thorough
def test_a_change_is_made_in_one_chapter(tmp_path):
    """Its cost is that of one page, which the numbers in the output of the build say."""
    book = write_book(tmp_path / "book", 2)
    assert bigger_books.build(book)["executed"] == 2
    bigger_books.change(book, *bigger_books.PROSE)
    found = bigger_books.build(book)
    assert (found["executed"], found["read"]) == (0, 1)
    bigger_books.change(book, *bigger_books.CODE)
    found = bigger_books.build(book)
    assert (found["executed"], found["read"]) == (1, 1)


def test_readme_has_the_table_of_the_record():
    record = json.loads(bigger_books.RECORD.read_text("utf-8"))
    between = README.split(bigger_books.BEGIN)[1].split(bigger_books.END)[0]
    assert between == "\n" + bigger_books.report(record) + "\n"


def test_the_record_bears_out_what_the_text_says():
    books = json.loads(bigger_books.RECORD.read_text("utf-8"))["books"]
    assert tuple(map(int, books)) == bigger_books.SIZES
    for kind in ("one", "side"):
        between_smaller, between_larger = bigger_books.per_chapter(books, kind, "processor")
        assert 0.85 < between_larger / between_smaller < 1.15, "linear"
        memory = [book[kind]["megabytes"] for book in books.values()]
        assert max(memory) < 1.05 * min(memory), "it hardly depends on the number of chapters"
    for size, book in books.items():
        pages = int(size) + 2  # the landing page and the references
        found = {kind: (book[kind]["executed"], book[kind]["read"]) for kind in book}
        assert found == {
            "one": (int(size), pages), "side": (int(size), pages),
            "nothing": (0, 0), "prose": (0, 1), "code": (1, 1),
        }  # fmt: skip
        assert book["one"]["at a time"] == 1 < book["side"]["at a time"]
