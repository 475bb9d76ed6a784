"""Two modes in a real browser: dragged, typed, linked; each number against sums in NumPy."""

import json
import re
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

from klhelpers.live import ModesFigure
from klhelpers.live.mixtures import Mixture, descend, forward_kl, reverse_kl
from klhelpers.nats import format_nats

STATE = "document.querySelectorAll('kl-live')[{}].figure.state.values"
PARTS = ["weight", "distance", "scale_1", "scale_2"]


def state(page, number=0):
    return page.evaluate(STATE.format(number))


def settled(page):
    """Wait until the basins are those of the state; return the words of the bands."""
    expect(page.locator(".kl-bands:not(.kl-stale) > path").first).to_be_attached(timeout=30_000)
    return page.locator(".kl-bands text").all_text_contents()


def check_numbers(page):
    """Compare every number that the figure shows with sums in NumPy."""
    settled(page)
    values = state(page)
    p = Mixture(*(values[name] for name in PARTS))
    q = values["loc"], values["scale"]
    reverse, forward = float(reverse_kl(p, *q)), forward_kl(p, *q)
    bars = page.get_by_role("img", name=re.compile("^KL")).get_attribute("aria-label")
    sentence = page.locator(".kl-sentence").inner_text()
    least = forward_kl(p, *p.moments)
    assert f"KL(q‖p) = {format_nats(reverse)}" in bars
    assert (
        f"KL(p‖q) = {format_nats(forward)}: floor {format_nats(least)}, "
        f"gap {format_nats(forward - least)}"
    ) in bars
    assert f"KL(q‖p) = {format_nats(reverse)} nats, KL(p‖q) = {format_nats(forward)} nats." in (
        sentence
    )
    path = descend(p, *q, count=2001)
    loc, scale = path[-1]
    end = described(loc, scale, float(reverse_kl(p, loc, scale)))
    assert f"{len(path) - 1} steps of gradient descent" in sentence
    assert f": {end}. KL(p‖q) has a single minimum" in sentence
    assert f"variance of p: {described(*p.moments, least)}." in sentence
    return sentence


def described(loc, scale, value):
    number = f"{round(loc, 2) + 0:.2f}".replace("-", "−")
    return f"mean {number}, standard deviation {scale:.2f}, {format_nats(value)} nats"


def test_untouched_figure_makes_the_point(open_figures):
    page = open_figures(ModesFigure())
    assert settled(page) == ["left", "middle", "right"]
    assert "in the right one of three minima found" in check_numbers(page)


@pytest.mark.parametrize(
    "values",
    [
        {"distance": 4, "loc": -0.5, "scale": 1},
        {"distance": 1.5, "loc": -3.0},
        {"weight": 0.1, "distance": 2.5, "scale_1": 0.4, "scale_2": 1.7, "loc": -2},
        {"distance": 0, "scale_1": 0.3, "scale_2": 2, "scale": 0.1},
        {"distance": 5, "scale_1": 0.3, "scale_2": 0.3, "loc": 6, "scale": 5},
    ],
)
def test_numbers_of_other_states(open_figures, values):
    check_numbers(open_figures(ModesFigure(**values)))


@pytest.mark.parametrize(
    "name, changed",
    [
        ("Mean of the left component", "distance"),
        ("Mean of the right component", "distance"),
        ("Standard deviation of the left component", "scale_1"),
        ("Standard deviation of the right component", "scale_2"),
        ("Mean of q", "loc"),
        ("Standard deviation of q", "scale"),
    ],
)
def test_a_handle_changes_one_quantity_by_mouse_and_by_keys(
    open_figures, drag, handle, name, changed
):
    page = open_figures(ModesFigure(), viewport={"width": 700, "height": 900})
    pixels = page.evaluate("document.querySelector('.kl-data').getScreenCTM().a")
    sign = -1 if "left" in name or name == "Standard deviation of q" else 1
    before = state(page)
    drag(page, name, sign * 0.5 * pixels, 7)
    after = state(page)
    assert {key for key in after if after[key] != before[key]} == {changed}
    assert after[changed] == pytest.approx(before[changed] + 0.5, abs=2e-3)
    handle(page, name).focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    grown = state(page)
    assert {key for key in grown if grown[key] != after[key]} == {changed}
    upwards = -1 if name == "Mean of the left component" else 1
    assert (grown[changed] - after[changed]) * upwards > 0.2
    shown = float(handle(page, name).get_attribute("aria-valuetext").replace("−", "-"))
    flipped = -1 if name == "Mean of the left component" else 1
    assert shown == pytest.approx(flipped * grown[changed], abs=0.005001)
    check_numbers(page)


def test_weight_by_its_slider(open_figures):
    page = open_figures(ModesFigure())
    slider = page.get_by_label("weight of the left component").first
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    assert state(page)["weight"] == pytest.approx(0.3)
    assert slider.get_attribute("aria-valuetext") == "0.30"
    check_numbers(page)


def test_handles_stop_and_say_why(open_figures, drag):
    page = open_figures(ModesFigure())
    drag(page, "Mean of the right component", -200, 0)
    assert state(page)["distance"] == 0
    assert page.locator(".kl-note").inner_text() == "distance of both means from 0 stops at 0."
    drag(page, "Standard deviation of q", 300, 0)
    assert state(page)["scale"] == 0.1
    assert "standard deviation of q stops at 0.1" in page.locator(".kl-note").inner_text()


def test_start_decides_where_descent_ends(open_figures, handle):
    page = open_figures(ModesFigure(distance=4))
    ends = []
    for loc in (-3, 0.2, 3):
        page.evaluate(f"document.querySelector('kl-live').figure.state.set({{ loc: {loc} }})")
        settled(page)
        sentence = check_numbers(page)
        ends.append(re.search(r"in the (\w+) one of three", sentence)[1])
    assert ends == ["left", "middle", "right"]


def test_bands_are_named_and_differ_without_colour(open_figures):
    page = open_figures(ModesFigure(distance=4))
    assert settled(page) == ["left", "middle", "right"]
    dashes = page.evaluate(
        "[...document.querySelectorAll('.kl-band')].map((b) => b.getAttribute('stroke-dasharray'))"
    )
    assert len(set(dashes)) == 3


def test_one_minimum_has_one_band(open_figures):
    page = open_figures(ModesFigure(distance=1.5))
    assert settled(page) == ["the only minimum"]
    assert "in the only minimum found" in page.locator(".kl-sentence").inner_text()


def test_what_has_not_converged_says_so(open_figures):
    slow = {"weight": 0.5654567762256627, "distance": 4.47708387815919, "scale_1": 2, "scale_2": 2}
    page = open_figures(ModesFigure(**slow, loc=-6, scale=5))
    settled(page)
    assert "has not converged after 2000 steps" in page.locator(".kl-sentence").inner_text()


def test_handles_stay_under_the_hand_when_fits_come_and_go(open_figures, handle):
    page = open_figures(ModesFigure(scale_2=0.5, weight=0.8, loc=3, scale=1.5))
    settled(page)
    height = handle(page, "Mean of q").bounding_box()["y"]
    page.evaluate("document.querySelector('kl-live').figure.state.set({ loc: 2.9 })")
    assert handle(page, "Mean of q").bounding_box()["y"] == pytest.approx(height, abs=0.5)


def test_bands_wait_for_the_hand(open_figures):
    page = open_figures(ModesFigure())
    settled(page)
    seen = page.evaluate(
        """async () => {
            const { state } = document.querySelector("kl-live").figure;
            const bands = document.querySelector(".kl-bands");
            const first = bands.innerHTML;
            let [last, seen] = [performance.now(), 0];
            for (let i = 1; i < 40; i += 1) {
                await new Promise((done) => setTimeout(done, 10));
                const now = performance.now();
                const waited = bands.innerHTML === first && bands.classList.contains("kl-stale");
                if (i > 1 && now - last < 110) { // else the machine was too slow to tell
                    if (!waited) return -1;
                    seen += 1;
                }
                state.set({ distance: 3 + i / 40 });
                last = performance.now();
            }
            return seen;
        }"""
    )
    assert seen > 0
    settled(page)
    check_numbers(page)


def test_fits_are_shown_on_request(open_figures):
    page = open_figures(ModesFigure(fits=False))
    settled(page)
    reverse = page.locator(".kl-data path.kl-reverse").first
    expect(reverse).to_be_hidden()
    page.get_by_role("button", name="Fit from this q").click()
    expect(reverse).to_be_visible()
    assert state(page)["fits"] is True
    end = descend(Mixture(0.5, 3, 1, 1), 2, 2)[-1]
    matrix = re.findall(r"[-.\d]+", reverse.get_attribute("transform"))
    assert np.allclose([float(matrix[4]), float(matrix[0])], end, atol=1e-3)
    forward = page.locator(".kl-data path.kl-forward").first
    matrix = re.findall(r"[-.\d]+", forward.get_attribute("transform"))
    assert np.allclose([float(matrix[4]), float(matrix[0])], [0, np.sqrt(10)])
    page.get_by_label("Show both fits").uncheck()
    expect(reverse).to_be_hidden()


def test_typed_numbers_and_reset(open_figures):
    page = open_figures(ModesFigure())
    page.get_by_text("Type numbers").click()
    field = page.get_by_role("textbox", name="standard deviation of q")
    field.fill("0,5")
    field.press("Enter")
    assert state(page)["scale"] == 0.5
    field.fill("7")
    field.press("Enter")
    expect(field).to_have_accessible_description(
        "standard deviation of q must be a number from 0.1 to 5."
    )
    check_numbers(page)
    page.get_by_role("button", name="Reset").click()
    assert state(page) == json.loads(json.dumps(ModesFigure().values))


@pytest.mark.parametrize(
    "patch, wrong",
    [
        ({"distance": 4, "loc": -1}, ""),
        ({"weight": 1}, "weight of the left component must be a number from 0.02 to 0.98"),
        (
            {"scale_1": "1"},
            "standard deviation of the left component must be a number from 0.3 to 2",
        ),
        ({"__proto__x": 1}, "__proto__x is not known"),
    ],
)
def test_state_of_a_link(open_figures, patch, wrong):
    page = open_figures(ModesFigure(), hash=f"#fig-0&state={quote(json.dumps(patch))}")
    note = page.locator(".kl-note").inner_text()
    assert wrong in note and bool(note) == bool(wrong)
    expected = ModesFigure(**({} if wrong else patch)).values
    assert state(page) == json.loads(json.dumps(expected))
    check_numbers(page)


def test_nothing_runs_on_when_the_figure_goes(open_figures):
    page = open_figures(ModesFigure())
    settled(page)
    left = page.evaluate(
        """async () => {
            const element = document.querySelector("kl-live");
            const { figure } = element;
            figure.state.set({ loc: -3 });
            element.end();
            let heard = 0;
            figure.updates.push(() => { heard += 1; });
            await new Promise((done) => setTimeout(done, 700));
            return heard;
        }"""
    )
    assert left == 0


@pytest.mark.parametrize(
    "name, value, rule",
    [
        ("weight", 0.01, "from 0.02 to 0.98"),
        ("distance", -1, "from 0 to 5"),
        ("scale_1", 0.2, "from 0.3 to 2"),
        ("scale_2", 3, "from 0.3 to 2"),
        ("loc", 7, "from -6 to 6"),
        ("scale", 0, "from 0.1 to 5"),
        ("fits", 1, "true or false"),
    ],
)
def test_python_refuses_with_the_rule(name, value, rule):
    with pytest.raises(ValueError, match=f"{name} must be .*{rule}; got {value}"):
        ModesFigure(**{name: value})


def test_unknown_name():
    with pytest.raises(TypeError, match="ModesFigure has no variance; it has weight, distance"):
        ModesFigure(variance=1)


def test_distributions_are_those_of_the_state():
    figure = ModesFigure(weight=0.25, distance=2, scale_1=0.5)
    assert float(figure.p.mean()) == pytest.approx(1)
    x = np.linspace(-3, 3, 7)
    assert np.allclose(figure.p.log_prob(x), Mixture(0.25, 2, 0.5, 1).log_prob(x), rtol=1e-12)
    assert float(figure.q.stddev()) == 2


def test_still_shows_what_the_figure_shows():
    left, right = ModesFigure().still().axes
    lines = {line.get_label(): line for line in left.lines}
    assert list(lines) == ["p", "q", "KL(q‖p)", "KL(p‖q)"]
    x, y = lines["KL(q‖p)"].get_data()
    assert x[np.argmax(y)] == pytest.approx(3, abs=0.05)
    x, y = lines["KL(p‖q)"].get_data()
    assert x[np.argmax(y)] == 0 and max(y) == pytest.approx(1 / np.sqrt(20 * np.pi))
    ends = right.lines[2].get_xdata()
    assert sorted(set(np.round(ends))) == [-3, 0, 3]
