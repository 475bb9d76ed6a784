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

# What axe finds and we accept: (rule, part of the selector).
# Everything else that is serious or critical fails the test.
ACCEPTED = {
    # docutils gives the list of sources the role "list" and its entries "doc-biblioentry"
    ("aria-required-children", ".citation-list"),
}


@pytest.fixture(params=LOOKS)
def look(request):
    return LOOKS[request.param]


def serious(page):
    """List the serious findings of axe that are not accepted."""
    found = []
    for violation in Axe().run(page, options=AXE_OPTIONS).response["violations"]:
        if violation["impact"] not in ("serious", "critical"):
            continue
        for node in violation["nodes"]:
            selector = " ".join(map(str, node["target"]))
            if not any(violation["id"] == rule and part in selector for rule, part in ACCEPTED):
                found.append(f"{violation['id']}: {selector}: {node['html'][:160]}")
    return found


def test_page_is_silent_accessible_and_fits(page, look, show):
    opened = show(page, **look)  # `new_page` checks that it logs nothing and asks no other host
    assert serious(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"]
    assert opened.locator("header.bd-header:visible").count() == 0  # the theme's second header


def test_narrow_screen_opens_the_contents(written, show):
    opened = show(written, viewport=NARROW)
    wanted = "chapters/analytic-kl" if written == "references" else "references"
    entry = opened.locator(f"nav.bd-links a[href$='{wanted}.html']:visible")
    assert entry.count() == 0
    opened.locator(".primary-toggle:visible").click()
    entry.first.click()
    opened.wait_for_url(f"**/{wanted}.html")


def test_search_finds_a_page_from_the_disk(book, new_page):
    page = new_page()
    page.goto((book / "search.html").as_uri() + "?q=divergence")
    page.wait_for_selector("#search-results li a")


def test_colour_mode_can_be_changed(show):
    page = show("index", color_scheme="light")
    root = page.locator("html")
    seen = set()
    for _ in range(3):
        page.locator(".theme-switch-button:visible").first.click()
        seen.add((root.get_attribute("data-mode"), root.get_attribute("data-theme")))
    assert {mode for mode, _ in seen} == {"auto", "light", "dark"}
    assert ("dark", "dark") in seen
