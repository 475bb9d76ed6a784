"""The best diagonal q of an order between the directions: in the browser and by klhelpers."""

import json
from urllib.parse import quote

import numpy as np
import pytest

from klhelpers import kl_gaussian, optimal_diag_gaussian_alpha
from klhelpers.live import BetweenFigure
from klhelpers.live.assets import joined
from klhelpers.live.gaussians import scale_tril
from klhelpers.nats import format_nats

STATE = "document.querySelector('kl-live').figure.state.values"
SLIDER = "order α"


def expected_sentence(values):
    """All numbers of the figure, by klhelpers."""
    loc, tril = values["loc_p"], scale_tril(values["scale_p"], values["correlation_p"])
    q = optimal_diag_gaussian_alpha(loc, tril, alpha=values["alpha"]).scale
    ratio = (q[0] / values["scale_p"][0]) ** 2
    determinants = (np.prod(q) / np.prod(np.diag(tril))) ** 2
    reverse = kl_gaussian(loc, np.diag(q), loc, tril)
    forward = kl_gaussian(loc, tril, loc, np.diag(q))
    return (
        f"α = {values['alpha']:.2f}: each variance of q is {format_nats(ratio)} times that of p, "
        f"and the determinant {format_nats(determinants)} times. "
        f"KL(q‖p) = {format_nats(reverse)} nats, KL(p‖q) = {format_nats(forward)} nats."
    )


def check(page):
    assert page.locator(".kl-sentence").inner_text() == expected_sentence(page.evaluate(STATE))


def test_parity(browser):
    """400 states: all orders, also next to the ends; scales 1e-3 to 1e3; |ρ| to 0.999."""
    rng = np.random.default_rng(41)
    states = []
    for i in range(400):
        rho = rng.choice([-1, 1]) * (1 - 10 ** rng.uniform(-3, 0))
        alpha = [rng.uniform(), 10 ** rng.uniform(-9, -1), 1 - 10 ** rng.uniform(-9, -1), i % 3 / 2]
        tril = scale_tril(10 ** rng.uniform(-3, 3, 2), rho)
        p = {"loc": rng.normal(size=2).tolist(), "tril": tril[[0, 1, 1], [0, 0, 1]].tolist()}
        states.append({"alpha": float(alpha[i % 4]), "p": p})
    page = browser.new_page()
    code = "states => { %s; return states.map(({ alpha, p }) => optimumOfOrder(alpha, p)); }"
    found = page.evaluate(code % joined("order"), states)
    page.close()
    for state, numbers in zip(states, found, strict=True):
        a, b, c = state["p"]["tril"]
        tril, q = np.array([[a, 0], [b, c]]), numbers["q"]
        best = optimal_diag_gaussian_alpha(state["p"]["loc"], tril, alpha=state["alpha"])
        assert q["loc"] == state["p"]["loc"] and q["tril"][1] == 0
        np.testing.assert_allclose(q["tril"][::2], best.scale, rtol=1e-9)
        np.testing.assert_allclose(numbers["ratio"], (best.scale[0] / a) ** 2, rtol=1e-9)
        determinants = (np.prod(best.scale) / (a * c)) ** 2
        np.testing.assert_allclose(numbers["determinants"], determinants, rtol=1e-9)


@pytest.mark.parametrize("alpha", [0, 0.25, 0.5, 1])
def test_numbers_of_the_figure(open_figures, alpha):
    page = open_figures(BetweenFigure(alpha=alpha, scale_p=(1.2, 0.7), correlation_p=-0.55))
    check(page)
    if alpha == 0.5:
        assert "the determinant 1.0000 times" in page.locator(".kl-sentence").inner_text()


def test_the_slider_moves_q_by_keys(open_figures, handle):
    page = open_figures(BetweenFigure())
    slider = handle(page, SLIDER)
    for key, alpha in (("ArrowRight", 0.51), ("End", 1), ("Home", 0), ("ArrowRight", 0.01)):
        slider.press(key)
        assert page.evaluate(STATE)["alpha"] == pytest.approx(alpha)
        check(page)


@pytest.mark.parametrize(("name", "alpha"), [("Reverse", 0), ("α = 0.5", 0.5), ("Forward", 1)])
def test_buttons_set_the_order(open_figures, name, alpha):
    page = open_figures(BetweenFigure(alpha=0.3))
    page.get_by_role("button", name=name, exact=True).click()
    assert page.evaluate(STATE)["alpha"] == alpha
    check(page)


@pytest.mark.parametrize("name", ["Mean of p", "Axis 1 of p", "Axis 2 of p"])
def test_dragging_p_takes_q_along(open_figures, drag, name):
    page = open_figures(BetweenFigure())
    before = page.evaluate(STATE)
    drag(page, name, 30, -20)
    after = page.evaluate(STATE)
    assert after != before and after["alpha"] == before["alpha"]
    check(page)


def test_ellipses_are_nested(open_figures):
    """The drawn q lies between that of reverse and that of forward KL."""
    page = open_figures(BetweenFigure(alpha=0.3))
    width = "one => one.transform.baseVal[0].matrix.a"
    reverse, q, forward = (
        page.locator(f".kl-data > .kl-{name}").evaluate(width)
        for name in ("reverse", "q", "forward")
    )
    assert reverse < q < forward
    figure = BetweenFigure(alpha=0.3)
    np.testing.assert_allclose(q, figure.best.scale[0], rtol=1e-6)  # SVG has float32
    np.testing.assert_allclose([reverse, forward], [1.5 * 0.6, 1.5], rtol=1e-6)


def test_a_link_sets_the_state(open_figures):
    text = json.dumps({"alpha": 0.75, "correlation_p": -0.4})
    page = open_figures(BetweenFigure(), hash=f"#state={quote(text)}")
    values = page.evaluate(STATE)
    assert (values["alpha"], values["correlation_p"]) == (0.75, -0.4)
    check(page)


def test_a_link_beyond_the_range_is_refused(open_figures):
    page = open_figures(BetweenFigure(), hash=f"#state={quote(json.dumps({'alpha': 1.5}))}")
    assert "order α must be a number from 0 to 1" in page.inner_text(".kl-note")
    assert page.evaluate(STATE)["alpha"] == 0.5


def test_python_refuses_what_the_browser_refuses():
    with pytest.raises(ValueError, match=r"alpha must be a number from 0 to 1; got -0\.1"):
        BetweenFigure(alpha=-0.1)
    with pytest.raises(TypeError, match="BetweenFigure has no loc_q"):
        BetweenFigure(loc_q=(0, 0))


def test_still():
    plane, bars = BetweenFigure(alpha=0.5).still().axes
    widths = sorted(np.max(line.get_xdata()) for line in plane.lines)
    np.testing.assert_allclose(widths, [1.8, 2 * 1.5 * np.sqrt(0.6), 3, 3], rtol=1e-3)
    texts = [text.get_text() for text in bars.texts]
    assert texts == ["KL(q‖p) = 0.6667 nats", "KL(p‖q) = 0.6667 nats"]


def test_p_is_a_distribution():
    figure = BetweenFigure(loc_p=(1, 2), scale_p=(2, 1), correlation_p=0.5)
    np.testing.assert_allclose(figure.p.covariance(), [[4, 1], [1, 1]])
