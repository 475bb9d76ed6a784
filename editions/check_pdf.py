"""See that a PDF is whole: ``python -m editions.check_pdf FOLDER FILE``.

It is compared with the pages in FOLDER: every chapter must be in the bookmarks, every figure,
animation and formula on some sheet, and no sheet may be empty.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import OutlineItem, Pdf

from .book import Page, plain_text, read_book
from .stills import STILLS_EACH

HEADINGS = {pikepdf.Name(f"/H{level}") for level in range(1, 7)}


def descriptions(pdf: Pdf) -> list[str]:
    """Return the descriptions of all figures and formulas, by which a screen reader names them."""
    return [
        str(part.Alt)
        for part in pdf.objects
        if isinstance(part, pikepdf.Dictionary) and "/Alt" in part and "/S" in part
    ]


def bookmarks(pdf: Pdf) -> Iterator[str]:
    """Yield the titles of all bookmarks."""

    def titles(items: list[OutlineItem]) -> Iterator[str]:
        for item in items:
            yield item.title
            yield from titles(item.children)

    with pdf.open_outline() as outline:
        yield from titles(outline.root)


def wanted(pages: list[Page]) -> Iterator[tuple[str, int]]:
    """Yield each description that figures of the pages have, and how many figures have it."""
    for page in pages:
        for svg in page.article.select("svg[aria-label]"):
            yield svg["aria-label"], STILLS_EACH if svg.find_parent("vector-player") else 1


def faults(pages: list[Page], pdf: Pdf) -> list[str]:
    """Return what of the pages is missing in the PDF, and what should not be in it."""
    titles, described = set(bookmarks(pdf)), descriptions(pdf)
    found = [f"no bookmark {page.heading!r}" for page in pages if page.heading not in titles]
    for page in pages:
        for heading in page.article.select("section > h2"):
            if page.name != "api" and plain_text(heading) not in titles:
                found.append(f"no bookmark {plain_text(heading)!r}")
    for words, count in wanted(pages):
        if described.count(words) < count:
            found.append(f"{described.count(words)} of {count} figures: {words[:70]!r}")
    formulas = sum(len(page.article.select(".katex")) for page in pages)
    if len(described) < formulas:
        found.append(f"{len(described)} descriptions, and {formulas} formulas")
    if pdf.Root.get("/Lang") is None or "/StructTreeRoot" not in pdf.Root:
        found.append("no language, or no tags")
    found += [
        f"sheet {number} is empty" for number, sheet in enumerate(pdf.pages, 1) if not marks(sheet)
    ]
    return found + lone_headings(pdf)


def marks(sheet: pikepdf.Page) -> list[int]:
    """Return the numbers of the tagged parts of a sheet: its head and its number have none."""
    return [
        int(operands[-1].MCID)
        for operands, _ in pikepdf.parse_content_stream(sheet, "BDC")
        if isinstance(operands[-1], pikepdf.Dictionary) and "/MCID" in operands[-1]
    ]


def lone_headings(pdf: Pdf) -> list[str]:
    """Return the sheets that end with a heading, whose text begins on the next one."""
    last = {sheet.objgen: (marks(sheet) or [None])[-1] for sheet in pdf.pages}
    number = {sheet.objgen: place for place, sheet in enumerate(pdf.pages, 1)}
    found = []
    for part in pdf.objects:
        if isinstance(part, pikepdf.Dictionary) and part.get("/S") in HEADINGS:
            parts = list(parts_of(part))
            # what was moved to the next sheet has left a part without any text on the last one
            if parts and len({sheet for sheet, _ in parts}) == 1:
                sheet, mark = parts[-1]
                if mark == last[sheet]:
                    found.append(f"sheet {number[sheet]} ends with a heading")
    return found


def parts_of(element: pikepdf.Dictionary) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield sheet and number of each part of an element of the structure."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif "/MCID" in kid:
            yield kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)
        elif "/S" in kid:
            yield from parts_of(kid)


def main(folder: str, file: str) -> None:
    """Check a file; end with what is wrong with it."""
    with Pdf.open(file) as pdf:
        found = faults(read_book(Path(folder))[1], pdf)
    sys.exit("\n".join(found) if found else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
