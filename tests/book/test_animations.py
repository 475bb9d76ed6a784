"""The lecture's two animations in the third chapter, used as a reader uses them."""

import re

import pytest

CHAPTER = "chapters/forward-reverse"
STEPS = 250

# for each figure: the formula in its readout, KL before the first and after the last update, nats
ANIMATIONS = {
    "fig-player-reverse": ("KL(q‖p)", 0.871416, 0.1785),
    "fig-player-forward": ("KL(p‖q)", 2.165799, 0.1787),
}


@pytest.fixture(params=ANIMATIONS)
def figure(request):
    return request.param


@pytest.fixture
def player(figure, show):
    """Open the chapter; return the player of one of its figures."""
    player = show(CHAPTER).locator(f"#{figure} vector-player")
    player.scroll_into_view_if_needed()
    return player


def frame(player):
    return player.evaluate("player => player.frame")


def readout(player):
    """Return the step, the formula and the value that the player shows, from the title."""
    text = player.locator(".vp-readout").inner_text()
    found = re.fullmatch(r"\w+ (KL\([pq]‖[pq]\)), Step (\d+): ([0-9.]+) nats", text)
    assert found, text
    return int(found[2]), found[1], float(found[3])


def drawn(player):
    """Return the paths of the moving contours."""
    return player.evaluate(
        "player => [...player.querySelectorAll('[data-slot] path')]"
        ".map(path => path.getAttribute('d')).join()"
    )


def press(player, name):
    player.get_by_role("button", name=name, exact=True).click()


def test_both_animations_are_inline(read_page):
    page = read_page(CHAPTER)
    for figure in ANIMATIONS:
        [player] = page.select(f"#{figure} vector-player")
        assert player.select_one("svg")  # visible without scripts, too
        assert player.select_one("script")
        assert player.select("img, iframe, video") == []


def test_page_holds_the_players_script_once(read_page):
    definitions = [
        script
        for script in read_page(CHAPTER).select("script")
        if 'customElements.define("vector-player"' in (script.string or "")
    ]
    assert len(definitions) == 1


def test_page_is_no_heavier_than_the_lecture_was(book):
    assert (book / f"{CHAPTER}.html").stat().st_size < 8_000_000


def test_ends_show_the_lecture_numbers(player, figure):
    formula, first, last = ANIMATIONS[figure]
    press(player, "First frame")
    assert readout(player) == (0, formula, pytest.approx(first, abs=6e-5))
    press(player, "Last frame")
    assert readout(player) == (STEPS, formula, pytest.approx(last, abs=6e-5))


def test_steps_forward_and_back(player):
    press(player, "First frame")
    start = drawn(player)
    press(player, "Next frame")
    assert readout(player)[0] == 1
    assert drawn(player) != start
    press(player, "Previous frame")
    assert readout(player)[0] == 0
    assert drawn(player) == start


def test_scrubs_to_any_step(player):
    press(player, "First frame")
    start = drawn(player)
    player.get_by_role("slider").fill("57")
    assert readout(player)[0] == 57
    assert drawn(player) != start


def test_scrubs_with_the_keyboard(player):
    press(player, "First frame")
    player.get_by_role("slider").press("ArrowRight")
    player.get_by_role("slider").press("ArrowRight")
    assert readout(player)[0] == 2


def test_plays_and_pauses(player):
    press(player, "First frame")
    press(player, "Play")
    player.evaluate(
        "player => new Promise(done => { const look = () =>"
        " player.frame > 5 ? done() : requestAnimationFrame(look); look(); })"
    )
    press(player, "Pause")
    assert not player.evaluate("player => player.playing")
    reached = frame(player)
    assert reached > 5
    player.evaluate(  # the browser draws 30 times: a player that goes on would move
        "() => new Promise(done => { let left = 30; const look = () =>"
        " left-- ? requestAnimationFrame(look) : done(); look(); })"
    )
    assert frame(player) == reached


def test_no_player_starts_by_itself(show):
    page = show(CHAPTER)
    assert page.locator("vector-player").count() >= len(ANIMATIONS)
    assert page.evaluate(
        "[...document.querySelectorAll('vector-player')].every(player => !player.playing)"
    )
