"""Gaussians of live figures: their factors, their outlines and the bars of their divergences."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from scipy.stats import multivariate_normal

from klhelpers.direction import ARROWS
from klhelpers.draw.styles import line_style
from klhelpers.live.gaussians import distribution, draw_bars, draw_outlines, scale_tril
from klhelpers.nats import format_nats

LOC, SCALE, CORRELATION = (1.0, -2.0), (2.0, 0.5), 0.6
COVARIANCE = np.array([[4.0, 0.6], [0.6, 0.25]])
Q = np.array([0.0, -2.5]), np.array([[1.0, 0.0], [0.0, 0.7]])


@pytest.mark.parametrize("correlation", [0.6, -0.99, 0.0])
def test_factor_is_that_of_the_covariance(correlation):
    between = correlation * SCALE[0] * SCALE[1]
    tril = scale_tril(SCALE, correlation)
    np.testing.assert_allclose(tril @ tril.T, [[4.0, between], [between, 0.25]], rtol=1e-12)
    assert tril[0, 1] == 0 and np.all(np.diag(tril) > 0)


def test_distribution_has_the_density_and_the_digits():
    p = distribution(LOC, SCALE, CORRELATION)
    x = np.array([[0.3, -1.7], [2.0, -2.0]])
    expected = multivariate_normal(LOC, COVARIANCE).logpdf(x)
    np.testing.assert_allclose(p.log_prob(x), expected, rtol=1e-12)
    assert p.dtype == np.float64


def test_outlines_lie_at_their_radii_and_go_round_once():
    ax = Figure().subplots()
    draw_outlines(ax, LOC, scale_tril(SCALE, CORRELATION), [1, 2.5], color="#0057a8", linewidth=3)
    for radius, line in zip([1, 2.5], ax.lines, strict=True):
        away = line.get_xydata() - LOC
        distances = np.einsum("ni,ij,nj->n", away, np.linalg.inv(COVARIANCE), away)
        np.testing.assert_allclose(distances, radius**2, rtol=1e-10)
        turned = np.unwrap(np.arctan2(*np.linalg.solve(scale_tril(SCALE, CORRELATION), away.T)))
        assert abs(turned[-1] - turned[0]) == pytest.approx(2 * np.pi)
        assert (line.get_color(), line.get_linewidth()) == ("#0057a8", 3)


def kl(a, b):
    """Divergence of two Gaussians by determinants."""
    inverse = np.linalg.inv(b[1])
    logs = np.linalg.slogdet(b[1])[1] - np.linalg.slogdet(a[1])[1]
    shift = b[0] - a[0]
    return 0.5 * (np.trace(inverse @ a[1]) + shift @ inverse @ shift - 2 + logs)


@pytest.mark.parametrize(
    ("family", "floor"),
    [
        ("full", 0),
        ("diagonal", -0.5 * np.log(1 - CORRELATION**2)),
        # In two dimensions it is the same in both directions: the logarithm of half the trace,
        # less half the logarithm of the determinant.
        ("isotropic", np.log(np.trace(COVARIANCE) / 2) - 0.5 * np.log(np.linalg.det(COVARIANCE))),
    ],
)
def test_bars_are_both_divergences_with_the_floors_of_the_family(family, floor):
    ax = Figure().subplots()
    draw_bars(ax, (LOC, scale_tril(SCALE, CORRELATION)), Q, family)
    p, q = (np.array(LOC), COVARIANCE), (Q[0], Q[1] @ Q[1].T)
    expected = {"reverse": kl(q, p), "forward": kl(p, q)}
    parts = zip(expected.items(), ax.patches, ax.lines, ax.texts, strict=True)
    for row, ((direction, value), bar, line, text) in enumerate(parts):
        assert bar.get_width() == pytest.approx(value, rel=1e-10)
        assert bar.get_y() + bar.get_height() / 2 == pytest.approx(row)
        assert to_hex(bar.get_facecolor()) == line_style(direction)["color"]
        x, y = line.get_data()
        np.testing.assert_allclose(x, floor, atol=1e-12)
        assert y[0] <= bar.get_y() and y[1] >= bar.get_y() + bar.get_height()  # it crosses the bar
        assert line.get_linestyle() == line_style("reference")["linestyle"]
        assert text.get_text() == f"{ARROWS[direction]} = {format_nats(value)} nats"
        left, height = text.get_position()
        assert left == 0 and row - 1 < height < bar.get_y()  # above the bar, below the last one
    assert (ax.get_xlim(), ax.get_xlabel()) == ((0, 4), "nats")
    low, high = sorted(ax.get_ylim())
    assert low < ax.texts[0].get_position()[1] and high > 1.2 and ax.yaxis_inverted()
    assert ax.get_xticks().tolist() == [0, 1, 2, 3, 4] and len(ax.get_yticks()) == 0
