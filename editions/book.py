"""The built pages as one book: which pages, in which order, and what each of them holds."""

from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

INTRODUCTION = "Introduction"
"""Title of the first page, whose own title is that of the book."""


@dataclass
class Page:
    """One page of the book.

    Parameters
    ----------
    name : str
        Path of the page without its suffix, such as ``"chapters/estimates"``.
    number : str
        Number of the chapter; empty for other pages.
    title : str
        Title without the number.
    part : str
        Caption of the part of the book to which the page belongs; empty for the first page.
    article : Tag
        What the page says, without what surrounds it on the screen.
    """

    name: str
    number: str
    title: str
    part: str
    article: Tag

    @property
    def slug(self) -> str:
        """Name of the page without its folder, which is unique in a book."""
        return self.name.rpartition("/")[2]

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()


def parse(markup: str) -> BeautifulSoup:
    """Parse a page as browsers do; others lose the case of the attributes of SVG."""
    return BeautifulSoup(markup, "html5lib")


def fragment(markup: str) -> Tag:
    """Parse what is to be put into a page, and return its first element."""
    return parse(markup).body.find(True).extract()


def read_book(folder: Path) -> tuple[str, list[Page]]:
    """Return the title of the book in a folder, and its pages in the order of its contents."""
    index = parse((folder / "index.html").read_text("utf-8"))
    title = " ".join(index.select_one(".bd-sidenav__home-link a").get_text().split())
    pages = [Page("index", "", INTRODUCTION, "", index.select_one("article"))]
    for caption in index.select(".bd-links p.caption"):
        for link in caption.find_next_sibling("ul").select("li.toctree-l1 > a"):
            pages.append(read_page(folder, link["href"], caption.get_text(strip=True)))
    return title, pages


def read_page(folder: Path, address: str, part: str) -> Page:
    """Read one page of the contents."""
    article = parse((folder / address).read_text("utf-8")).select_one("article")
    heading = article.select_one("h1")
    number = heading.select_one(".section-number")
    words = plain_text(heading)
    before = number.get_text() if number else ""
    return Page(
        name=address.removesuffix(".html"),
        number=before.strip().rstrip("."),
        title=words.removeprefix(before.strip()).strip(),
        part=part,
        article=article,
    )


def plain_text(tag: Tag) -> str:
    """Return the words of a heading, with each formula once and without the link to itself."""
    left_out = ("headerlink", "katex-mathml")
    words = (
        text
        for text in tag.find_all(string=True)
        if not any(set(left_out) & set(above.get("class", [])) for above in text.parents)
    )
    return " ".join("".join(words).split())
