"""One page in Chromium on which the players of a whole file of tests appear in turn."""

import io
from collections.abc import Sequence

import pytest
from chromium import quiet_page
from PIL import Image

PAGE = """<!DOCTYPE html><html lang="en"><title>t</title>
<style>body { margin: 0 } vector-player figure { margin: 0 !important }</style>
<body>"""


class PlayerPage:
    """A page that shows one player at a time."""

    def __init__(self, page) -> None:
        self.page = page

    def pictures(self, html: str, frames: Sequence[int], count: int) -> list[Image.Image]:
        """Return what is seen of some frames, shown in the given order by one player."""
        self.page.set_content(PAGE + html)
        player = self.page.locator("vector-player")
        assert player.evaluate("player => player.count") == count
        box = player.locator("figure > :is(svg, .vp-panels)").bounding_box()
        shots = []
        for frame in frames:
            player.evaluate("(player, frame) => player.show(frame)", frame)
            shots.append(Image.open(io.BytesIO(self.page.screenshot(clip=box))).convert("RGB"))
        assert self.page.complaints == []
        return shots

    def still(self, html: str) -> Image.Image:
        """Return what is seen where no script runs."""
        self.page.set_content(PAGE + html)
        box = self.page.locator("vector-player figure > :is(svg, .vp-panels)").bounding_box()
        return Image.open(io.BytesIO(self.page.screenshot(clip=box))).convert("RGB")


@pytest.fixture(scope="module")
def player_page(browser):
    page = quiet_page(browser, viewport={"width": 500, "height": 500})
    yield PlayerPage(page)
    page.context.close()


@pytest.fixture(scope="module")
def page_without_scripts(browser):
    page = quiet_page(browser, viewport={"width": 500, "height": 500}, java_script_enabled=False)
    yield PlayerPage(page)
    page.context.close()
