"""A few pages that together have every kind of element, for what depends on the kind alone."""

import re
from collections.abc import Iterable
from pathlib import Path

TAG = re.compile(r'<([a-z][\w-]*)((?:[^<>"]|"[^"]*")*)>')
MARKS = re.compile(r'\b(class|role|type|data-figure)="([^"]*)"')
SPAN = re.compile(r"<span\b|</span>")
FORMULA = '<span class="katex">'


def kinds(html: str) -> set[tuple[str, ...]]:
    """Return each name of an element, and each value of an attribute that styles go by."""
    found = set()
    for name, attributes in set(TAG.findall(without_formulas(html.partition("<body")[2]))):
        found.add((name,))
        for attribute, values in MARKS.findall(attributes):
            found.update((name, attribute, value) for value in values.split())
    return found


def without_formulas(html: str) -> str:
    """Leave out what KaTeX has written; formulas have tests of their own."""
    first, *rest = html.split(FORMULA)
    return first + "".join(FORMULA + piece[end_of_span(piece) :] for piece in rest)


def end_of_span(text: str) -> int:
    """Return where the element ends in which a text begins, or the end if it goes on."""
    depth = 1
    for mark in SPAN.finditer(text):
        depth += 1 if mark[0] != "</span>" else -1
        if not depth:
            return mark.start()
    return len(text)


def covering(folder: Path, names: Iterable[str]) -> list[str]:
    """Choose pages until every kind of element is on one of them, the richest page first."""
    pages = {
        name: kinds(path.read_text("utf-8"))
        for name in names
        if (path := folder / f"{name}.html").is_file()
    }
    missing, chosen = set().union(*pages.values()), []
    while missing:
        best = max(pages, key=lambda name: len(pages[name] & missing))
        chosen.append(best)
        missing -= pages[best]
    return chosen
