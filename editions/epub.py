"""Pack the book: ``python -m editions.epub FOLDER FILE`` makes FILE, an EPUB 3, from the pages.

Every page is a file, with its pictures beside it.  Formulas are MathML, and nothing has a script.
"""

import posixpath
import sys
import zipfile
from pathlib import Path

from .book import Page
from .cover import draw_cover
from .facts import Facts
from .package import CONTAINER, navigation, package, title_page
from .still_pages import still_pages
from .xhtml import page_files

MIMETYPE = "application/epub+zip"


def main(folder: str, file: str) -> None:
    """Make the EPUB and say what it is."""
    facts, pages = still_pages(Path(folder).resolve(), files=True)
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    write(Path(file), book_files(facts, pages), facts)
    print(f"{file}: {len(pages)} pages, {Path(file).stat().st_size / 1e6:.1f} MB")


def book_files(facts: Facts, pages: list[Page]) -> dict[str, str | bytes]:
    """Return all files of the book by their names, in the order in which they are packed."""
    cover = draw_cover(facts, pages)
    nav = navigation(facts, pages)
    files: dict[str, str | bytes] = {
        "title.xhtml": title_page(facts),
        "nav.xhtml": nav,
        "book.css": Path(__file__).with_name("epub.css").read_text("utf-8"),
        "cover.png": cover,
    }
    for page in pages:
        files |= page_files(page, facts.language)
    files["book.opf"] = package(facts, pages, files)
    return files


def write(file: Path, files: dict[str, str | bytes], facts: Facts) -> None:
    """Pack the files; the same ones give the same bytes."""
    when = facts.date.timetuple()[:6]
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(zipfile.ZipInfo("mimetype", when), MIMETYPE)  # first, and not compressed
        entries = {"META-INF/container.xml": CONTAINER} | {
            posixpath.join("EPUB", name): content for name, content in files.items()
        }
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, when)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    main(*sys.argv[1:])
