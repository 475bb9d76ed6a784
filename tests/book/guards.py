"""What a page may not contain: addresses that it loads from, or sends to, another host; handlers.

A link that a reader may follow is no such address.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

ONE = ("action", "background", "data", "formaction", "href", "poster", "src", "xlink:href")
SEVERAL = ("imagesrcset", "ping", "srcset")  # "small.png 1x, large.png 2x"; addresses of pings

LEAD_ELSEWHERE = {"next", "prev", "canonical", "index", "license", "search"}
"""Kinds of ``<link>`` from which no browser loads anything."""

OF_THE_THEME = {"toggleFullScreen()", "window.print()"}
"""Handlers in the theme's own buttons."""

CSS_OF_OTHERS = re.compile(r"(url\(|@import|image-set\()\s*['\"]?\s*(https?:)?//")
"""A style that loads from another host."""


def is_foreign(address: str) -> bool:
    """Tell whether an address names a host."""
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme in ("ftp", "http", "https", "ws", "wss")


def foreign_addresses(page: BeautifulSoup) -> Iterator[str]:
    """Yield what a page loads from other hosts, or sends to them."""
    for element in page.find_all(True):
        if element.name not in ("a", "area") and not (
            element.name == "link" and LEAD_ELSEWHERE & set(element.get("rel", []))
        ):
            yield from filter(is_foreign, (element.get(name, "") for name in ONE))
        for entry in re.split(r"[,\s]+", " ".join(element.get(name, "") for name in SEVERAL)):
            if is_foreign(entry):
                yield entry
        if element.name == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield from filter(is_foreign, element["content"].lower().split("url=")[1:])
        if "srcdoc" in element.attrs:
            yield from foreign_addresses(BeautifulSoup(element["srcdoc"], "html5lib"))
        style = "".join(element.contents) if element.name == "style" else element.get("style", "")
        if found := CSS_OF_OTHERS.search(style):
            yield style[found.start() :][:80]


def inline_handlers(page: BeautifulSoup) -> Iterator[str]:
    """Yield the scripts in attributes, but for the theme's."""
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            if name.startswith("on") and value not in OF_THE_THEME:
                yield f"{name}={value}"
            elif name in ONE and value.strip().lower().startswith("javascript:"):
                yield f"{name}={value}"
