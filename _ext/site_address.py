"""The address at which the book is published, from the variable ``SITE_URL``.

No page needs it: without it all links are relative.  With it, each page names its own address,
and previews of links give theirs in full.
"""

import os
import re
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError


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


def setup(app: Sphinx) -> dict[str, Any]:
    """Set the address before any page is read."""
    app.connect("config-inited", set_address)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
