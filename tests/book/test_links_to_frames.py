"""Sentences such as "at step 57" are links that set a player to the frame of that step."""

import re

import pytest
from playwright.sync_api import expect
from table_of_contents import ROOT, WRITTEN

LINK = re.compile(r'<a href="#([\w-]+)&frame=(\d+)">([^<]+)</a>')
WORDS = {"ten": 10}  # a number that the text writes as a word

LINKS = [
    (name, *found)
    for name in WRITTEN
    for found in LINK.findall((ROOT / f"{name}.md").read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def pages(browser, book):
    """Open each page once: the links of a page are followed one after the other."""
    opened = {}

    def open_page(name):
        if name not in opened:
            opened[name] = browser.new_page(viewport={"width": 1280, "height": 900})
            opened[name].goto((book / f"{name}.html").as_uri())
        return opened[name]

    yield open_page
    for page in opened.values():
        page.close()


STEP = re.compile(r'<a href="#([\w-]+)(&state=%7B%22step%22%3A(\d+)%7D)">([^<]+)</a>')
TO_STEPS = STEP.findall((ROOT / "chapters/explore.md").read_text(encoding="utf-8"))


def test_there_are_links():
    assert "chapters/forward-reverse" in {name for name, *_ in LINKS}
    assert len(TO_STEPS) >= 6


@pytest.mark.parametrize(("figure", "state", "step", "text"), TO_STEPS)
def test_a_link_sets_the_step_of_a_live_figure(figure, state, step, text, pages):
    page = pages("chapters/explore")
    link, live = (
        page.locator(f"a[href='#{figure}{state}']").first,
        page.locator(f"#{figure} kl-live"),
    )
    shown = live.get_by_role("slider", name="step shown")
    for _ in range(2):  # also when the address is that of the link already
        link.click()
        expect(shown).to_have_value(step)
        expect(live.get_by_role("slider", name="Start").first).to_be_attached()
        assert live.evaluate("node => node.getBoundingClientRect().top < innerHeight")
        shown.press("ArrowRight")
    [word] = re.findall(r"\d+|ten", text)
    assert int(step) == (WORDS.get(word) or int(word))


@pytest.mark.parametrize(("name", "figure", "frame", "text"), LINKS)
def test_a_link_shows_the_step_that_it_names(name, figure, frame, text, pages):
    page = pages(name)
    page.locator(f"a[href='#{figure}&frame={frame}']").first.click()
    player = page.locator(f"#{figure} vector-player")
    expect(player).to_be_in_viewport()
    expect(player.get_by_role("slider")).to_be_focused()
    [word] = re.findall(r"\d+|ten", text)
    shown = re.match(r"step (\d+)\b", player.locator(".vp-readout").inner_text())
    assert int(shown[1]) == (WORDS.get(word) or int(word))


def test_a_page_opens_at_a_frame(book, new_page):
    page = new_page()
    page.goto((book / "chapters/forward-reverse.html").as_uri() + "#fig-player-reverse&frame=57")
    player = page.locator("#fig-player-reverse vector-player")
    expect(player.get_by_role("slider")).to_be_focused()
    expect(player).to_be_in_viewport()
    expect(player.locator(".vp-readout")).to_contain_text("Step 57:")


def test_players_and_sliders_have_names_of_their_own(written, look_at):
    page = look_at(written)
    for part in (".vp-bar", ".vp-bar input"):
        names = page.locator(part).evaluate_all("all => all.map((e) => e.ariaLabel)")
        assert len(set(names)) == len(names)
        assert all(re.search(r"Fig\. \d", name) for name in names)
