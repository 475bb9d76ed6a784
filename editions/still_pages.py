"""The pages of the book without anything that moves, as both editions take them."""

import sys
from pathlib import Path

from .book import Page, read_book
from .browser import browser_page
from .facts import Facts, read_facts
from .links import Links
from .static import make_static
from .stills import put_stills


def still_pages(folder: Path, *, files: bool) -> tuple[Facts, list[Page]]:
    """Read the built pages; put stills for what moves, and links that lead inside the edition.

    Parameters
    ----------
    folder : Path
        Folder of the built pages.
    files : bool
        Whether each page becomes a file of its own, or all become one.

    Returns
    -------
    facts : Facts
        What is known of the book, such as its title and version.
    pages : list of Page
        In reading order.

    Raises
    ------
    SystemExit
        If a link leads nowhere.
    """
    title, pages = read_book(folder)
    with browser_page(viewport={"width": 1280, "height": 900}) as browser:
        put_stills(pages, folder, browser)
    links = Links(pages, files=files)
    for page in pages:
        make_static(page)
        links.rewrite(page)
    if broken := links.check(pages):
        sys.exit("Links that lead nowhere:\n" + "\n".join(broken))
    return read_facts(title), pages
