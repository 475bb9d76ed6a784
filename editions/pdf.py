"""Print the book: ``python -m editions.pdf FOLDER FILE`` makes FILE from the pages in FOLDER.

Chromium prints one long page with all pages of the book.  It numbers the sheets, but it cannot
say in the contents on which of them a section begins.  So it prints twice: the places of the
sections are read from the first print, and the second one has their numbers.
"""

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import OutlineItem, Pdf
from playwright.sync_api import Page as BrowserPage

from .book import Page, plain_text
from .browser import browser_page
from .facts import Facts
from .fonts import write_fonts
from .paper import book_markup, numbered, sections
from .still_pages import still_pages

# What sticks out of the text at its right: code, a formula or a table that is too wide.
TOO_WIDE = """() => {
  const edge = document.body.getBoundingClientRect().right + 1;
  return [...document.querySelectorAll("article *")]
    .filter((tag) => tag.getBoundingClientRect().right > edge
      && !tag.parentElement.closest("svg, .base"))
    .map((tag) => `${tag.closest("article").id}: ${tag.textContent.slice(0, 80)}`);
}"""
CONTROLS = ("Show the code", "Hide the code", "Check yourself")
"""Words that are of use on a screen alone."""

TEXT_WIDTH = 590
"""Width of the text in CSS pixels, as in ``print.css``: 210 mm without twice 27 mm."""


def main(folder: str, file: str) -> None:
    """Make the PDF and say what it is."""
    pages_folder = Path(folder).resolve()
    facts, pages = still_pages(pages_folder, files=False)
    with tempfile.TemporaryDirectory() as place:
        pdf = print_book(facts, pages, pages_folder, Path(place))
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    pdf.save(
        file, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True,
        min_version="1.7",
    )  # fmt: skip
    print(f"{file}: {len(pdf.pages)} pages, {Path(file).stat().st_size / 1e6:.1f} MB")


def print_book(facts: Facts, pages: list[Page], folder: Path, place: Path) -> Pdf:
    """Print the pages twice in a folder for this, and add the bookmarks and the facts."""
    write_fonts(place)
    shutil.copy(Path(__file__).with_name("print.css"), place)
    shutil.copy(folder / "_static" / "formulas.css", place)
    markup = book_markup(facts, pages)
    with browser_page(viewport={"width": TEXT_WIDTH, "height": 900}) as browser:
        first = print_once(browser, place, numbered(markup, {}))
        if wide := browser.evaluate(TOO_WIDE):
            sys.exit("Wider than the text:\n" + "\n".join(wide))
        words = browser.evaluate("document.body.innerText")
        if seen := [control for control in CONTROLS if control in words]:
            sys.exit(f"Controls on paper: {seen}")
        numbers = page_numbers(first)
        second = print_once(browser, place, numbered(markup, numbers))
    if page_numbers(second) != numbers:
        sys.exit("The page numbers of the contents have moved what they refer to.")
    add_bookmarks(second, pages)
    add_facts(second, facts)
    return second


def print_once(browser: BrowserPage, place: Path, markup: str) -> Pdf:
    """Print the book as it is now."""
    (place / "book.html").write_text(markup, "utf-8")
    browser.emulate_media(media="print")
    browser.goto((place / "book.html").as_uri())
    browser.evaluate("document.fonts.ready.then(() => true)")
    return Pdf.open(
        BytesIO(browser.pdf(prefer_css_page_size=True, print_background=True, tagged=True))
    )


def places(pdf: Pdf) -> dict[str, Any]:
    """Return by its name each place of a print to which a link leads."""
    return {name.removeprefix("/"): place for name, place in pdf.Root.Dests.items()}


def page_numbers(pdf: Pdf) -> dict[str, int]:
    """Return the number of the sheet on which each of these places is."""
    sheets = {sheet.objgen: number for number, sheet in enumerate(pdf.pages, 1)}
    return {name: sheets[place[0].objgen] for name, place in places(pdf).items()}


def add_bookmarks(pdf: Pdf, pages: list[Page]) -> None:
    """Add the outline: parts, chapters and their sections."""
    found, part = places(pdf), ""

    def bookmark(title: str, name: str) -> OutlineItem:
        return OutlineItem(title, pikepdf.Array(found[name]))

    with pdf.open_outline() as outline:
        siblings = outline.root
        for page in pages:
            if page.part != part:
                part = page.part
                outline.root.append(bookmark(part, page.slug))
                siblings = outline.root[-1].children
            item = bookmark(page.heading, page.slug)
            item.is_closed = True
            item.children.extend(
                bookmark(plain_text(section.h2), section["id"]) for section in sections(page)
            )
            siblings.append(item)


def add_facts(pdf: Pdf, facts: Facts) -> None:
    """Add title, author and so on, and let viewers show title and bookmarks."""
    when = f"D:{facts.date:%Y%m%d%H%M%S}Z"
    for name in list(pdf.docinfo):
        del pdf.docinfo[name]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as data:
        data["dc:title"] = facts.title
        data["dc:creator"] = [facts.author]
        data["dc:language"] = {facts.language}
        data["dc:rights"] = facts.licence
        data["xmp:CreateDate"] = data["xmp:ModifyDate"] = facts.date.isoformat()
    for name, value in {
        "/Title": facts.title,
        "/Author": facts.author,
        "/CreationDate": when,
        "/ModDate": when,
    }.items():
        pdf.docinfo[name] = value
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.Lang = facts.language
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
