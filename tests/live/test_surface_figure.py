"""The surface under the path: its numbers, its curves, and all that a reader does to it."""

import json
import re
from decimal import Decimal, localcontext
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

from klhelpers import kl_gaussian, minimize_kl, trainable_diag_gaussian
from klhelpers.live import SurfaceFigure
from klhelpers.live.assets import figure_rules, joined
from klhelpers.live.line import line_divergence
from klhelpers.quiet_tensorflow import tfp

DIRECTIONS = ("reverse", "forward")
ARROWS = dict(zip(DIRECTIONS, ("KL(q‖p)", "KL(p‖q)"), strict=True))
LEVELS = (0.02, 0.1, 0.3, 0.7, 1.5, 3, 6, 12, 25, 50, 100, 200)
DEFAULT = {"sigma": 1, "start": [3, -1], "optimiser": "Adam", "rate": 0.1, "steps": 300}


def exact(direction, sigma, mean, log_scale):
    """The divergence by the reference; `mean` and `log_scale` are arrays of one shape."""
    mean, log_scale = np.atleast_1d(mean), np.atleast_1d(log_scale)
    p = np.zeros(1), np.array([[sigma]])
    q = mean[:, np.newaxis], np.exp(log_scale)[:, np.newaxis, np.newaxis]
    return kl_gaussian(*p, *q) if direction == "forward" else kl_gaussian(*q, *p)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("surface") / "page.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KLHELPERS_STATIC", "1")
        markup = SurfaceFigure().html
    path.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Surface</title>'
        f'<meta name="viewport" content="width=device-width"><body><main>'
        f'<figure id="fig-one" style="margin: 0">{markup}</figure></main></body></html>',
        encoding="utf-8",
    )
    return path.as_uri()


@pytest.fixture
def show(new_page, address):
    """Open the page with a state, in a context with some options."""

    def open_figure(state=None, **options):
        page = new_page(**options)
        text = "" if state is None else f"#state={quote(json.dumps(state))}"
        page.goto(address + text)
        page.wait_for_selector("kl-live[data-ready]")
        return page

    return open_figure


@pytest.fixture
def run(new_page):
    """Call a function of the module ``line`` in the browser, once or with each last argument."""
    page = new_page()

    def call(name, *args, each=None):
        result = f"{name}(...args)" if each is None else f"each.map((x) => {name}(...args, x))"
        script = f"([args, each]) => {{ {joined('line')}\nreturn {result}; }}"
        return page.evaluate(script, [args, each])

    return call


def sentence(page):
    return page.inner_text(".kl-sentence")


def readings(page):
    """What stands under the panels: the step, the divergence, mean, log scale, of each."""
    pattern = r"Step (\d+): KL\(.‖.\) = (\S+) nats at mean (\S+), log scale (\S+?)[.;]?(?: |$)"
    texts = page.locator(".kl-reading").all_inner_texts()
    return [
        [float(one) for one in re.match(pattern, text.replace("−", "-")).groups()] for text in texts
    ]


def start_of(page, panel=0):
    text = page.locator(".kl-handle").nth(panel).get_attribute("aria-valuetext")
    return [float(one) for one in re.findall(r"-?[\d.]+", text)]


def points(d):
    """The points of a path in data units, with the axis upwards."""
    found = np.array(re.findall(r"[ML]?(-?[\d.e+-]+) (-?[\d.e+-]+)", d), float)
    return found * [1, -1]


def control(page, label, role="slider"):
    return page.get_by_role(role, name=label, exact=True)


# The fit


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(
    ("sigma", "start", "rate"), [(1.0, [3.0, -1.0], 0.1), (0.5, [-2.0, 1.0], 0.02)]
)
def test_adam_is_that_of_minimize_kl_at_every_step(run, direction, sigma, start, rate):
    settings = {"sigma": sigma, "start": start, "rate": rate, "direction": direction}
    fit = run("lineFit", DEFAULT | settings | {"restart": -1})
    p = tfp.distributions.MultivariateNormalTriL(np.zeros(1), sigma * np.eye(1))
    q = trainable_diag_gaussian(np.array(start[:1]), np.exp(start[1:]))
    expected = minimize_kl(q, p, direction=direction, num_steps=300, learning_rate=rate)
    x = np.array(fit["x"])
    assert x.shape == (301, 2)
    np.testing.assert_allclose(x[:, 0], expected.loc[:, 0], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(np.exp(x[:, 1]), expected.scale_tril[:, 0, 0], rtol=1e-9)
    np.testing.assert_allclose(fit["loss"], exact(direction, sigma, *x.T), rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_the_divergence_near_the_optimum_and_far_from_it(run, direction):
    """Against 50 digits: the variable is λ, and exp(λ), with which NumPy starts, is rounded."""
    random, sign = np.random.default_rng(8), -1 if direction == "forward" else 1
    t = random.choice([-1, 1], 60) * 10.0 ** random.uniform(-6, 1, 60)
    found = run("lineDivergence", direction, 1, each=np.column_stack([t / 3, t]).tolist())
    with localcontext(prec=50):
        for value, m, lam in zip(found, (t / 3).tolist(), t.tolist(), strict=True):
            m, lam = Decimal(m), Decimal(lam)
            z = m * (-lam).exp() if direction == "forward" else m
            true = ((2 * sign * lam).exp() - 1) / 2 - sign * lam + z * z / 2
            assert abs(Decimal(value) / true - 1) < Decimal("1e-12")
    for sigma in (0.3, 2.5):
        x = np.column_stack([t / 3, t / 5 + np.log(sigma)])
        found = run("lineDivergence", direction, sigma, each=x.tolist())
        np.testing.assert_allclose(found, exact(direction, sigma, *x.T), rtol=1e-8, atol=1e-15)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_the_gradient_is_that_of_finite_differences(run, direction):
    for sigma, x in [(1.0, [3.0, -1.0]), (0.4, [-1.0, 0.5]), (2.5, [0.2, -0.8])]:
        h = 1e-5
        near = np.array(x) + h * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
        high = exact(direction, sigma, *near.T)
        expected = [(high[0] - high[1]) / (2 * h), (high[2] - high[3]) / (2 * h)]
        np.testing.assert_allclose(run("lineGradient", direction, sigma, x), expected, rtol=1e-6)


def test_a_natural_gradient_of_the_forward_divergence_moves_the_mean_by_a_constant_factor(run):
    settings = {"optimiser": "natural gradient", "direction": "forward", "restart": -1}
    x = np.array(run("lineFit", DEFAULT | settings)["x"])
    np.testing.assert_allclose(x[:, 0], 3 * 0.9 ** np.arange(301), rtol=1e-9)


@pytest.mark.parametrize("optimiser", ["gradient descent", "Adam", "natural gradient"])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_python_and_the_browser_take_the_same_path(run, optimiser, direction):
    figure = SurfaceFigure(optimiser=optimiser, restart=60, scale_p=0.7, rate=0.05)
    settings = {"optimiser": optimiser, "direction": direction, "sigma": 0.7, "rate": 0.05}
    fit = run("lineFit", DEFAULT | settings | {"restart": 60})
    np.testing.assert_allclose(figure.path(direction), fit["x"], rtol=1e-9, atol=1e-9)


# What is drawn


@pytest.mark.parametrize("sigma", [0.3, 1.0, 2.5])
def test_contours_have_the_divergence_that_they_stand_for(show, sigma):
    page = show({"scale_p": sigma})
    for panel, direction in enumerate(DIRECTIONS):
        curves = page.locator("svg.kl-data").nth(panel).locator(".kl-contour")
        paths = curves.evaluate_all("all => all.map((one) => one.getAttribute('d'))")
        assert len(paths) == len(LEVELS)
        drawn = 0
        for level, d in zip(LEVELS, paths, strict=True):
            if not d:
                continue
            drawn += 1
            m, lam = points(d).T
            # Six digits are written: what rounding can change is the slope times half a unit.
            slope_m = (
                np.abs(m) / np.exp(2 * lam) if direction == "forward" else np.abs(m) / sigma**2
            )
            t = lam - np.log(sigma)
            slope = np.abs(
                np.expm1(-2 * t if direction == "forward" else 2 * t)
            ) + slope_m * np.abs(m)
            rounding = 1e-5 * (slope_m * np.abs(m) + slope * np.abs(lam))
            error = np.abs(exact(direction, sigma, m, lam) - level)
            assert np.all(error <= 1e-6 * level + rounding + 1e-9), (direction, level, error.max())
            assert error.max() <= 1e-3 * level
            assert d.endswith("z")
            if np.all(np.abs(lam) < 2.1):  # a curve that lies in the picture is closed at its tips
                assert np.abs(m).min() < 1e-3 and m.min() == pytest.approx(-m.max())
        assert drawn >= 7


def test_contours_between_their_points(show):
    page = show()
    for panel, direction in enumerate(DIRECTIONS):
        curves = page.locator("svg.kl-data").nth(panel).locator(".kl-contour")
        paths = curves.evaluate_all("all => all.map((one) => one.getAttribute('d'))")
        for level, d in zip(LEVELS, paths, strict=True):
            x = points(d)
            middle = (x[1:] + x[:-1]) / 2
            seen = (np.abs(middle[:, 0]) < 4) & (np.abs(middle[:, 1]) < 2)
            found = exact(direction, 1.0, *middle[seen].T)
            np.testing.assert_allclose(found, level, rtol=0.01)


@pytest.mark.parametrize("sigma", [0.3, 1.0, 2.5])
def test_shaded_is_where_the_hessian_is_indefinite(show, sigma):
    page = show({"scale_p": sigma})
    shaded = page.locator(".kl-shade").evaluate_all(
        """(all, sigma) => all.map((one) => [-3.9, -1.01 * sigma, -0.99 * sigma, 0, 0.99 * sigma,
          1.01 * sigma, 3.9].map((x) => [-1.9, 1.9].map(
            (y) => one.isPointInFill(new DOMPoint(x, y)))))""",
        sigma,
    )
    assert np.array(shaded[0]).any() == np.False_  # KL(q‖p) is convex
    assert np.array(shaded[1])[:, 0].tolist() == [True, True, False, False, False, True, True]
    assert np.array(shaded[1])[:, 1].tolist() == [True, True, False, False, False, True, True]

    def determinant(m, lam, h=1e-4):
        shift = h * np.array([-1, 0, 1])
        M, L = np.meshgrid(m + shift, lam + shift, indexing="ij")
        around = exact("forward", sigma, M.ravel(), L.ravel()).reshape(3, 3)
        mm = around[2, 1] - 2 * around[1, 1] + around[0, 1]
        ll = around[1, 2] - 2 * around[1, 1] + around[1, 0]
        ml = (around[2, 2] - around[2, 0] - around[0, 2] + around[0, 0]) / 4
        return mm * ll - ml**2

    for lam in (-0.5, 0.5):
        assert determinant(0.9 * sigma, lam) > 0 > determinant(1.1 * sigma, lam)


def test_the_path_that_is_drawn(show):
    page = show()
    for panel, direction in enumerate(DIRECTIONS):
        line = page.locator("svg.kl-data").nth(panel).locator(".kl-line")
        drawn = points(line.get_attribute("d"))
        np.testing.assert_allclose(drawn, SurfaceFigure().path(direction), rtol=1e-5, atol=1e-12)


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"step": 0},
        {"start": [-2.5, 1.5], "scale_p": 0.6, "step": 17},
        {"optimiser": "gradient descent", "rate": 0.05, "step": 9, "start": [1.5, 0.3]},
        {"optimiser": "natural gradient", "step": 31, "scale_p": 2.5},
        {"restart": 60, "step": 100},
    ],
    ids=str,
)
def test_numbers_shown(show, state):
    page = show(state)
    figure = SurfaceFigure(**state)
    for direction, (step, value, mean, log_scale) in zip(DIRECTIONS, readings(page), strict=True):
        x = figure.path(direction)[figure.step]
        expected = exact(direction, figure.scale_p, *x)[0]
        assert step == figure.step
        assert value == pytest.approx(expected, abs=5.001e-5)
        assert (mean, log_scale) == pytest.approx(x, abs=5.001e-3)


# What is said


def test_untouched_the_mean_settles_at_steps_73_and_203(show):
    page = show()
    assert "on KL(q‖p) the mean of q stays within 0.05 of that of p from step 73 on" in sentence(
        page
    )
    assert "on KL(p‖q) the mean of q stays within 0.05 of that of p from step 203 on" in sentence(
        page
    )
    assert 203 - 60 == 143  # as in the chapter: Adam, continued from step 60
    assert "It starts where KL(p‖q) is not convex." in sentence(page)


def test_a_restart_at_step_60_needs_46_more_steps(show):
    page = show()
    control(page, "Restart Adam at step 60", "checkbox").check()
    assert "from step 106 on (46 steps after the restart)" in sentence(page)
    control(page, "step shown").focus()
    page.keyboard.press("Home")
    assert control(
        page, "Restart Adam at step 60", "checkbox"
    ).is_checked()  # it stays where it was set
    control(page, "Restart Adam at step 60", "checkbox").uncheck()
    assert "from step 203 on" in sentence(page)
    assert control(page, "Restart Adam at step 0", "checkbox").is_enabled()


@pytest.mark.parametrize(
    ("optimiser", "steps"), [("gradient descent", (39, 94)), ("natural gradient", (60, 39))]
)
def test_another_optimiser(show, optimiser, steps):
    page = show()
    control(page, "optimiser", "combobox").select_option(optimiser)
    for direction, step in zip(DIRECTIONS, steps, strict=True):
        mean = np.abs(SurfaceFigure(optimiser=optimiser).path(direction)[:, 0])
        assert step == 1 + np.flatnonzero(mean > 0.05).max()
        said = f"on {ARROWS[direction]} the mean of q stays within 0.05 of that of p"
        assert f"{said} from step {step} on" in sentence(page)
    assert page.get_by_role("checkbox").is_disabled()


def test_too_few_steps_are_said(show):
    page = show({"steps": 100})
    assert (
        "on KL(p‖q) the mean of q does not come to stay within 0.05 of that of p in 100 steps"
        in sentence(page)
    )
    assert "from step 73 on" in sentence(page)


def test_diverging_is_shown_and_said(show):
    state = {"optimiser": "gradient descent", "rate": 2, "start": [1, 1.5], "scale_p": 0.5}
    page = show(state | {"step": 300})
    last = len(SurfaceFigure(**state).path("reverse")) - 1
    assert 1 < last < 300
    assert f"on KL(q‖p) it diverges after step {last}" in sentence(page)
    assert page.locator(".kl-warning").all_text_contents()[0] == f"diverges after step {last}"
    assert page.locator(".kl-reading").first.inner_text().endswith("; the next step diverges.")
    assert not page.locator(".kl-dot").first.is_visible()


def test_leaving_the_picture_is_shown(show):
    page = show({"optimiser": "gradient descent", "step": 1})
    warnings = page.locator(".kl-warning").all_text_contents()
    assert warnings == ["", "leaves the picture at step 1"]
    assert "(outside the picture)" in page.locator(".kl-reading").nth(1).inner_text()
    assert [page.locator(".kl-dot").nth(i).is_visible() for i in (0, 1)] == [True, False]


# What the reader does


@pytest.mark.parametrize("panel", [0, 1])
@pytest.mark.parametrize("width", [1000, 390])
def test_dragging_the_start_moves_both_paths(show, panel, width):
    page = show(viewport={"width": width, "height": 1600})
    box = page.locator(".kl-handle").nth(panel).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    frame = page.locator(".kl-axes rect").nth(panel).bounding_box()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - frame["width"] / 4, y - frame["height"] / 4, steps=5)
    while_dragging = page.locator("svg.kl-data .kl-line").evaluate_all(
        "all => all.map((one) => one.getAttribute('d'))"
    )
    page.mouse.up()
    found = start_of(page, 1 - panel)
    assert found == pytest.approx([1, 0], abs=0.03)
    for d in while_dragging:
        assert points(d)[0] == pytest.approx(found, abs=0.006)


def test_a_start_cannot_leave_the_picture(show):
    page = show(viewport={"width": 1000, "height": 1000})
    box = page.locator(".kl-handle").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 30, box["y"] + 500, steps=3)
    assert start_of(page)[1] == -2
    assert page.inner_text(".kl-note") == "The log scale of the start stops at −2."
    page.mouse.move(box["x"] + 900, box["y"], steps=3)
    assert start_of(page)[0] == 4
    assert page.inner_text(".kl-note") == "start of q (mean, log scale) stops at 4."


def test_the_keyboard_alone(show):
    page = show()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "slider"
    for key in ("ArrowLeft", "Shift+ArrowLeft", "ArrowUp", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert start_of(page) == start_of(page, 1) == [2.45, -1.45]
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert start_of(page) == [2.5, -1.45]
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert [one[0] for one in readings(page)] == [61, 61]
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "restarted at step 61" in sentence(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    assert sentence(page).startswith("Gradient descent at a rate of 0.1: ")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    assert sentence(page).startswith("Gradient descent at a rate of 0.089: ")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    assert readings(page)[0][0] == 1
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    assert control(page, "standard deviation of p").get_attribute("aria-valuetext") == "2.50"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert start_of(page) == [3, -1]
    assert "from step 203 on" in sentence(page)


def test_controls_have_names_and_values_with_units(show):
    page = show()
    texts = page.locator("input[type=range]").evaluate_all(
        "all => all.map((one) => [one.labels[0].textContent, one.getAttribute('aria-valuetext')])"
    )
    assert texts == [
        ["step shown", "step 60"],
        ["rate", "0.1 per step"],
        ["number of steps", "300 steps"],
        ["standard deviation of p", "1.00"],
    ]
    handles = page.locator(".kl-handle")
    assert [handles.nth(i).get_attribute("aria-label") for i in (0, 1)] == [
        f"Start, on the surface of {arrow}" for arrow in ARROWS.values()
    ]
    assert handles.first.get_attribute("aria-valuetext") == "mean 3.00, log scale -1.00"


def test_typed_numbers(show):
    page = show()
    page.get_by_text("Type numbers").click()
    control(page, "rate", "textbox").fill("0,25")
    page.keyboard.press("Enter")
    assert sentence(page).startswith("Adam at a rate of 0.25: ")
    field = control(page, "start of q (mean, log scale), 2", "textbox")
    field.fill("3")
    page.keyboard.press("Enter")
    expect(field).to_have_accessible_description(
        "start of q (mean, log scale) must have a log scale from -2 to 2."
    )
    assert start_of(page) == [3, -1]


def test_a_link_leads_back_to_the_state(show, address):
    page = show({"start": [-1.25, 0.5], "optimiser": "natural gradient"})
    control(page, "standard deviation of p").focus()
    page.keyboard.press("ArrowRight")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("location.hash.startsWith('#fig-one&state=')")
    other = show()
    other.goto(page.url)
    other.reload()
    other.wait_for_selector("kl-live[data-ready]")
    assert sentence(other) == sentence(page)
    assert readings(other) == readings(page)
    assert start_of(other) == [-1.25, 0.5]


BAD = [
    {"start": [5, 0]},
    {"start": [0, 3]},
    {"start": "<img src=x onerror=alert(1)>"},
    {"start": [1]},
    {"rate": 0},
    {"steps": 501},
    {"steps": 1.5},
    {"restart": -2},
    {"optimiser": "<b>"},
    {"scale_p": 1e999},
    {"<img src=x>": 1},
    [1],
    None,
]


def test_a_bad_state_falls_back(show, follow_link):
    page = show()
    fine = sentence(page)
    for state in BAD:
        note = follow_link(page, json.dumps(state).replace("Infinity", "1e999"))
        assert note.startswith("The state in the link was not used: ")
        assert sentence(page) == fine
        assert page.locator(".kl-figure img").count() == 0


# Python


@pytest.mark.parametrize(
    ("changes", "error", "match"),
    [
        ({"start": (0, 3)}, ValueError, "start must have a log scale from -2 to 2; got 3"),
        ({"start": (5, 0)}, ValueError, "start must be two numbers from -4 to 4"),
        ({"scale_p": 0.1}, ValueError, r"scale_p must be a number from 0.3 to 2.5; got 0\.1"),
        ({"steps": 2.5}, ValueError, "steps must be a whole number from 1 to 500"),
        ({"optimiser": "SGD"}, ValueError, "optimiser must be one of gradient descent, Adam"),
        ({"sigma": 1}, TypeError, "SurfaceFigure has no sigma; it has scale_p"),
    ],
    ids=str,
)
def test_python_refuses_the_same_values(changes, error, match):
    with pytest.raises(error, match=match):
        SurfaceFigure(**changes)
    if error is ValueError:
        figure = SurfaceFigure()
        with pytest.raises(error, match=match):
            figure.set_trait(*next(iter(changes.items())))
        assert figure.values == SurfaceFigure().values


def test_the_docstring_names_the_ranges():
    for name, rule in figure_rules()["surface"].items():
        assert name in SurfaceFigure.__doc__
        for limit in rule.get("range", ()):
            assert f"{limit:g}" in SurfaceFigure.__doc__


def test_path_refuses_an_unknown_direction():
    with pytest.raises(ValueError, match="direction must be"):
        SurfaceFigure().path("backward")


def test_the_still_makes_the_point_of_the_figure():
    still = SurfaceFigure().still()
    for ax, direction in zip(still.axes, DIRECTIONS, strict=True):
        path = SurfaceFigure().path(direction)
        value = line_divergence(direction, 1.0, *path[60])
        assert f"step 60: {value:.4f} nats" in ax.get_title()
        np.testing.assert_array_equal(ax.lines[1].get_xydata(), path)
