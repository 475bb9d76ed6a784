"""Two Gaussians in a real browser: dragged, typed, linked; each number as klhelpers computes it."""

import json
import re
from itertools import product
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

from klhelpers.direction import ARROWS, ordered
from klhelpers.divergences import kl_gaussian
from klhelpers.live import PairFigure
from klhelpers.live.gaussians import scale_tril
from klhelpers.nats import format_nats
from klhelpers.optima import kl_floor, optimal_diag_gaussian

STATE = "document.querySelectorAll('kl-live')[{}].figure.state.values"


def state(page, number=0):
    return page.evaluate(STATE.format(number))


def tril(values, letter):
    return scale_tril(values[f"scale_{letter}"], values[f"correlation_{letter}"])


def divergences(values):
    """Both divergences of a state, by klhelpers."""
    p, q = ((values[f"loc_{letter}"], tril(values, letter)) for letter in "pq")
    found = {}
    for direction in ARROWS:
        first, second = ordered(direction, p, q)
        found[direction] = float(kl_gaussian(*first, *second))
    return found


def check_numbers(page, floor=None):
    """Compare every number that the figure shows with klhelpers."""
    values = state(page)
    if floor is None:
        floor = float(kl_floor(tril(values, "p"), direction="reverse"))
    bars = page.get_by_role("img", name=re.compile("^KL")).get_attribute("aria-label")
    sentence = page.locator(".kl-sentence").inner_text()
    for direction, value in divergences(values).items():
        text = f"{ARROWS[direction]} = {format_nats(value)}"
        assert f"{text}: floor {format_nats(floor)}, gap {format_nats(value - floor)}" in bars
        assert f"{text} nats" in sentence


def test_numbers_of_the_untouched_figure(open_figures):
    page = open_figures(PairFigure())
    check_numbers(page)
    assert (
        f"Of each, {format_nats(-0.5 * np.log(1 - 0.64))} cannot be avoided"
        in page.locator(".kl-sentence").inner_text()
    )


@pytest.mark.parametrize(
    "name", ["Mean of p", "Axis 1 of p", "Axis 2 of p", "Mean of q", "Axis 1 of q"]
)
def test_dragging_a_handle_changes_its_gaussian_alone(open_figures, drag, name):
    page = open_figures(PairFigure(family="full"))
    before = state(page)
    drag(page, name, 30, -20)
    after = state(page)
    letter = name[-1]
    changed = {key for key in after if after[key] != before[key]}
    shape = {f"scale_{letter}", f"correlation_{letter}"}
    assert changed == ({f"loc_{letter}"} if name.startswith("Mean") else shape)
    check_numbers(page, floor=0)


def test_mean_follows_the_pointer(open_figures, drag):
    page = open_figures(PairFigure(), viewport={"width": 700, "height": 800})
    pixels = page.evaluate("document.querySelector('.kl-data').getScreenCTM().a")
    drag(page, "Mean of q", 2 * pixels, -pixels)
    assert np.allclose(state(page)["loc_q"], [2.8, 0.5], atol=1e-3)


def test_axis_follows_the_pointer_by_length_and_tilt(open_figures, drag, handle):
    page = open_figures(PairFigure(scale_p=(1, 1), correlation_p=0))
    pixels = page.evaluate("document.querySelector('.kl-data').getScreenCTM().a")
    apart = 24 / pixels  # from the mean to the handle of an axis without length
    far = 2 + apart  # at a length of one
    drag(page, "Axis 1 of p", (-far + 1.5 * far * 0.6) * pixels, -1.5 * far * 0.8 * pixels)
    length = (1.5 * far - apart) / 2
    values = state(page)
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    expected = turn @ np.diag([length**2, 1]) @ turn.T
    found = tril(values, "p") @ tril(values, "p").T
    assert np.allclose(found, expected, atol=2e-2)
    text = handle(page, "Axis 1 of p").get_attribute("aria-valuetext")
    shown, direction = re.fullmatch(r"length (\S+), direction (\d+) degrees", text).groups()
    assert float(shown) == pytest.approx(length, abs=0.02) and direction == "53"


def test_a_pen_drags(open_figures, handle):
    page = open_figures(PairFigure())
    session = page.context.new_cdp_session(page)
    grip = handle(page, "Mean of q")
    grip.scroll_into_view_if_needed()
    box = grip.locator("> :last-child").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = state(page)["loc_q"]
    for kind, at in [("mousePressed", 0), ("mouseMoved", 40), ("mouseReleased", 40)]:
        session.send(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x + at, "y": y - at, "button": "left", "pointerType": "pen"},
        )
    after = state(page)["loc_q"]
    assert after[0] > before[0] + 0.5 and after[1] > before[1] + 0.5
    check_numbers(page)


def test_everything_by_keyboard(open_figures):
    page = open_figures(PairFigure(family="full", scale_q=(0.8, 0.6)))
    names = []
    page.locator("h1").evaluate("(node) => { node.tabIndex = -1; node.focus(); }")
    for _ in range(30):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(document.activeElement.ariaLabel || document.activeElement.labels?.[0]?.textContent"
            " || document.activeElement.textContent).trim()"
        )
        if name in names:
            break
        names.append(name)
    for wanted in ["Mean of p", "Axis 1 of p", "Axis 2 of p", "Mean of q", "Axis 1 of q"]:
        assert wanted in names
    for wanted in ["family of q", "Best q for reverse", "Reset", "Copy link", "Type numbers"]:
        assert wanted in names


def test_arrow_keys(open_figures, handle):
    page = open_figures(PairFigure(family="full", scale_q=(1.2, 0.6)))
    mean, axis = handle(page, "Mean of q"), handle(page, "Axis 1 of q")
    mean.press("ArrowRight")
    mean.press("Shift+ArrowUp")
    assert np.allclose(state(page)["loc_q"], [0.85, 0])
    assert mean.get_attribute("aria-valuetext") == "0.85 and 0.00"
    axis.press("ArrowUp")
    assert axis.get_attribute("aria-valuetext") == "length 1.22, direction 0 degrees"
    axis.press("Shift+ArrowLeft")
    assert axis.get_attribute("aria-valuetext") == "length 1.22, direction 10 degrees"
    assert state(page)["correlation_q"] > 0
    check_numbers(page, floor=0)


def test_handles_stop_at_the_ranges_and_say_so(open_figures, drag, handle):
    page = open_figures(PairFigure())
    drag(page, "Mean of q", 600, 0)
    assert state(page)["loc_q"][0] == 4
    expect(page.get_by_role("status")).to_have_text("mean of q stops at 4.")
    for _ in range(12):
        handle(page, "Axis 1 of p").press("Shift+ArrowUp")
    assert max(state(page)["scale_p"]) <= 3 and state(page)["correlation_p"] <= 0.99
    expect(page.get_by_role("status")).to_contain_text("stops at")
    for _ in range(10):
        handle(page, "Axis 2 of q").press("Shift+ArrowDown")
    assert state(page)["scale_q"][1] == 0.02
    expect(page.get_by_role("status")).to_have_text("standard deviation of q stops at 0.02.")
    check_numbers(page)


@pytest.mark.parametrize("direction", ARROWS)
def test_best_q_is_reached_exactly(open_figures, direction):
    """The fault that must not return: the optimum was clipped by a slider without a word."""
    page = open_figures(PairFigure(loc_p=(1, -1)))
    for rho, scale in product([0.8, -0.6, 0.99], [(0.5, 0.5), (1.5, 1.0), (0.2, 3.0)]):
        changes = {"scale_p": scale, "correlation_p": rho, "loc_q": (0, 0), "scale_q": (1, 2)}
        page.evaluate("(x) => document.querySelector('kl-live').figure.state.set(x)", changes)
        page.get_by_role("button", name=f"Best q for {direction}").click()
        values = state(page)
        assert values["scale_p"] == list(scale) and values["correlation_p"] == rho
        best = optimal_diag_gaussian([1, -1], tril(values, "p"), direction=direction)
        assert np.allclose(values["loc_q"], best.loc, rtol=1e-12)
        assert np.allclose(values["scale_q"], best.scale, rtol=1e-12)
        floor = float(kl_floor(tril(values, "p"), direction=direction))
        assert np.isclose(divergences(values)[direction], floor, rtol=1e-9)
        check_numbers(page)


def test_handles_hide_the_reverse_optimum_at_a_correlation_of_0_99(open_figures):
    """Near 0.99 the blue one is so small that the handles in the middle hide it (chapter 4)."""
    options = {"scale_p": (1.5, 1.0), "loc_q": (0, 0), "scale_q": (1, 1), "optima": True}
    page = open_figures(PairFigure(**options, correlation_p=0.8))
    inside = """() => {
      const box = document.querySelector(".kl-data .kl-line.kl-reverse").getBoundingClientRect();
      const round = [...document.querySelectorAll(".kl-handle")].map(
        (handle) => handle.lastElementChild.getBoundingClientRect());
      return round.some((one) => one.left <= box.left && box.right <= one.right
        && one.top <= box.top && box.bottom <= one.bottom);
    }"""
    assert not page.evaluate(inside)
    page.evaluate("document.querySelector('kl-live').figure.state.set({ correlation_p: 0.99 })")
    assert page.evaluate(inside)


def test_families(open_figures):
    page = open_figures(PairFigure(family="full", scale_q=(2.0, 0.5), correlation_q=0.5))
    check_numbers(page, floor=0)
    page.get_by_label("family of q").select_option("diagonal")
    assert state(page)["scale_q"] == [2.0, 0.5] and state(page)["correlation_q"] == 0
    check_numbers(page)
    page.get_by_label("family of q").select_option("isotropic")
    assert state(page)["scale_q"] == [1.0, 1.0]
    covariance = tril(state(page), "p") @ tril(state(page), "p").T
    floor = np.log(np.trace(covariance) / 2) - 0.5 * np.log(np.linalg.det(covariance))
    check_numbers(page, floor=float(floor))
    expect(page.get_by_role("slider", name="Axis 2 of q")).to_be_hidden()
    page.get_by_role("button", name="Best q for reverse").click()
    values = state(page)
    assert np.isclose(divergences(values)["reverse"], floor, rtol=1e-9)
    assert values["scale_q"][0] == values["scale_q"][1]


def test_numbers_can_be_typed(open_figures):
    page = open_figures(PairFigure())
    page.get_by_text("Type numbers").click()
    field = page.get_by_role("textbox", name="correlation of p")
    field.fill("−0,5")
    field.press("Enter")
    assert state(page)["correlation_p"] == -0.5
    for wrong in ["1", "abc", "", "1e999", "<b>0</b>"]:
        field.fill(wrong)
        field.press("Enter")
        page.keyboard.press("Tab")
        assert state(page)["correlation_p"] == -0.5
        expect(field).to_have_accessible_description(
            "correlation of p must be a number from -0.99 to 0.99."
        )
        expect(field).to_have_value(wrong)
        field.focus()
    field = page.get_by_label("correlation of q")
    field.fill("0.5")
    page.keyboard.press("Tab")
    expect(field).to_have_accessible_description(
        "correlation of q must be 0 for a q that is diagonal; got 0.5."
    )
    check_numbers(page)


def test_reset(open_figures, drag):
    page = open_figures(PairFigure(correlation_p=0.3))
    first = state(page)
    drag(page, "Mean of q", 50, 50)
    page.get_by_label("Show the best q of both directions").check()
    page.get_by_label("family of q").select_option("full")
    page.get_by_role("button", name="Reset").click()
    assert state(page) == first
    expect(page.get_by_label("family of q")).to_have_value("diagonal")
    expect(page.get_by_label("Show the best q of both directions")).not_to_be_checked()


def test_link_to_a_state(open_figures, drag, page_file):
    page = open_figures(PairFigure(), PairFigure())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("family of q").nth(1).select_option("full")
    page.get_by_role("button", name="Copy link").nth(1).click()
    expect(page.get_by_role("status").nth(1)).to_have_text("The link to this state was copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#fig-1&state=" in link
    other = open_figures(PairFigure(), PairFigure(), hash=link[link.index("#") :])
    assert state(other, 1)["family"] == "full" and state(other, 0)["family"] == "diagonal"


HOSTILE = [
    "{",
    "[]",
    "null",
    "3",
    '"<img src=x onerror=alert(1)>"',
    '{"__proto__": {"family": "full"}}',
    '{"constructor": 1}',
    '{"<img src=x onerror=alert(1)>": 1}',
    '{"family": "<img src=x onerror=alert(1)>"}',
    '{"correlation_p": 1e999}',
    '{"correlation_p": 1}',
    '{"correlation_p": "0.5"}',
    '{"correlation_p": null}',
    '{"loc_p": [0]}',
    '{"loc_p": [0, 0, 0]}',
    '{"loc_p": {"0": 1, "1": 2, "length": 2}}',
    '{"optima": 1}',
    '{"correlation_q": 0.5}',
    '{"family": "isotropic", "scale_q": [1, 2]}',
    '{"loc_p": [' + "0," * 10000 + "0]}",
]


def test_bad_link_gives_the_default_and_a_note(open_figures, follow_link):
    page = open_figures(PairFigure(correlation_p=0.5), hash=f"#state={quote(HOSTILE[0])}")
    expect(page.get_by_role("status")).to_contain_text("The state in the link was not used: ")
    for text in HOSTILE:
        if text != HOSTILE[0]:
            assert "The state in the link was not used: " in follow_link(page, text)
        assert state(page)["correlation_p"] == 0.5 and state(page)["family"] == "diagonal"
        assert page.locator(".kl-figure img, .kl-figure b").count() == 0
        assert page.evaluate("({}).family") is None
        check_numbers(page)


def test_link_that_cannot_be_decoded(open_figures):
    page = open_figures(PairFigure(), hash="#state=%E0%A4%A")
    expect(page.get_by_role("status")).to_contain_text("it cannot be read")


def test_state_in_the_markup_is_text(open_figures):
    html = PairFigure().html
    inside = re.search(r'<script type="application/json">(.*?)</script>', html)[1]
    assert json.loads(inside)["values"]["correlation_p"] == 0.8 and "<" not in inside


@pytest.mark.parametrize("family", ["isotropic", "diagonal", "full"])
def test_the_still_shows_the_optima_and_the_floors(family):
    figure = PairFigure(family=family, optima=True)
    plane, bars = figure.still().axes
    values = {"scale_p": figure.scale_p, "correlation_p": figure.correlation_p}
    covariance = tril(values, "p") @ tril(values, "p").T
    floors = {
        "isotropic": np.log(np.trace(covariance) / 2) - np.linalg.slogdet(covariance)[1] / 2,
        "diagonal": kl_floor(tril(values, "p"), direction="reverse"),
        "full": 0.0,
    }
    assert len(plane.lines) == len(PairFigure(family=family).still().axes[0].lines) + 2
    for line in bars.lines:
        assert np.allclose(line.get_xdata(), floors[family], atol=1e-9)
    assert len(bars.lines) == 2
