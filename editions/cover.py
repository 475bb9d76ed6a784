"""The cover of the EPUB: a picture of the PDF's title page."""

import shutil
import tempfile
from pathlib import Path

from .book import Page
from .browser import browser_page
from .facts import Facts
from .fonts import write_fonts
from .paper import front_markup

# Two thirds as wide as it is high, and three pixels for each of the page's.
WIDTH, HEIGHT, SCALE = 540, 810, 3
FRAME = """
body { box-sizing: border-box; height: 100vh; padding: 0 14mm; }
.title-page { height: 96vh; }
"""


def draw_cover(facts: Facts, pages: list[Page]) -> bytes:
    """Return the cover as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_fonts(place)
        shutil.copy(Path(__file__).with_name("print.css"), place)
        (place / "cover.html").write_text(front_markup(facts, pages, FRAME), "utf-8")
        size = {"width": WIDTH, "height": HEIGHT}
        with browser_page(viewport=size, device_scale_factor=SCALE) as browser:
            browser.goto((place / "cover.html").as_uri())
            browser.evaluate("document.fonts.ready.then(() => true)")
            return browser.screenshot()
