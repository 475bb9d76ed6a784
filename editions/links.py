"""Names of places that are unique in the whole book, and the links to them."""

import posixpath
import re

from .book import Page

OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def anchor(slug: str, name: str) -> str:
    """Return the name of a place of a page among all places of the book."""
    return slug + ("." + re.sub(r"[^\w.-]", "-", name) if name else "")


class Links:
    """Rewrites names and links of pages.

    Parameters
    ----------
    pages : list of Page
        The pages of the book.
    files : bool
        True if every page is a file of its own, False if all are one file.
    """

    def __init__(self, pages: list[Page], *, files: bool):
        self.slugs = {page.name: page.slug for page in pages}
        self.files = files
        self.missing: list[str] = []
        self.external: list[str] = []

    def rewrite(self, page: Page) -> None:
        """Rename the places of a page, and lead its links to the new names."""
        names = set()
        for tag in page.article.select("[id]"):
            if not tag.find_parent("svg"):  # a picture refers to its own parts
                names.add(tag["id"])
                tag["id"] = anchor(page.slug, tag["id"])
        for tag in page.article.select("a[href]"):
            if not tag.find_parent("svg"):
                tag["href"] = self.target(page, tag["href"])
        page.article["id"] = page.slug

    def target(self, page: Page, address: str) -> str:
        """Return where a link of a page leads to in this edition."""
        if OUTSIDE.match(address):
            self.external.append(address)
            return address
        file, _, name = address.partition("#")
        name = name.partition("&")[0]  # a frame of an animation, or a state of a live figure
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), file))
        other = path.removesuffix(".html") if file else page.name
        if other not in self.slugs:
            self.missing.append(f"{page.name}: {address}")
            return address
        slug = self.slugs[other]
        place = f"#{anchor(slug, name)}"
        return f"{slug}.xhtml{place if name else ''}" if self.files else place

    def check(self, pages: list[Page]) -> list[str]:
        """Return the links of pages that lead to no place of the book."""
        known = {tag["id"] for page in pages for tag in page.article.select("[id]")}
        known |= {page.slug for page in pages}
        ends = (
            (page.name, tag["href"].partition("#")[2])
            for page in pages
            for tag in page.article.select("a[href]")
            if not OUTSIDE.match(tag["href"])
        )
        return self.missing + [f"{name}: #{end}" for name, end in ends if end and end not in known]
