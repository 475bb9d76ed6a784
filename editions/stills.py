"""Three stills of every animation, as the pages themselves show them on paper."""

from pathlib import Path

from bs4 import Tag
from playwright.sync_api import Page as BrowserPage

from .book import Page, fragment

STILLS_EACH = 3

WIDE = 600
"""From this width on, in CSS pixels, stills stand below each other."""

# A page makes its stills when it is about to be printed.
STILLS = """() => {
  dispatchEvent(new Event("beforeprint"));
  return [...document.querySelectorAll("vector-player .vp-stills")].map((box) => box.outerHTML);
}"""


def put_stills(pages: list[Page], folder: Path, browser: BrowserPage) -> int:
    """Replace each player by the first, the middle and the last frame of its animation.

    Parameters
    ----------
    pages : list of Page
        Pages of the book; their articles are changed in place.
    folder : Path
        Folder of the built pages.
    browser : playwright Page
        A page of a browser that runs scripts.
    """
    for page in pages:
        players = page.article.select("vector-player")
        if not players:
            continue
        browser.goto((folder / f"{page.name}.html").as_uri())
        for player, markup in zip(players, browser.evaluate(STILLS), strict=True):
            put_one(player, markup)


def put_one(player: Tag, markup: str) -> None:
    """Put some stills in the place of a player; the last one keeps the description for readers."""
    stills = fragment(markup)
    if "style" in player.figure.attrs:
        width = float(player.figure["style"].partition("width:")[2].partition("px")[0])
        stills["class"] = ["vp-stills", "wide" if width > WIDE else "narrow"]
    player.replace_with(stills)
