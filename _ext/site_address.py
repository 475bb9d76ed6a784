"""The address at which the book is published, from the variable ``SITE_URL``.

No page needs it: without it all links are relative.  With it, each page names its own address,
and previews of links give theirs in full.  The page for addresses that do not exist is shown in
any folder, so its links and style sheets are found there only if the address is given.
"""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

NOT_FOUND = "404.html"

RELATIVE = re.compile(r'( (?:action|data-content_root|href|src)=")(?![#/]|[a-z]+:)([^"]*)')
"""The addresses of a page that depend on its own."""


def checked_address(text: str) -> str:
    """Return the address of a folder, with a slash at its end; empty if there is none.

    Raises
    ------
    ValueError
        If the text is no plain http or https address.

    Examples
    --------
    >>> checked_address("https://example.org/notes")
    'https://example.org/notes/'
    >>> checked_address("example.org")
    Traceback (most recent call last):
    ...
    ValueError: SITE_URL must be an address such as https://example.org/notes; got 'example.org'
    """
    text = text.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # a port that is no number raises
    except ValueError:
        host = None
    plain = re.fullmatch(r"https?://[\w.:\[\]-]+(/[\w.~%/-]*)?", text, re.ASCII)
    if not host or not plain:
        raise ValueError(
            f"SITE_URL must be an address such as https://example.org/notes; got {text!r}"
        )
    return text.rstrip("/") + "/"


def set_address(app: Sphinx, config: Config) -> None:
    """Make the address that of all pages (event ``config-inited``)."""
    try:
        config.html_baseurl = checked_address(os.environ.get("SITE_URL", ""))
    except ValueError as error:
        raise ExtensionError(str(error)) from error


def from_everywhere(page: str, address: str) -> str:
    """Make the addresses of a page in the top folder valid in all folders of the site.

    Examples
    --------
    >>> from_everywhere('<a href="a.html"> <a href="#b">', "https://example.org/notes/")
    '<a href="/notes/a.html"> <a href="#b">'
    """
    top = urlsplit(address).path
    return RELATIVE.sub(lambda found: found[1] + urljoin(top, found[2]), page)


def root_not_found(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the page for addresses that do not exist (event ``build-finished``)."""
    page = Path(app.outdir) / NOT_FOUND
    if not exception and app.config.html_baseurl and page.is_file():
        text = page.read_text("utf-8")
        page.write_text(from_everywhere(text, app.config.html_baseurl), "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Set the address before any page is read, and use it before the pages are published."""
    app.connect("config-inited", set_address)
    app.connect("build-finished", root_not_found, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
