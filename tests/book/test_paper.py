"""The pages on paper, as the browser prints them: light, open, whole."""

import pytest

BLACK_ENOUGH = 100  # of 255: the theme's light palette has ink below, its dark one above


def printed(page, script):
    """Return what a script finds while the page is printed."""
    page.evaluate(
        "script => { const look = (0, eval)(script); window.seen = null;"
        " addEventListener('beforeprint', () => { window.seen = look(); }, { once: true }); }",
        script,
    )
    page.pdf()
    return page.evaluate("seen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_light(written, scheme, show):
    page = show(written, color_scheme=scheme)
    ink = printed(page, "() => getComputedStyle(document.querySelector('article p, h1')).color")
    assert max(int(value) for value in ink[4:-1].split(", ")) < BLACK_ENOUGH
    assert page.evaluate("document.documentElement.dataset.theme") == scheme


def test_folds_are_open_on_paper_and_closed_again(chapter, show):
    page = show(chapter)
    closed = "() => document.querySelectorAll('details:not([open]), .toggle-hidden').length"
    before = page.evaluate(closed)
    assert before >= 4  # each chapter has as many questions
    assert printed(page, closed) == 0
    assert page.evaluate(closed) == before


def test_animations_have_three_stills_on_paper(written, show):
    page = show(written)
    players = page.locator("vector-player").count()
    assert (
        printed(page, "() => document.querySelectorAll('.vp-stills > div').length") == 3 * players
    )
    assert page.locator(".vp-stills").count() == 0


# A box that scrolls cannot be divided between pages and cuts what is too wide.
CUT = """() => [...document.querySelectorAll("article div.cell pre, article .admonition")]
  .filter((box) => getComputedStyle(box).overflow !== "visible"
    || box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.textContent.slice(0, 80))"""

SEEN = """() => [...document.querySelectorAll(".bd-sidebar-primary, .bd-sidebar-secondary,"
  + ".bd-header-article, .copybtn, button, details.hide > summary")]
  .filter((part) => part.checkVisibility()).map((part) => part.outerHTML.slice(0, 120))"""


def test_code_is_whole_and_controls_are_gone(chapter, show):
    page = show(chapter, viewport={"width": 680, "height": 900})  # the width of A4 within margins
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
    assert page.evaluate(SEEN) == []
