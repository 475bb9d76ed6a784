"""How the pages look: the length of lines, folds in place, a still layout, visible focus."""

import re

import pytest

SHIFTS = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""

# The characters in each line of the article's paragraphs that a following line proves full.
LINES = """() => {
  const lengths = [];
  for (const paragraph of document.querySelectorAll(".bd-article section > p")) {
    if (paragraph.querySelector(".math, code")) continue;  // not ordinary text
    const range = document.createRange();
    let top = null, count = 0;
    const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      for (let at = 0; at < node.length; at += 1) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        if (!box.width) continue;
        if (top !== null && box.top > top + 8) { lengths.push(count); count = 0; }
        top = box.top;
        count += 1;
      }
    }
  }
  return lengths;
}"""


def test_lines_have_a_readable_length(written, look_at):
    lengths = sorted(look_at(written).evaluate(LINES))
    if len(lengths) >= 8:
        assert 58 <= lengths[len(lengths) // 2] <= 76
    assert max(lengths, default=0) <= 84


@pytest.mark.parametrize("width", [1280, 390])
def test_layout_stays_still(kind_of_page, book, new_page, width):
    opened = new_page(viewport={"width": width, "height": 900})
    opened.add_init_script(SHIFTS)
    opened.goto((book / f"{kind_of_page}.html").as_uri())
    opened.evaluate("document.fonts.ready.then(() => new Promise((r) => setTimeout(r, 300)))")
    assert opened.evaluate("shift") < 0.02


def test_solution_names_its_exercise_and_leads_nowhere(chapter, read_page):
    page = read_page(chapter)
    numbers = [
        re.search(r"\d+(\.\d+)*", title.get_text())[0]
        for title in page.select(".exercise > .admonition-title")
    ]
    summaries = page.select("details.solution > summary")
    assert numbers
    assert [summary.select_one(".show").get_text() for summary in summaries] == [
        f"Show solution to exercise {number}" for number in numbers
    ]
    assert [link for summary in summaries for link in summary.select("a")] == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", ["chapters/analytic-kl", "chapters/two-modes"])
def test_solution_opens_in_place_with_the_keyboard(name, show, scripts):
    page = show(name, java_script_enabled=scripts)
    fold = page.locator("details.solution").first
    content = fold.locator("p").first
    assert not content.is_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert content.is_visible()
    assert fold.locator("summary").inner_text().startswith("Hide solution to exercise ")
    assert page.url.endswith(f"{name}.html")


def test_paper_shows_solutions(sample_chapter, show):
    page = show(sample_chapter)
    page.emulate_media(media="print")
    hidden = page.locator("details.solution > section").evaluate_all(
        "nodes => nodes.filter((node) => !node.checkVisibility({ contentVisibilityAuto: true }))"
        ".length"
    )
    assert page.locator("details.solution > section").count() and hidden == 0
