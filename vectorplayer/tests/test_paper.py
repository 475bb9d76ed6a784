"""A player on paper: three stills, each with its label, and no controls."""

import io

import pytest
from PIL import Image

BEFORE, AFTER = (f"dispatchEvent(new Event('{name}'))" for name in ("beforeprint", "afterprint"))


def show_paper(page):
    page.evaluate(BEFORE)
    page.emulate_media(media="print")


def picture(locator):
    return Image.open(io.BytesIO(locator.screenshot())).convert("RGB").resize((300, 200))


@pytest.mark.parametrize(("count", "frames"), [(40, [0, 20, 39]), (2, [0, 1]), (1, [0])])
def test_the_first_the_middle_and_the_last_frame(tools, line, open_player, count, frames):
    page = open_player(tools.write(line(frames=count)).html)
    page.evaluate("document.querySelector('vector-player').show(7)")
    show_paper(page)
    stills = page.locator(".vp-stills > div")
    assert [label.strip() for label in stills.all_inner_texts()] == [
        f"phase {frame / 5:.1f}" if count > 1 else "frame 1 of 1" for frame in frames
    ]
    sentence = f"{len(frames)} of the {count} frames of an animation."
    assert page.locator(".vp-stills > p").inner_text() == sentence
    controls = page.locator("vector-player :is(button, input, .vp-note, .vp-readout):visible")
    assert controls.count() == 0
    shown = [picture(still.locator("svg").first) for still in stills.all()]
    page.emulate_media(media="screen")
    page.evaluate(AFTER)
    assert page.locator(".vp-stills").count() == 0
    assert page.evaluate("document.querySelector('vector-player').frame") == min(7, count - 1)
    on_screen = []
    for frame in frames:
        page.evaluate("k => document.querySelector('vector-player').show(k)", frame)
        on_screen.append(picture(page.locator("vector-player figure > svg")))
    for number, still in enumerate(shown):  # they are drawn at two sizes, so not quite equal
        differences = [tools.difference(still, other)[1] for other in on_screen]
        assert differences.index(min(differences)) == number
        assert min(differences) < 4  # of 255, on average


def test_a_still_can_be_read_and_fits_the_paper(tools, line, open_player):
    """Beside each other if they are small: a label of 10 points has at least 6."""
    page = open_player(tools.write(line(frames=5)).html, viewport={"width": 650, "height": 900})
    screen = page.locator("figure > svg").bounding_box()["width"]
    show_paper(page)
    for still in page.locator(".vp-stills > div").all():
        assert 0.59 * screen < still.bounding_box()["width"] <= 650


def test_printing_does_it(tools, line, open_player):
    """The browser itself says that it prints, and takes the stills away afterwards."""
    page = open_player(tools.write(line(frames=40)).html)
    page.evaluate(
        "() => { window.counts = []; for (const name of ['beforeprint', 'afterprint'])"
        " addEventListener(name, () =>"
        " counts.push(document.querySelectorAll('.vp-stills > div').length)); }"
    )
    page.pdf()
    assert page.evaluate("counts") == [3, 0]


def test_it_is_light_on_paper(tools, line, new_page, tmp_path):
    path = tmp_path / "page.html"
    html = tools.write(line(frames=3)).html
    path.write_text(f'<!DOCTYPE html><html data-theme="dark"><body>{html}', "utf-8")
    page = new_page()
    page.goto(path.as_uri())
    show_paper(page)
    looks = page.locator("vector-player").evaluate(
        "node => [getComputedStyle(node).colorScheme, getComputedStyle(node).color,"
        " getComputedStyle(node.querySelector('.vp-stills svg')).filter]"
    )
    assert looks == ["light", "rgb(0, 0, 0)", "none"]


def test_a_player_that_plays_stops_for_the_printer(tools, line, open_player):
    page = open_player(tools.write(line(frames=40)).html)
    page.get_by_role("button", name="Play").click()
    page.evaluate(BEFORE)
    assert not page.evaluate("document.querySelector('vector-player').playing")


def test_without_scripts_there_is_the_last_frame_and_a_sentence(tools, line, open_player):
    page = open_player(tools.write(line(frames=40)).html, java_script_enabled=False)
    page.emulate_media(media="print")
    assert page.locator(".vp-note").inner_text() == (
        "Animation of 40 frames. This is the last one."
    )
    assert page.locator("vector-player svg").first.is_visible()
