"""A list of all pages for search engines, ``sitemap.xml``, if ``SITE_URL`` is given.

The format wants full addresses, so that there is no list without it.  sphinx-sitemap does the same,
but warns without an address, which is an error here, and needs two packages more.
"""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(addresses: list[str]) -> str:
    """Return the text of the list.

    Examples
    --------
    >>> print(sitemap(["https://example.org/a&b.html"]), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://example.org/a&amp;b.html</loc></url>
    </urlset>
    """
    lines = [f"<url><loc>{escape(address)}</loc></url>" for address in addresses]
    return HEAD + "\n".join([f'<urlset xmlns="{NAMESPACE}">', *lines, "</urlset>", ""])


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the list beside the pages (event ``build-finished``)."""
    base = app.config.html_baseurl
    if exception or not base or app.builder.format != "html":
        return
    pages = [base + app.builder.get_target_uri(name) for name in sorted(app.env.found_docs)]
    (Path(app.outdir) / "sitemap.xml").write_text(sitemap(pages), "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Act before the pages are published."""
    app.connect("build-finished", write, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
