"""Handles: the nearest is taken, none leaves the picture, all can be moved by keys."""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from klhelpers.live import (
    BetweenFigure,
    FitFigure,
    GuessFigure,
    ModesFigure,
    PairFigure,
    SurfaceFigure,
)

NOTES = Path(__file__).parents[2] / "_static/notes.css"
WIDTHS = [1280, 390, 320]
STATE = "document.querySelector('kl-live').figure.state.values"
HIT = {"mouse": 32, "touch": 44}  # pixels across
APART = {"mouse": 24, "touch": 44}
NUMBER = {"ask": "number", "label": "KL(p‖q)", "truth": 1.2}


def view(width, hand="mouse"):
    options = {"viewport": {"width": width, "height": 1400}}
    return options | ({"has_touch": True} if hand == "touch" else {})


def places(page, number=0):
    """The middle of each handle of a figure that is shown, by name, in pixels."""
    return (
        page.locator("kl-live")
        .nth(number)
        .evaluate(
            """(figure) => Object.fromEntries([...figure.querySelectorAll(".kl-handle")]
          .filter((one) => one.style.display !== "none").map((one) => {
            const { x, y, width, height } = one.lastChild.getBoundingClientRect();
            return [one.ariaLabel, [x + width / 2, y + height / 2]];
          }))"""
        )
    )


def frame(page, number=0):
    box = page.locator("kl-live").nth(number).locator(".kl-axes rect").first.bounding_box()
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def is_inside(place, box):
    return box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]


def pull(page, start, moves, hand="mouse"):
    """Press at a place and move by some pixels; the callback sees the state after each move."""
    seen = []
    if hand == "touch":
        session = page.context.new_cdp_session(page)
        for kind, (dx, dy) in [("touchStart", (0, 0)), *(("touchMove", move) for move in moves)]:
            point = {"x": start[0] + dx, "y": start[1] + dy}
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
            seen.append(page.evaluate(STATE))
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        return seen[1:]
    page.mouse.move(*start)
    page.mouse.down()
    for dx, dy in moves:
        page.mouse.move(start[0] + dx, start[1] + dy)
        seen.append(page.evaluate(STATE))
    page.mouse.up()
    return seen


def changed(before, after):
    return {name for name in before if before[name] != after[name]}


# Which handle a pointer takes


@pytest.mark.parametrize("hand", APART)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_nearest_handle_is_taken_not_the_upper_one(open_figures, width, hand):
    page = open_figures(PairFigure(loc_p=(0, 0), loc_q=(0.4, 0)), **view(width, hand))
    at = places(page)
    (px, py), (qx, _) = at["Mean of p"], at["Mean of q"]
    assert px < qx < px + HIT[hand] / 2  # both lie within reach of the pointer
    before = page.evaluate(STATE)
    (after,) = pull(page, (px + 0.3 * (qx - px), py), [(-30, 20)], hand)
    assert changed(before, after) == {"loc_p"}
    page.get_by_role("button", name="Reset").click()
    (after,) = pull(page, (px + 0.7 * (qx - px), py), [(30, 20)], hand)
    assert changed(before, after) == {"loc_q"}


@pytest.mark.parametrize("hand", APART)
def test_of_two_means_in_one_place_the_focused_one_is_taken(open_figures, handle, hand):
    page = open_figures(PairFigure(loc_q=(0, 0)), **view(390, hand))
    place = places(page)["Mean of p"]
    assert place == pytest.approx(places(page)["Mean of q"])
    before = page.evaluate(STATE)
    (after,) = pull(page, place, [(40, 0)], hand)
    assert changed(before, after) == {"loc_q"}
    page.get_by_role("button", name="Reset").click()
    handle(page, "Mean of p").focus()
    (after,) = pull(page, place, [(40, 0)], hand)
    assert changed(before, after) == {"loc_p"}


def test_the_keyboard_reaches_both_of_two_means_in_one_place(open_figures):
    page = open_figures(PairFigure(loc_q=(0, 0)))
    reached = {}
    for _ in range(6):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.ariaLabel")
        before = page.evaluate(STATE)
        page.keyboard.press("ArrowUp")
        reached[name] = changed(before, page.evaluate(STATE))
    assert reached["Mean of p"] == {"loc_p"} and reached["Mean of q"] == {"loc_q"}


def test_a_handle_that_is_not_shown_is_not_taken(open_figures):
    figure = PairFigure(family="isotropic", loc_q=(0.3, 0), scale_q=(0.02, 0.02))
    page = open_figures(figure, **view(390, "touch"))
    x, y = places(page)["Mean of q"]
    before = page.evaluate(STATE)
    (after,) = pull(page, (x, y - 20), [(0, -30)], "touch")  # next to the hidden axis
    assert changed(before, after) == {"loc_q"}


@pytest.mark.parametrize("hand", APART)
@pytest.mark.parametrize("width", WIDTHS)
def test_handles_of_a_narrow_gaussian_lie_apart(open_figures, width, hand):
    narrow = {"scale_q": (0.02, 0.02), "loc_q": (1, -1)}
    figures = [
        PairFigure(**narrow, scale_p=(0.2, 0.2), correlation_p=0),
        FitFigure(**narrow, num_steps=2),
        GuessFigure(**narrow),
        ModesFigure(scale=0.1, scale_1=0.3, scale_2=0.3, weight=0.02),
    ]
    page = open_figures(*figures, **view(width, hand))
    owners = {}
    for number in range(len(figures)):
        for name, place in places(page, number).items():
            owners.setdefault((number, name.partition(" of ")[2]), []).append(place)
    assert len(owners) == 8 and all(len(one) >= 2 for one in owners.values())
    for group in owners.values():
        for i, a in enumerate(group):
            for b in group[:i]:
                assert math.dist(a, b) >= APART[hand] - 0.1


@pytest.mark.parametrize("width", WIDTHS)
def test_a_finger_widens_a_narrow_q(open_figures, width):
    page = open_figures(PairFigure(scale_q=(0.02, 0.02), loc_q=(2, -2)), **view(width, "touch"))
    x, y = places(page)["Axis 1 of q"]
    before = page.evaluate(STATE)
    side = 1 if x > places(page)["Mean of q"][0] else -1
    (after,) = pull(page, (x + side * 5, y + 5), [(side * 12, 0)], "touch")
    assert changed(before, after) == {"scale_q"}
    assert after["scale_q"][0] > 0.1 and after["scale_q"][1] == 0.02


# Where handles of axes stand


FAR = {
    "wide p": PairFigure(scale_p=(3, 3), correlation_p=0.5),
    "wide q at the edge": PairFigure(scale_q=(4, 4), loc_q=(4, 3.5)),
    "wide full q in a corner": PairFigure(
        family="full", scale_q=(3, 4), correlation_q=-0.6, loc_q=(4, 4)
    ),
    "narrow q in a corner": PairFigure(scale_q=(0.02, 0.02), loc_q=(4, 4)),
    "modes": ModesFigure(distance=5, scale_1=2, scale_2=2, loc=6, scale=5),
}


@pytest.mark.parametrize("hand", APART)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_handle_leaves_the_picture(open_figures, width, hand):
    page = open_figures(*FAR.values(), **view(width, hand))
    for number, name in enumerate(FAR):
        box, at = frame(page, number), places(page, number)
        assert [one for one, place in at.items() if not is_inside(place, box)] == [], name


def test_a_handle_stands_on_the_opposite_end_if_that_lies_inside(open_figures):
    page = open_figures(PairFigure(loc_q=(3.5, 0), scale_q=(1.5, 0.5)))
    at = places(page)
    (x, y), (end_x, end_y) = at["Mean of q"], at["Axis 1 of q"]
    pixels = page.evaluate("document.querySelector('.kl-data').getScreenCTM().a")
    assert (x - end_x) / pixels == pytest.approx(1.5 * 1.5 + 24 / pixels, abs=0.02)
    assert end_y == pytest.approx(y, abs=0.1)
    pull(page, at["Axis 1 of q"], [(-30, 0)])  # outwards on this side
    scale = page.evaluate(STATE)["scale_q"]
    assert scale == pytest.approx([1.5 + 30 / pixels / 1.5, 0.5], abs=0.01)


@pytest.mark.parametrize("hand", APART)
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["wide p", "wide q at the edge", "modes"])
def test_a_handle_on_a_clamped_place_does_not_jump_when_it_is_taken(
    open_figures, handle, name, width, hand
):
    page = open_figures(FAR[name], **view(width, hand))
    grip = "Standard deviation of q" if name == "modes" else f"Axis 1 of {name.split()[1]}"
    start = places(page)[grip]
    mean = places(page)[grip.replace("Standard deviation", "Mean").replace("Axis 1", "Mean")]
    away = np.array(mean) - start
    if name == "modes":
        away[1] = 0
    away = away / np.hypot(*away)
    before = page.evaluate(STATE)
    steps = [tuple(k * away) for k in (1, 2, 3)]
    quantity = "scale" if name == "modes" else f"scale_{grip[-1]}"
    sizes = [np.sum(one[quantity]) for one in [before, *pull(page, start, steps, hand)]]
    pixels = page.evaluate("document.querySelector('.kl-data').getScreenCTM().a")
    for one, then in pairwise(sizes):
        assert 0 < one - then <= 1.2 / pixels  # a pixel of the hand is a small step
    assert is_inside(places(page)[grip], frame(page))


# Keys

HANDLES = {
    "pair, mean": (PairFigure(), "Mean of q", "loc_q", 0, -4, 4),
    "pair, axis": (PairFigure(), "Axis 2 of q", "scale_q", 1, 0.02, 4),
    "surface": (SurfaceFigure(), "Start, on the surface of KL(q‖p)", "start", 0, -4, 4),
    "modes, mean": (ModesFigure(), "Mean of the right component", "distance", None, 0, 5),
    "modes, width": (ModesFigure(), "Standard deviation of q", "scale", None, 0.1, 5),
    "number": (GuessFigure(**NUMBER), "Your guess of KL(p‖q)", "guess", None, 0, 4),
}


@pytest.mark.parametrize("name", HANDLES)
def test_home_end_and_page_keys(open_figures, handle, name):
    figure, label, quantity, part, low, high = HANDLES[name]
    page = open_figures(figure, viewport={"width": 390, "height": 500})

    def value(i=part):
        found = page.evaluate(STATE)[quantity]
        return found if i is None else found[i]

    grip = handle(page, label)
    grip.focus()
    scrolled = page.evaluate("scrollY")
    page.keyboard.press("End")
    assert value() == high
    assert float(grip.get_attribute("aria-valuenow")) == high
    expect(page.get_by_role("status")).to_have_text("")  # what was asked for is no refusal
    page.keyboard.press("Home")
    assert value() == low
    moved = 1 if label.startswith(("Mean of q", "Start")) else part  # a plane has a vertical, too
    before = value(moved)
    page.keyboard.press("ArrowUp")
    step = value(moved) - before
    page.keyboard.press("PageUp")
    assert value(moved) - before == pytest.approx(11 * step)
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowDown")
    assert value(moved) == pytest.approx(before) and step > 0
    assert page.evaluate("scrollY") == scrolled


@pytest.mark.parametrize("family", ["isotropic", "diagonal", "full"])
def test_all_arrows_change_an_axis(open_figures, handle, family):
    scale = (0.8, 0.4) if family == "full" else (0.8, 0.8)
    page = open_figures(PairFigure(family=family, scale_q=scale))
    grip = handle(page, "Axis 1 of q")
    texts = [grip.get_attribute("aria-valuetext")]
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "ArrowDown"):
        grip.press(key)
        texts.append(grip.get_attribute("aria-valuetext"))
    lengths = [float(one.split()[1].strip(",")) for one in texts]
    turns = [int(one.split()[-2]) for one in texts]
    if family == "full":
        assert lengths == [0.8, 0.8, 0.8, 0.8, 0.82, 0.8, 0.78]
        assert turns == [0, 179, 178, 179, 179, 179, 179]
    else:
        assert lengths == [0.8, 0.82, 0.84, 0.82, 0.84, 0.82, 0.8] and set(turns) == {0}


ALL = [PairFigure, BetweenFigure, FitFigure, SurfaceFigure, ModesFigure, GuessFigure]


@pytest.mark.parametrize("figure", ALL)
def test_keys_are_described(open_figures, figure):
    page = open_figures(figure())
    for grip in page.get_by_role("slider", name="Axis 1").all():
        about = grip.get_attribute("aria-description")
        assert about.startswith("Up and down change the length; left and right turn it")
    fold = page.locator("details.kl-keys")
    assert fold.is_visible() and not fold.locator("p").is_visible()
    fold.locator("summary").click()
    text = fold.inner_text()
    for word in ("Arrow", "Shift", "Page Up", "Page Down", "Home", "End"):
        assert word in text
    assert ("left and right turn it" in text) == bool(page.locator("[aria-description]").count())


LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_focus_of_a_handle_has_one_ring(open_figures, look):
    """The style of the notes outlines all that has the focus."""
    page = open_figures(PairFigure(), **LOOKS[look])
    page.add_style_tag(content=NOTES.read_text(encoding="utf-8"))
    page.keyboard.press("Tab")
    handle, ring = page.evaluate(
        """[document.activeElement, document.activeElement.querySelector(".kl-focus")]
          .map((one) => getComputedStyle(one))
          .map(({ outlineStyle, stroke }) => ({ outlineStyle, stroke }))"""
    )
    assert handle["outlineStyle"] == "none" and ring["outlineStyle"] == "none"
    assert ring["stroke"] != "none"


# Ticks


@pytest.mark.parametrize("figure", [PairFigure, FitFigure, SurfaceFigure, ModesFigure])
@pytest.mark.parametrize("width", [390, 320])
def test_ticks_are_large_enough_for_fingers(open_figures, figure, width):
    page = open_figures(figure(), **view(width, "touch"))
    boxes = page.get_by_role("checkbox").all()
    assert boxes
    for box in boxes:
        size = box.bounding_box()
        assert min(size["width"], size["height"]) >= 24
        assert box.locator("..").bounding_box()["height"] >= 44
