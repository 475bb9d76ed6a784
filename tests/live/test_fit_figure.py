"""Fit it, in a real browser: each number as NumPy and TensorFlow compute it."""

import json
import re
from itertools import product
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect
from thorough import thoroughly

from klhelpers.direction import ARROWS
from klhelpers.distributions import trainable_diag_gaussian
from klhelpers.fit import minimize_kl
from klhelpers.live import FitFigure
from klhelpers.live.gaussians import scale_tril
from klhelpers.nats import format_nats
from klhelpers.optima import kl_floor, optimal_diag_gaussian
from klhelpers.quiet_tensorflow import tfp

GHOSTS = ".kl-figure .kl-ghost"
HANDLE = "Mean of the start of q, {} panel"


def state(page, number=0):
    return page.evaluate(f"document.querySelectorAll('kl-live')[{number}].figure.state.values")


def sentence(page):
    return page.locator(".kl-sentence").inner_text()


def as_python(page):
    """The figure of the same state in Python, which computes with NumPy."""
    return FitFigure(**state(page))


def course(run, floor, taken):
    """What the losses say, written anew."""
    if run.diverged:
        return f"diverged at step {run.loss.size}: the divergence is no longer finite"
    if taken == 0:
        return "no step was taken yet"
    near = run.loss - floor < 1e-3
    if near[-1]:
        first = np.flatnonzero(~near)[-1] + 1 if not near.all() else 0
        return f"the gap is below 0.001 nats from step {first} on"
    rises = ", and the loss rose in the last step" if run.loss[-1] > run.loss[-2] else ""
    if near.any():
        return (
            f"the gap fell below 0.001 nats at step {np.argmax(near)}, but did not stay there"
            + rises
        )
    steps = f"{taken} step{'' if taken == 1 else 's'}"
    return f"the gap did not fall below 0.001 nats in {steps}{rises}"


def check_numbers(page):
    """Compare all that the figure says with the fits in NumPy."""
    figure = as_python(page)
    chosen = [one for one in ARROWS if figure.direction in ("both", one)]
    parts = []
    for direction in chosen:
        run = figure.run(direction)
        at = min(figure.step, run.loss.size - 1)
        loss, floor = run.loss[at], figure.floor
        assert abs(loss) < 1e6
        parts.append(
            f"{direction.capitalize()}: at step {at}, {ARROWS[direction]} = {format_nats(loss)} "
            f"nats, floor {format_nats(floor)}, gap {format_nats(loss - floor)}; "
            f"{course(run, floor, figure.taken)}."
        )
    expect(page.locator(".kl-sentence")).to_have_text(" ".join(parts))


def select(page, **choices):
    labels = {"family": "family of q", "bijector": "bijector of the scale"}
    for name, value in choices.items():
        page.get_by_label(labels.get(name, name), exact=True).select_option(value)


def enter(page, label, text):
    page.get_by_label(label, exact=True).fill(text)
    page.keyboard.press("Enter")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def scrub(page, step):
    page.get_by_label("step shown", exact=True).first.evaluate(
        "(range, step) => { range.value = step; range.dispatchEvent(new Event('input')); }", step
    )


def test_untouched_the_same_floor_and_two_optima(open_figures):
    page = open_figures(FitFigure())
    check_numbers(page)
    figure = as_python(page)
    p = figure.loc_p, scale_tril(figure.scale_p, figure.correlation_p)
    ends = {}
    for direction in ARROWS:
        assert np.isclose(figure.floor, kl_floor(p[1], direction=direction))
        matrix = page.locator(f"g.kl-{direction}").first.get_attribute("transform")
        a, _, _, d, x, y = map(float, re.findall(r"[-\d.e]+", matrix))
        best = optimal_diag_gaussian(*p, direction=direction)
        assert np.allclose([a, d, x, y], [*best.scale, 0, 0], atol=0.02)
        ends[direction] = a * d
    assert ends["forward"] > 2 * ends["reverse"]
    expect(page.locator(".kl-note")).to_have_text("")
    assert page.locator(GHOSTS).count() == 0


@pytest.mark.parametrize("bijector", ["Exp", "Softplus"])
def test_adam_is_that_of_the_package(open_figures, bijector):
    page = open_figures(FitFigure(bijector=bijector, rate=0.05, scale_q=(0.5, 1.2)))
    for direction, arrow in ARROWS.items():
        q = trainable_diag_gaussian(
            np.array([-3.0, 0.0]),
            np.array([0.5, 1.2]),
            scale_bijector=getattr(tfp.bijectors, bijector)(),
        )
        target = FitFigure().p
        losses = minimize_kl(q, target, direction=direction, num_steps=200, learning_rate=0.05).loss
        for step in (0, 1, 7, 50, 199, 200):
            scrub(page, step)
            assert f"at step {step}, {arrow} = {format_nats(losses[step])} nats" in sentence(page)


OPTIMISERS = ["gradient descent", "Adam", "natural gradient"]
FAMILIES = ["isotropic", "diagonal", "full"]


@pytest.mark.parametrize(
    ("optimiser", "family"),
    thoroughly(product(OPTIMISERS, FAMILIES), always=[*zip(OPTIMISERS, FAMILIES, strict=True)]),
)
def test_numbers_of_all_optimisers_and_families(open_figures, optimiser, family):
    page = open_figures(FitFigure(loc_p=(0.5, -1), correlation_p=-0.6))
    select(page, optimiser=optimiser, family=family)
    for bijector in ("Softplus", "Exp"):
        select(page, bijector=bijector)
        for step in (0, 3, 200):
            scrub(page, step)
            check_numbers(page)


def test_floor_of_an_isotropic_q(open_figures):
    figure = FitFigure(family="isotropic", rate=0.2, num_steps=900, taken=900, step=900)
    covariance = scale_tril((1.5, 1), 0.8) @ scale_tril((1.5, 1), 0.8).T
    expected = np.log(np.trace(covariance) / 2) - 0.5 * np.log(np.linalg.det(covariance))
    assert np.isclose(figure.floor, expected)
    for direction in ARROWS:
        assert np.isclose(figure.run(direction).loss[-1], expected, rtol=1e-6)
    page = open_figures(figure)
    check_numbers(page)
    assert f"floor {format_nats(expected)}" in sentence(page)


def test_path_of_the_mean_is_that_of_the_fit(open_figures):
    page = open_figures(FitFigure())
    for direction, plane in zip(ARROWS, page.locator("svg.kl-data").all(), strict=False):
        d = plane.locator(f"> path.kl-{direction}").get_attribute("d")
        points = np.array([list(map(float, pair.split())) for pair in re.split("[ML]", d)[1:]])
        locs = as_python(page).run(direction).loc * [1, -1]
        assert len(points) > 30
        apart = np.abs(points[:, np.newaxis] - locs).max(axis=-1).min(axis=1)
        assert apart.max() < 1e-5
        assert np.allclose(points[[0, -1]], locs[[0, -1]], atol=1e-5)


def test_curve_of_the_losses_lies_where_its_axes_say(open_figures):
    page = open_figures(FitFigure())
    data = page.locator("svg.kl-data").nth(2)
    left, top, width, height = map(float, data.get_attribute("viewBox").split())
    for direction in ARROWS:
        d = data.locator(f"> path.kl-{direction}").get_attribute("d")
        points = np.array([list(map(float, pair.split())) for pair in re.split("[ML]", d)[1:]])
        loss = as_python(page).run(direction).loss
        assert len(points) == 201
        assert np.allclose(points[:, 0], left + np.arange(201) / 200 * width, atol=0.06)
        assert np.allclose(points[:, 1], top + height * (1 - loss / 10), atol=0.06)
    page.get_by_label("Logarithmic axis").check()
    expect(page.locator("svg", has_text="gap (loss − floor) in nats").first).to_be_visible()
    for direction in ARROWS:
        d = data.locator(f"> path.kl-{direction}").get_attribute("d")
        points = np.array([list(map(float, pair.split())) for pair in re.split("[ML]", d)[1:]])
        run = as_python(page).run(direction)
        power = np.log10(np.maximum(run.loss - as_python(page).floor, 1e-10))
        assert np.allclose(points[:, 1], top + height * (1 - (power + 10) / 11), atol=0.06)


def test_step_and_fit(open_figures):
    page = open_figures(FitFigure())
    press(page, "Back to the start")
    assert (state(page)["taken"], state(page)["step"]) == (0, 0)
    assert "no step was taken yet" in sentence(page)
    check_numbers(page)
    for taken in (1, 2, 3):
        press(page, "Step")
        assert (state(page)["taken"], state(page)["step"]) == (taken, taken)
        check_numbers(page)
    scrub(page, 1)
    press(page, "Step")
    assert (state(page)["taken"], state(page)["step"]) == (3, 2)
    press(page, "Fit")
    assert (state(page)["taken"], state(page)["step"]) == (200, 200)
    press(page, "Step")
    assert (state(page)["taken"], state(page)["step"]) == (201, 201)
    check_numbers(page)


def test_scrub_shows_the_step(open_figures):
    page = open_figures(FitFigure())
    at = page.get_by_label("step shown", exact=True).first
    for step in (0, 10, 120):
        scrub(page, step)
        check_numbers(page)
        assert at.get_attribute("aria-valuetext") == f"{step} of 200"
        run = as_python(page).run("reverse")
        matrix = page.locator("g.kl-reverse").first.get_attribute("transform")
        a, *_, x, y = map(float, re.findall(r"[-\d.e]+", matrix))
        assert np.allclose(
            [a, x, -y], [run.scale_tril[step, 0, 0], *run.loc[step]], rtol=0, atol=2e-6
        )


def test_number_of_steps(open_figures):
    page = open_figures(FitFigure())
    enter(page, "number of steps", "37")
    values = state(page)
    assert values["num_steps"] == values["taken"] == values["step"] == 37
    check_numbers(page)
    for wrong in ("0", "2001", "1.5", "abc"):
        enter(page, "number of steps", wrong)
        assert state(page)["num_steps"] == 37
        expect(page.get_by_label("number of steps", exact=True)).to_have_accessible_description(
            "number of steps must be a whole number from 1 to 2000."
        )
    enter(page, "number of steps", "2000")
    page.wait_for_function(
        "document.querySelector('.kl-sentence').textContent.includes('at step 2000')"
    )
    check_numbers(page)
    press(page, "Step")
    expect(page.get_by_role("status")).to_contain_text("stops at 2000")


def test_rate_by_slider_and_typed(open_figures):
    page = open_figures(FitFigure())
    enter(page, "rate, typed", "0,02")
    assert state(page)["rate"] == 0.02
    check_numbers(page)
    rate = page.get_by_label("rate", exact=True)
    assert rate.get_attribute("aria-valuetext") == "0.02"
    seen = [0.02]
    for _ in range(60):
        rate.press("ArrowRight")
        if state(page)["rate"] == seen[-1]:
            break
        seen.append(state(page)["rate"])
    assert seen[-1] == 2 and len(seen) > 30 and np.all(np.diff(seen) > 0)
    rate.press("Home")
    assert state(page)["rate"] == 0.0001
    rate.press("ArrowRight")
    assert state(page)["rate"] > 0.0001
    check_numbers(page)
    enter(page, "rate, typed", "3")
    expect(page.get_by_label("rate, typed", exact=True)).to_have_accessible_description(
        "rate, typed must be a number from 0.0001 to 2."
    )


def test_divergence_is_said_and_drawn(open_figures):
    page = open_figures(FitFigure(scale_q=(0.02, 0.02)))
    select(page, optimiser="gradient descent")
    enter(page, "rate, typed", "2")
    reverse, forward = (as_python(page).run(direction) for direction in ARROWS)
    assert reverse.diverged and 100 < reverse.loss.size < 200 and forward.diverged
    assert f"diverged at step {reverse.loss.size}: the divergence is no" in sentence(page)
    step = forward.loss.size
    assert f"Forward: at step {step - 1}, its last, KL(p‖q)" in sentence(
        page
    ) and f"diverged at step {step}: the divergence is no longer finite" in sentence(page)
    assert page.locator(".kl-end.kl-forward").is_visible()
    fates = [f"diverged at step {run.loss.size}" for run in (reverse, forward)]
    assert page.locator(".kl-warning").all_text_contents() == fates
    shown = page.get_by_label("step shown", exact=True).first
    last = reverse.loss.size - 1  # that of the longer fit
    expect(shown).to_have_attribute("aria-valuetext", f"{last} of {last}")
    assert f"Reverse: at step {last}, KL(q‖p)" in sentence(page)
    select(page, direction="forward")
    expect(shown).to_have_attribute("aria-valuetext", f"{step - 1} of {step - 1}")
    assert f"Forward: at step {step - 1}, KL(p‖q)" in sentence(page)
    press(page, "Fit")
    assert page.get_by_role("status").inner_text().endswith(f"{step - 1} steps, diverged.")
    press(page, "Step")
    expect(page.get_by_role("status")).to_have_text(
        "The fit has diverged: there is no further step."
    )
    assert state(page)["taken"] == 200
    select(page, optimiser="Adam")
    expect(page.locator(".kl-end.kl-forward")).to_be_hidden()
    assert page.locator(".kl-warning").all_text_contents()[1] == ""
    expect(shown).to_have_attribute("aria-valuetext", "200 of 200")


@pytest.mark.parametrize("optimiser", ["gradient descent", "Adam", "natural gradient"])
def test_what_oscillates_is_not_said_to_be_near(open_figures, optimiser):
    page = open_figures(FitFigure(optimiser=optimiser, bijector="Softplus"))
    for rate in ("1", "1.5", "2"):
        enter(page, "rate, typed", rate)
        figure = as_python(page)
        assert figure.rate == float(rate)
        for direction in ARROWS:
            run = figure.run(direction)
            assert course(run, figure.floor, 200) in sentence(page)
        assert "converged" not in page.locator(".kl-figure").inner_text()


def test_earlier_runs_for_comparison(open_figures):
    page = open_figures(FitFigure())
    legend = page.locator(".kl-legend li")
    select(page, optimiser="gradient descent")
    expect(legend).to_have_text(["Adam, rate 0.1, diagonal, Exp, from (−3, 0), 200 steps"])
    assert page.locator(GHOSTS).count() == 4  # two paths of the mean, two losses
    press(page, "Fit")
    expect(page.get_by_role("status")).to_contain_text("Run 2 is kept: gradient descent, rate 0.1")
    enter(page, "rate, typed", "0.3")
    expect(legend).to_have_count(2)
    press(page, "Fit")
    select(page, optimiser="natural gradient")
    press(page, "Fit")
    expect(legend).to_have_count(3)
    select(page, family="full")
    expect(legend).to_have_count(3)
    assert [item.get_attribute("value") for item in legend.all()] == ["2", "3", "4"]
    assert page.locator(GHOSTS).count() == 12
    assert "ghost" not in json.dumps(state(page))
    check_numbers(page)
    press(page, "Forget runs")
    expect(legend).to_have_count(0)
    assert page.locator(GHOSTS).count() == 0
    check_numbers(page)


def test_an_earlier_run_stays_what_it_was(open_figures):
    page = open_figures(FitFigure())
    select(page, optimiser="gradient descent")
    before = page.locator(GHOSTS).evaluate_all("(all) => all.map((one) => one.attributes.d.value)")
    page.get_by_role("slider", name=HANDLE.format("reverse")).press("ArrowRight")
    enter(page, "rate, typed", "0.2")
    after = page.locator(GHOSTS).evaluate_all("(all) => all.map((one) => one.attributes.d.value)")
    assert before == after


@pytest.mark.parametrize("direction", ARROWS)
def test_dragging_the_start_fits_anew(open_figures, drag, direction):
    page = open_figures(FitFigure(), viewport={"width": 760, "height": 1300})
    pixels = page.evaluate("document.querySelector('.kl-data').getScreenCTM().a")
    drag(page, HANDLE.format(direction), 2 * pixels, -1 * pixels)
    assert np.allclose(state(page)["loc_q"], [-1, 1], atol=2e-3)
    check_numbers(page)
    drag(page, f"Axis 1 of the start of q, {direction} panel", 30, 0)
    assert state(page)["scale_q"][0] > 1 and state(page)["scale_q"][1] == 0.8
    check_numbers(page)


def test_dragging_before_a_step_moves_the_start_alone(open_figures, drag):
    page = open_figures(FitFigure(taken=0))
    drag(page, HANDLE.format("reverse"), 20, 20)
    assert "no step was taken yet" in sentence(page)
    check_numbers(page)


def test_target_is_dragged_on_request(open_figures, drag):
    page = open_figures(FitFigure())
    grip = page.get_by_role("slider", name="Mean of p, forward panel")
    expect(grip).to_be_hidden()
    page.get_by_label("Handles of p, too").check()
    drag(page, "Mean of p, forward panel", 30, 0)
    assert state(page)["loc_p"][0] > 0.3
    drag(page, "Axis 1 of p, reverse panel", -20, -20)
    assert state(page)["correlation_p"] != 0.8
    check_numbers(page)


def test_handles_stop_and_say_why(open_figures, drag):
    page = open_figures(FitFigure())
    drag(page, HANDLE.format("forward"), -200, 0)
    assert state(page)["loc_q"][0] == -4
    expect(page.get_by_role("status")).to_have_text("mean of the start of q stops at −4.")


def test_one_direction_alone(open_figures):
    page = open_figures(FitFigure())
    select(page, direction="forward")
    check_numbers(page)
    expect(page.get_by_role("slider", name=HANDLE.format("reverse"))).to_be_hidden()
    expect(page.get_by_role("slider", name=HANDLE.format("forward"))).to_be_visible()


def test_everything_by_keyboard(open_figures):
    page = open_figures(FitFigure())
    page.locator("h1").evaluate("(node) => { node.tabIndex = -1; node.focus(); }")
    names = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(document.activeElement.ariaLabel || document.activeElement.labels?.[0]?.textContent"
            " || document.activeElement.textContent).trim()"
        )
        if name in names:
            break
        names.append(name)
        if name == HANDLE.format("forward"):
            page.keyboard.press("Shift+ArrowUp")
            page.keyboard.press("ArrowRight")
        if name == "Axis 2 of the start of q, reverse panel":
            page.keyboard.press("Shift+ArrowUp")
        if name == "step shown":
            page.keyboard.press("ArrowLeft")
        if name == "optimiser":
            page.keyboard.press("n")  # natural gradient
        if name == "Logarithmic axis: gap = loss − floor":
            page.keyboard.press("Space")
        if name == "Step":
            page.keyboard.press("Enter")
    wanted = {"Fit", "Step", "Back to the start", "rate", "rate, typed", "number of steps"}
    wanted |= {"direction", "family of q", "bijector of the scale", "Handles of p, too"}
    wanted |= {"Forget runs", "Reset", "Copy link", "Type numbers"}
    assert wanted <= set(names)
    values = state(page)
    assert np.allclose(values["loc_q"], [-2.95, 0.5])
    assert np.allclose(values["scale_q"], [0.8, 1.0])
    assert (values["step"], values["taken"]) == (200, 201)
    assert values["optimiser"] == "natural gradient" and values["log_axis"]
    check_numbers(page)


def test_reset(open_figures, drag):
    page = open_figures(FitFigure(rate=0.2))
    first = state(page)
    drag(page, HANDLE.format("reverse"), 20, -20)
    select(page, family="full", optimiser="gradient descent", direction="reverse")
    press(page, "Fit")
    press(page, "Reset")
    assert state(page) == first
    assert page.locator(GHOSTS).count() == 0
    check_numbers(page)


def test_link_to_a_state(open_figures):
    page = open_figures(FitFigure(), FitFigure())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("optimiser").nth(1).select_option("gradient descent")
    page.evaluate("document.querySelectorAll('kl-live')[1].figure.state.set({ step: 12 })")
    page.get_by_role("button", name="Copy link").nth(1).click()
    expect(page.get_by_role("status").nth(1)).to_have_text("The link to this state was copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#fig-1&state=" in link
    other = open_figures(FitFigure(), FitFigure(), hash=link[link.index("#") :])
    assert state(other, 1) == state(page, 1) and state(other, 0) == state(page, 0)
    expect(other.locator(".kl-sentence").nth(1)).to_have_text(
        page.locator(".kl-sentence").nth(1).inner_text()
    )
    assert other.locator(GHOSTS).count() == 0


HOSTILE = [
    "{",
    '{"rate": 3}',
    '{"rate": 1e999}',
    '{"rate": "0.1"}',
    '{"step": 1.5}',
    '{"step": -1}',
    '{"taken": 100000000}',
    '{"optimiser": "<img src=x onerror=alert(1)>"}',
    '{"__proto__": {"rate": 1}}',
    '{"correlation_q": 0.5}',
    '{"log_axis": 1}',
]


def test_bad_link_gives_the_default_and_a_note(open_figures, follow_link):
    page = open_figures(FitFigure(rate=0.2), hash=f"#state={quote(HOSTILE[0])}")
    expect(page.get_by_role("status")).to_contain_text("The state in the link was not used: ")
    for text in HOSTILE:
        if text != HOSTILE[0]:
            assert "The state in the link was not used: " in follow_link(page, text)
        assert state(page)["rate"] == 0.2 and state(page)["step"] == 200
        assert page.locator(".kl-figure img").count() == 0
        check_numbers(page)


def test_step_beyond_the_record_shows_its_last(open_figures):
    page = open_figures(FitFigure(taken=50))
    assert "at step 50," in sentence(page)
    check_numbers(page)


def test_nothing_runs_after_the_end(open_figures):
    page = open_figures(FitFigure())
    counts = page.evaluate(
        """async () => {
          const { figure, end } = document.querySelector("kl-live");
          figure.state.set({ rate: 0.0123, taken: 2000 });
          end();
          const last = () => figure.sentence.textContent;
          const before = last();
          await new Promise((done) => setTimeout(done, 200));
          return [before, last()];
        }"""
    )
    assert counts[0] == counts[1]


def test_python_checks_the_same_ranges():
    with pytest.raises(ValueError, match=r"rate must be a number from 0\.0001 to 2; got 3"):
        FitFigure(rate=3)
    with pytest.raises(ValueError, match="num_steps must be a whole number from 1 to 2000"):
        FitFigure(num_steps=0)
    with pytest.raises(ValueError, match="correlation_q must be 0 for a q that is diagonal"):
        FitFigure(correlation_q=0.5)
    with pytest.raises(TypeError, match="FitFigure has no learning_rate"):
        FitFigure(learning_rate=1)
    with pytest.raises(ValueError, match="direction"):
        FitFigure().run("both")


def test_distributions_in_python():
    figure = FitFigure(family="full", correlation_q=0.3, optimiser="natural gradient", rate=0.5)
    for direction in ARROWS:
        assert np.allclose(figure.q(direction).covariance(), figure.p.covariance(), rtol=1e-3)
    figure.step = 0
    assert np.allclose(figure.q("reverse").covariance(), figure.trainable_q().covariance())


@pytest.mark.parametrize("direction", ["both", "forward"])
def test_still_shows_the_ends(direction):
    figure = FitFigure(direction=direction)
    axes = figure.still().axes
    assert len(axes) == (3 if direction == "both" else 2)
    run = figure.run("forward")
    assert any(np.array_equal(line.get_ydata(), run.loss) for line in axes[-1].lines)
    assert any(np.allclose(line.get_xydata()[-1], run.loc[-1]) for line in axes[-2].lines)
