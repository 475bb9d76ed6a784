"""What building a bigger book costs, and what a change in one of its chapters costs.

``python benchmarks/bigger_books.py`` builds books of 5, 20 and 40 generated chapters, one chapter
at a time and side by side, and then again after changes.  It takes about ten minutes,
writes ``bigger_books.json``, and puts the table into benchmarks/README.md.
"""

import json
import os
import re
import sys
import tempfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from generated_book import ROOT, TinyBook, write_book
from measure import machine
from process_tree import measured
from result_tables import put_into_readme, table
from tiny_book import STRICT

RECORD = Path(__file__).parent / "bigger_books.json"
BEGIN, END = "<!-- bigger books: written by bigger_books.py -->\n", "<!-- end of bigger books -->\n"
SIZES = (5, 20, 40)
CHANGED = "chapters/chapter-2.md"
PROSE = "Here a diagonal Gaussian", "On this page a diagonal Gaussian"
CODE = "NUM_STEPS, LEARNING_RATE = 250, 0.05\n", "NUM_STEPS, LEARNING_RATE = 250, 0.051\n"
BUILDS = {
    "one": "from empty, one by one",
    "side": "from empty, side by side",
    "nothing": "nothing changed",
    "prose": "prose of one chapter changed",
    "code": "code of one chapter changed",
}


def count(pattern: str, output: str) -> int:
    """Return the sum of the numbers in the first match of a pattern, 0 without a match."""
    found = re.search(pattern, output)
    return sum(map(int, found.groups())) if found else 0


def build(book: TinyBook, jobs: str = "") -> dict[str, Any]:
    """Build a book as ``make book`` does, and return what that took."""
    command = [sys.executable, str(ROOT / ".ci" / "build_book.py"), "build", ".", *STRICT]
    with tempfile.TemporaryFile("w+") as log:
        environment = os.environ | {"JOBS": jobs}
        cost, status = measured(command, cwd=book.folder, env=environment, stdout=log, stderr=log)
        log.seek(0)
        output = log.read()
    if status:
        sys.exit(output)
    return {
        "seconds": round(cost.wall, 1),
        "processor": round(cost.processor, 1),
        "others": round(cost.others, 1),
        "megabytes": round(cost.memory / 1e6),
        "executed": count(r"executing (\d+) notebooks", output),
        "at a time": count(r"executing \d+ notebooks, (\d+) at a time", output),
        "read": count(r"(\d+) added, (\d+) changed", output),
    }


def change(book: TinyBook, old: str, new: str) -> None:
    """Change one chapter of a book."""
    file = book.folder / CHANGED
    text = file.read_text("utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), "utf-8")


def builds(folder: Path, size: int) -> dict[str, dict[str, Any]]:
    """Build a book of one size in all ways."""
    found = {"one": build(write_book(folder / f"{size}-one", size), jobs="1")}
    book = write_book(folder / f"{size}-side", size)
    found["side"] = build(book)
    found["nothing"] = build(book)
    change(book, *PROSE)
    found["prose"] = build(book)
    change(book, *CODE)
    found["code"] = build(book)
    return found


def record_bigger_books(sizes: tuple[int, ...] = SIZES) -> None:
    """Build all books, and write the record."""
    books = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(write_book(folder / "first", 2))  # brings what all builds read into memory
        for size in sizes:
            books[str(size)] = builds(folder, size)
            print(size, json.dumps(books[str(size)], indent=1), flush=True)
    record = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "processors": os.cpu_count(),
        "books": books,
    }
    RECORD.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8")


def bigger_books_table(record: dict[str, Any]) -> str:
    """Return the table of a record."""
    rows = [
        [
            f"{size} chapters, {BUILDS[kind]}",
            f"{found['seconds']:.1f} s",
            f"{found['processor']:.1f} s",
            f"{found['megabytes'] / 1000:.2f} GB",
            str(found["executed"]),
            str(found["read"]),
        ]
        for size, book in record["books"].items()
        for kind, found in book.items()
    ]
    head = ["book, and what was built", "time", "processor time", "memory at the peak",
            "chapters executed", "pages read"]  # fmt: skip
    return table(head, rows)


def per_chapter(books: dict[str, Any], kind: str, name: str) -> list[float]:
    """Return by how much each further chapter increases a number, between sizes in order."""
    points = [(int(size), book[kind][name]) for size, book in books.items()]
    return [
        (after - before) / (larger - smaller)
        for (smaller, before), (larger, after) in pairwise(points)
    ]


def in_words(record: dict[str, Any]) -> str:
    """Return sentences with the numbers of a record."""
    books = record["books"]
    first, second, third = books
    others = max(
        found["others"] / found["seconds"] for book in books.values() for found in book.values()
    )

    def each(kind: str, name: str) -> str:
        return " and ".join(f"{value:.2f} s" for value in per_chapter(books, kind, name))

    def all_sizes(kind: str, name: str, unit: str = "s") -> str:
        found = (book[kind][name] for book in books.values())
        return f"{', '.join(map(str, found))} {unit}"

    return f"""\
While a book was built, other programs used up to {others:.1f} of the {record["processors"]} \
processors, which lengthens the time more than the processor time: compare the latter.
Where three numbers stand in a row, they are those of {first}, {second} and {third} chapters; \
where two do, they are for each further chapter between {first} and {second}, and between \
{second} and {third}.

- **From empty**, a further chapter takes {each("one", "processor")} of processor time one by \
one, and {each("side", "processor")} side by side: the processor time grows linearly.
- **Memory at the peak** is {all_sizes("one", "megabytes", "MB")} one by one, and \
{all_sizes("side", "megabytes", "MB")} side by side: it hardly depends on the number of chapters.
- **Without a change** a build takes {all_sizes("nothing", "processor")} of processor time. \
It reads no page and writes none.
- **After a change of one chapter's prose** it takes {all_sizes("prose", "processor")} of \
processor time. No chapter is executed and one page is read, but all pages are written, and each \
further chapter takes {each("prose", "processor")}.
- **After a change of one chapter's code** it takes {all_sizes("code", "processor")} of processor \
time. One chapter is executed, and one page is read. The kernel imports TensorFlow for this \
chapter alone, where from empty one import serves all.
"""


def report(record: dict[str, Any]) -> str:
    """Return what README.md says of a record."""
    return (
        f"Measured on {record['date']}: {record['machine']}.\n\n"
        f"{bigger_books_table(record)}\n{in_words(record)}"
    )


def main() -> None:
    """Measure, and write the record and the table."""
    record_bigger_books()
    put_into_readme(report(json.loads(RECORD.read_text("utf-8"))), BEGIN, END)


if __name__ == "__main__":
    main()
