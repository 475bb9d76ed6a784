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
def test_paper_is_light(kind_of_page, scheme, look_at):
    page = look_at(kind_of_page, color_scheme=scheme)
    ink = printed(page, "() => getComputedStyle(document.querySelector('article p, h1')).color")
    assert max(int(value) for value in ink[4:-1].split(", ")) < BLACK_ENOUGH
    assert page.evaluate("document.documentElement.dataset.theme") == scheme


# What is folded, and how many stills of animations there are.
ON_PAPER = """() => [
  document.querySelectorAll("details:not([open]), .toggle-hidden").length,
  document.querySelectorAll(".vp-stills > div").length,
]"""


def test_paper_has_no_fold_and_three_stills_of_each_animation(sample_chapter, look_at):
    page = look_at(sample_chapter)
    before = page.evaluate(ON_PAPER)
    assert before[0] >= 4  # each chapter has as many questions
    assert printed(page, ON_PAPER) == [0, 3 * page.locator("vector-player").count()]
    assert page.evaluate(ON_PAPER) == before
    assert before[1] == 0


# A box that scrolls cannot be divided between pages and cuts what is too wide.
CUT = """() => [...document.querySelectorAll("article div.cell pre, article .admonition")]
  .filter((box) => getComputedStyle(box).overflow !== "visible"
    || box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.textContent.slice(0, 80))"""

SEEN = """() => [...document.querySelectorAll(".bd-sidebar-primary, .bd-sidebar-secondary,"
  + ".bd-header-article, .copybtn, button, details.hide > summary")]
  .filter((part) => part.checkVisibility()).map((part) => part.outerHTML.slice(0, 120))"""


def test_code_is_whole_and_controls_are_gone(sample_chapter, look_at):
    page = look_at(sample_chapter, viewport={"width": 680, "height": 900})  # A4 within its margins
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    cut, seen = page.evaluate(CUT), page.evaluate(SEEN)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert cut == seen == []
