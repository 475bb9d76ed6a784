"""Links to a frame: ``#fig-wave&frame=7``."""

import pytest
from playwright.sync_api import expect

FRAMES = 40
SPACE = '<p style="height: 3000px">text</p>'


@pytest.fixture
def url(tools, line, tmp_path):
    """Write a page with two players far below its head; links lead to the second."""
    html = tools.write(line(frames=FRAMES)).html
    path = tmp_path / "page.html"
    path.write_text(
        '<!DOCTYPE html><html lang="en"><title>t</title><link rel="icon" href="data:,">'
        '<a href="#fig-b&frame=7">phase 0.7</a> <a href="#fig-b&frame=9">phase 0.9</a>'
        f'{SPACE}<figure id="fig-a">{html}</figure>'
        f'{SPACE}<details><figure id="fig-b">{html}</figure></details>{SPACE}',
        "utf-8",
    )
    return path.as_uri()


def open_at(new_page, url, **options):
    page = new_page(**options)
    page.goto(url)
    return page


def frames(page):
    return page.locator("vector-player").evaluate_all("all => all.map((player) => player.frame)")


def expect_arrival(page, frame):
    """The second player shows the frame, is in sight, and its slider has the focus."""
    player = page.locator("#fig-b vector-player")
    expect(player.get_by_role("slider")).to_be_focused()
    expect(player).to_be_in_viewport()
    assert frames(page) == [0, frame]


def test_a_page_opens_at_the_frame(url, new_page):
    expect_arrival(open_at(new_page, f"{url}#fig-b&frame=7"), 7)


def test_a_link_on_the_page_sets_the_player_each_time(url, new_page):
    page = open_at(new_page, url)
    for name, frame in (("0.7", 7), ("0.9", 9), ("0.9", 9)):
        page.get_by_role("link", name=name).click()
        expect_arrival(page, frame)
        page.get_by_role("slider").nth(1).press("Home")
        page.evaluate("scrollTo(0, 0)")


def test_a_link_stops_a_player_that_plays(url, new_page):
    page = open_at(new_page, url)
    page.evaluate("document.querySelector('details').open = true")
    player = page.locator("#fig-b vector-player")
    player.get_by_role("button", name="Play").click()
    page.evaluate("location.hash = '#fig-b&frame=30'")
    expect_arrival(page, 30)
    assert not player.evaluate("player => player.playing")


@pytest.mark.parametrize(
    ("value", "frame"), [(str(FRAMES), FRAMES - 1), ("9" * 400, FRAMES - 1), ("00012", 12)]
)
def test_a_number_that_is_too_large_is_the_last_frame(url, new_page, value, frame):
    expect_arrival(open_at(new_page, f"{url}#fig-b&frame={value}"), frame)


@pytest.mark.parametrize("value", ["", "-3", "1.5", "1e1", "abc", "7&frame=", "<b>7</b>"])
def test_what_is_no_number_leads_to_the_player_as_it_is(url, new_page, value):
    page = open_at(new_page, f"{url}#fig-b&frame={value}")
    if value == "7&frame=":  # the last one counts: there is no player of that id
        assert frames(page) == [0, 0]
    else:
        expect_arrival(page, 0)
    assert page.locator("b").count() == 0


@pytest.mark.parametrize(
    "fragment",
    [
        "fig-b",
        "fig-c&frame=7",
        "&frame=7",
        "frame=7",
        "%E0%A4%A&frame=7",
        "*&frame=7",
        "']&frame=7",
    ],
)
def test_other_fragments_do_nothing(url, new_page, fragment):
    page = open_at(new_page, f"{url}#{fragment}")
    assert frames(page) == [0, 0]
    assert page.evaluate("document.activeElement === document.body")


# -- The button that copies a link ----------------------------------------------------------------


def copy_link(page):
    page.locator("#fig-b").evaluate("node => { node.parentElement.open = true; }")
    player = page.locator("#fig-b vector-player")
    player.get_by_role("slider").fill("12")
    player.get_by_role("button", name="Copy link to this frame").click()
    return player


def test_the_copied_link_leads_back(url, new_page):
    page = open_at(new_page, url, permissions=["clipboard-read", "clipboard-write"])
    player = copy_link(page)
    expect(player.locator(".vp-readout")).to_have_text("The link to this frame is copied.")
    assert player.locator("[aria-live]").text_content() == "The link to this frame is copied."
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{url}#fig-b&frame=12"
    assert page.url == url
    player.get_by_role("slider").press("ArrowRight")
    expect(player.locator(".vp-readout")).to_have_text("phase 2.6")
    expect_arrival(open_at(new_page, link), 12)


@pytest.mark.parametrize("clipboard", ["undefined", "{ writeText: () => Promise.reject() }"])
def test_without_a_clipboard_the_address_bar_has_the_link(url, new_page, clipboard):
    page = open_at(new_page, url)
    page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    player = copy_link(page)
    said = "The link to this frame is in the address bar."
    expect(player.locator(".vp-readout")).to_have_text(said)
    assert page.url == f"{url}#fig-b&frame=12"
    expect(player.locator(".vp-readout")).to_have_text("phase 2.4")  # after a while


@pytest.mark.parametrize(
    ("page", "offered"),
    [
        ("{0}", [False]),
        ("<section id=s>{0}{0}</section>", [True, False]),  # a link leads to one player
        ("<section id=s><figure id=f>{0}</figure>{0}</section>", [True, False]),
        ("<body data-jp-theme-light=true><div id=panel>{0}</div>", [False]),
        ("<body data-jp-theme-light=true><figure id=f>{0}</figure>", [True]),
    ],
)
def test_a_link_is_offered_where_there_is_an_id(open_player, tools, line, page, offered):
    opened = open_player(page.format(tools.write(line(frames=3)).html))
    buttons = opened.locator("button[aria-label^='Copy link']").all()
    assert [button.is_visible() for button in buttons] == offered


def test_ids_of_all_kinds(new_page, tools, line, tmp_path):
    path = tmp_path / "page.html"
    html = tools.write(line(frames=9)).html
    head = '<meta charset="utf-8"><link rel="icon" href="data:,">'
    path.write_text(f'{head}<div id="Bild&amp;frame=ü %">{html}</div>', "utf-8")
    page = open_at(new_page, path.as_uri())
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("slider").fill("5")
    page.get_by_role("button", name="Copy link").click()
    page.reload()
    assert frames(page) == [5]


def test_a_saved_page_has_links(line, new_page, tmp_path):
    path = tmp_path / "wave.html"
    line(frames=9).save(path, writer="vector_html")
    page = open_at(new_page, f"{path.as_uri()}#animation&frame=4")
    assert frames(page) == [4]
