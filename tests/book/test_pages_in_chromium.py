"""Every page in a real browser: light, dark and narrow, from the disk, without a network."""

import pytest
from axe_playwright_python.sync_playwright import Axe

NARROW = {"width": 390, "height": 844}
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": NARROW},
}

AXE_OPTIONS = {
    "preload": False,  # it would fetch style sheets, but a page from a disk cannot
    "resultTypes": ["violations"],  # the only ones that are read here
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
OTHERS = {"rules": {"color-contrast": {"enabled": False}}}
"""The rules about colours take most of axe's time, and the kind of an element decides them."""

WITHOUT_FORMULAS = {"exclude": [[".katex-html"]]}  # which have the colour of the text around them

# What axe finds and we accept: (rule, part of the selector).  Everything else fails the test.
ACCEPTED = {
    # the theme's header, links to other pages and footer lie outside of any landmark
    ("region", ""),
}

FOCUS = """() => {
  const lost = [];
  for (const node of document.querySelectorAll("a[href], button, input, select, summary")) {
    if (!node.checkVisibility({ visibilityProperty: true }) || node.closest("[inert]")) continue;
    node.focus();
    if (document.activeElement !== node) continue;
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2)
      lost.push(node.outerHTML.slice(0, 120));
  }
  return lost;
}"""


def violations(page, rules):
    """List the findings of axe that are not accepted."""
    page.evaluate("new Promise((r) => requestAnimationFrame(() => setTimeout(r, 50)))")  # at rest
    found = []
    for violation in Axe().run(page, WITHOUT_FORMULAS, AXE_OPTIONS | rules).response["violations"]:
        for node in violation["nodes"]:
            selector = " ".join(map(str, node["target"]))
            if not any(violation["id"] == rule and part in selector for rule, part in ACCEPTED):
                found.append(f"{violation['id']}: {selector}: {node['html'][:160]}")
    return found


def test_page_is_silent(page, look_at):
    look_at(page)  # which checks that it logs nothing and asks no other host


def test_page_is_accessible(sample_page, look_at):
    assert violations(look_at(sample_page), OTHERS) == []


@pytest.mark.thorough
def test_every_kind_of_element_is_accessible_on_a_phone(kind_of_page, show):
    assert violations(show(kind_of_page, viewport=NARROW), OTHERS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_element_can_be_told_from_its_background(kind_of_page, scheme, look_at):
    assert violations(look_at(kind_of_page, color_scheme=scheme), COLOURS) == []


@pytest.mark.parametrize("look", LOOKS)
def test_page_fits(page, look, look_at):
    opened = look_at(page, **LOOKS[look])
    assert (
        opened.evaluate("document.documentElement.scrollWidth")
        <= (LOOKS[look]["viewport"]["width"])
    )
    assert opened.locator("header.bd-header:visible").count() == 0  # the theme's second header


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_of_the_keyboard_is_always_visible(page, look_at, scheme):
    opened = look_at(page, color_scheme=scheme)
    opened.keyboard.press("Tab")  # from now on a focus is one of the keyboard
    assert opened.evaluate(FOCUS) == []


def test_narrow_screen_opens_the_contents(show):
    opened = show("chapters/analytic-kl", viewport=NARROW)
    wanted = "references"
    entry = opened.locator(f"nav.bd-links a[href$='{wanted}.html']:visible")
    assert entry.count() == 0
    opened.locator(".primary-toggle:visible").click()
    entry.first.click()
    opened.wait_for_url(f"**/{wanted}.html")


def test_colour_mode_can_be_changed(show):
    page = show("index", color_scheme="light")
    root = page.locator("html")
    seen = set()
    for _ in range(3):
        page.locator(".theme-switch-button:visible").first.click()
        seen.add((root.get_attribute("data-mode"), root.get_attribute("data-theme")))
    assert {mode for mode, _ in seen} == {"auto", "light", "dark"}
    assert ("dark", "dark") in seen
