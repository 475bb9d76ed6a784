"""Blocks are painted and laid out apart from each other, and nobody can see that they are."""

import pytest
from thorough import thoroughly

WIDTHS = [1280, 390]

# Blocks of sections that stand apart, and those of them that hold a formula but share their layout.
BLOCKS = """() => {
  const blocks = [...document.querySelectorAll(".bd-article section section > *")]
    .filter((node) => !node.matches("section, h2, h3, h4") && node.checkVisibility());
  const apart = blocks.filter((node) => getComputedStyle(node).isolation === "isolate");
  const formulas = blocks.filter((node) => node.matches("p:has(.katex), div.math"));
  const shared = formulas.filter((node) => getComputedStyle(node).contain !== "layout");
  return [blocks.length, apart.length, formulas.length, shared.length];
}"""

# Containment of paint or size would clip outlines and wide tables, and would hide text from find.
CLIPS = """() => [...document.querySelectorAll(".bd-article *")]
  .filter((node) => {
    const { contain, contentVisibility } = getComputedStyle(node);
    return contentVisibility === "auto" || /paint|size|content|strict/.test(contain);
  }).map((node) => node.outerHTML.slice(0, 120))"""

WITHOUT = """
  .bd-article section section > * { isolation: auto !important; contain: none !important; }
"""


def test_blocks_stand_apart(sample_chapter, look_at):
    blocks, apart, formulas, shared = look_at(sample_chapter).evaluate(BLOCKS)
    assert apart == blocks >= 15
    assert formulas >= 5
    assert shared == 0


def test_nothing_is_clipped_or_skipped(sample_chapter, look_at):
    assert look_at(sample_chapter).evaluate(CLIPS) == []


def test_paper_has_no_containment(sample_chapter, look_at):
    page = look_at(sample_chapter)
    page.emulate_media(media="print")
    _, apart, formulas, shared = page.evaluate(BLOCKS)
    assert apart == 0
    assert shared == formulas


PLACES = """() => [...document.querySelectorAll(".bd-article *")]
  .filter((node) => node.checkVisibility())  // what is folded has no place that counts
  .map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return [x, y, width, height];
  })"""


# The figure of two modes computes for a while after the page has loaded, and then says more.
AT_REST = """() => [...document.querySelectorAll("kl-live")].every((figure) =>
  "ready" in figure.dataset && !figure.textContent.includes("Let go to see"))"""


@pytest.mark.parametrize("width", thoroughly(WIDTHS, always=[1280]))
def test_everything_is_where_it_is_without_containment(sample_chapter, width, look_at):
    page = look_at(sample_chapter, viewport={"width": width, "height": 900})
    page.wait_for_function(AT_REST)
    apart = page.evaluate(PLACES)
    style = page.add_style_tag(content=WITHOUT)
    blocks_apart, places = page.evaluate(BLOCKS)[1], page.evaluate(PLACES)
    style.evaluate("style => style.remove()")
    assert blocks_apart == 0
    assert places == apart


TARGET = """() => [...document.querySelectorAll("article [id]")]
  .filter((node) => node.matches("section, figure, div.math, p") && node.checkVisibility())
  .map((node) => node.id).at(-2)"""

TOP = "id => document.getElementById(id).getBoundingClientRect().top"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_link_arrives_far_below(sample_chapter, width, book, new_page, look_at):
    viewport = {"width": width, "height": 900}
    target = look_at(sample_chapter, viewport=viewport).evaluate(TARGET)
    page = new_page(viewport=viewport)
    page.goto(f"{(book / f'{sample_chapter}.html').as_uri()}#{target}")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("scrollY") > 900
    assert -1 <= page.evaluate(TOP, target) < 900


def test_find_in_page_reaches_the_end(sample_chapter, look_at):
    page = look_at(sample_chapter)
    text = page.locator(".bd-article section > p:not(:has(*)):visible").last.inner_text()
    assert text
    assert page.evaluate("text => find(text)", text[:60])
    top = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().top")
    assert 0 <= top < page.viewport_size["height"]
