"""Formulas of the pages: rendered in the HTML, read aloud, in the page's ink, never cut."""

import re

import pytest

SCRIPTLESS = {"java_script_enabled": False}
PHONES = [{"width": width, "height": 780} for width in (360, 320)]

SEEN = ":is(p > .math, .formula) .katex-html:not(details:not([open]) *)"

# Solutions and other folds are opened first, so that what they hold is measured, too.
UNFOLD = """() => {
  window.folds = [...document.querySelectorAll("details:not([open])")];
  window.hidden = [...document.querySelectorAll(".toggle-hidden")];
  for (const fold of folds) fold.open = true;
  for (const part of hidden) part.classList.remove("toggle-hidden");
}"""

FOLD = """() => {
  for (const fold of folds) fold.open = false;
  for (const part of hidden) part.classList.add("toggle-hidden");
}"""

SCROLLING = """() => [...document.querySelectorAll(".formula")]
  .filter((box) => box.scrollWidth > box.clientWidth)
  .map((box) => box.textContent)"""

OUTSIDE = """() => [...document.querySelectorAll("article .katex-html, article code:not(pre code)")]
  .filter((part) => !part.closest(".formula, .pst-scrollable-table-container"))
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.textContent)"""


SIZES = """formulas => formulas.map((formula) => {
  const { width, height } = formula.getBoundingClientRect();
  return [width, height];
})"""


def formulas(page):
    return page.select("article .math")


def test_every_formula_is_rendered(chapter, read_page):
    found = formulas(read_page(chapter))
    assert found
    for formula in found:
        assert formula.select_one(".katex-html[aria-hidden=true]"), formula
        assert formula.select_one(".katex-mathml math annotation"), formula


PARTS = {"msub": 2, "msup": 2, "munder": 2, "mover": 2, "mfrac": 2, "msubsup": 3, "munderover": 3}


def test_mathml_has_as_many_parts_as_its_standard_wants(written, read_page):
    """KaTeX writes a third part for a function as an index, such as ``_{\\min}``."""
    for part in read_page(written).select(", ".join(f"math {name}" for name in PARTS)):
        assert len(part.find_all(recursive=False)) == PARTS[part.name], part


def test_no_tex_is_left_in_the_text(written, read_page):
    page = read_page(written)
    for string in page.select_one("article").strings:
        if not string.find_parent(["annotation", "code", "pre", "script", "style"]):
            assert not re.search(r"\\[(\[a-z]|\$\$", string), string


def test_numbered_equations_can_be_referred_to(chapter, read_page):
    page = read_page(chapter)
    numbers = {box["id"]: box.select_one(".eqno").get_text() for box in page.select("div.math[id]")}
    assert numbers
    for link in page.select("a[href^='#equation-']:not(.headerlink)"):
        number = numbers[link["href"].removeprefix("#")]
        assert link.get_text().strip("()") in number


def test_no_formula_is_a_tab_stop(written, read_page):
    assert read_page(written).select(".math[tabindex], .math [tabindex]") == []


def test_formulas_are_seen_without_scripts(sample_chapter, book, browser):
    with browser.new_context(**SCRIPTLESS) as context:
        page = context.new_page()
        page.goto((book / f"{sample_chapter}.html").as_uri())
        sizes = page.locator(SEEN).evaluate_all(SIZES)
        assert sizes
        assert [size for size in sizes if size[0] <= 4 or size[1] <= 8] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formulas_have_the_ink_of_the_page(sample_chapter, scheme, look_at):
    page = look_at(sample_chapter, color_scheme=scheme)
    inks = page.evaluate(
        """() => [...document.querySelectorAll("p > .math")].map((formula) =>
          [formula.parentElement, formula.querySelector(".mord")].map((e) =>
            getComputedStyle(e).color))"""
    )
    assert inks
    assert [pair for pair in inks if pair[0] != pair[1]] == []


def test_fonts_hold_what_the_formulas_need(chapter, look_at):
    """A character that a font lacks is drawn by a font of the system."""
    page = look_at(chapter)
    page.evaluate(MARK_DIFFERENT)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send(
        "DOM.querySelectorAll", {"nodeId": root, "selector": "article [data-different]"}
    )
    used = set()
    for node in found["nodeIds"]:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            used.add(font["familyName"])
    assert used
    assert {name for name in used if not name.startswith("KaTeX")} == set()


# Of the parts of formulas with the same text in the same font, one is enough.
MARK_DIFFERENT = """() => {
  const seen = new Set();
  for (const part of document.querySelectorAll("article .katex-html span")) {
    const text = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data).join("");
    const { fontFamily, fontStyle, fontWeight } = getComputedStyle(part);
    const key = JSON.stringify([text, fontFamily, fontStyle, fontWeight]);
    if (text && !seen.has(key)) part.dataset.different = "";
    seen.add(key);
  }
}"""


@pytest.mark.parametrize("phone", PHONES, ids=lambda phone: str(phone["width"]))
def test_no_formula_is_cut_on_a_phone(written, phone, look_at):
    page = look_at(written, viewport=phone)
    page.evaluate(UNFOLD)
    scrolling, outside = page.evaluate(SCROLLING), page.evaluate(OUTSIDE)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate(FOLD)
    assert scrolling == outside == []
    assert width <= phone["width"]


def test_a_formula_that_is_too_wide_fades_until_its_end_is_reached(show):
    page = show("chapters/analytic-kl", viewport={"width": 140, "height": 780})
    box = page.locator(".formula").first
    mask = "box => getComputedStyle(box).maskImage"
    assert box.evaluate("box => box.scrollWidth > box.clientWidth + 20")
    assert "gradient" in box.evaluate(mask)
    box.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    page.wait_for_function(f"box => ({mask})(box) === 'none'", arg=box.element_handle())


def test_the_tab_key_passes_by_the_formulas(show):
    page = show("chapters/analytic-kl")
    passed = set()
    page.evaluate("document.querySelector('article a[href]').focus()")
    where = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
    while (place := page.evaluate(where)) not in passed and len(passed) < 60:
        passed.add(place)
        assert not page.evaluate("!!document.activeElement.closest('.formula')")
        page.keyboard.press("Tab")
    assert len(passed) > 20  # many formulas stand between so many links and buttons
