"""The numbers that the first explorer shows are the package's closed forms."""

import numpy as np
import pytest
from scipy import stats

from klhelpers import kl_floor, kl_gaussian, optimal_diag_gaussian
from klhelpers.explore._bivariate import BivariateGaussian, checked_gaussian
from klhelpers.explore._comparison import compare, sentence

PAIRS = {
    "apart": (BivariateGaussian((1, -2), (0.5, 2), 0.7), BivariateGaussian((0, 0), (1, 1), 0)),
    "nearly flat": (
        BivariateGaussian((0, 0), (1, 1), 0.99),
        BivariateGaussian((0.5, 0), (3, 0.1), -0.99),
    ),
    "equal": (BivariateGaussian((1, 1), (2, 0.3), -0.4), BivariateGaussian((1, 1), (2, 0.3), -0.4)),
}


@pytest.fixture(params=PAIRS)
def pair(request):
    return PAIRS[request.param]


def covariance(g):
    s1, s2 = g.scale
    return np.array([[s1**2, g.correlation * s1 * s2], [g.correlation * s1 * s2, s2**2]])


def test_scale_tril_is_the_cholesky_factor(pair):
    for g in pair:
        np.testing.assert_allclose(g.scale_tril, np.linalg.cholesky(covariance(g)), rtol=1e-12)


def test_density_is_the_gaussian_one(pair):
    points = np.random.default_rng(1).normal(size=(20, 2))
    for g in pair:
        expected = stats.multivariate_normal(g.loc, covariance(g)).pdf(points)
        np.testing.assert_allclose(g.prob(points), expected, rtol=1e-9)


def test_values_are_the_closed_forms(pair):
    p, q = pair
    reverse, forward = compare(p, q)
    assert reverse.value == kl_gaussian(q.loc, q.scale_tril, p.loc, p.scale_tril)
    assert forward.value == kl_gaussian(p.loc, p.scale_tril, q.loc, q.scale_tril)
    for found, direction in ((reverse, "reverse"), (forward, "forward")):
        assert found.direction == direction
        assert found.floor == kl_floor(p.scale_tril, direction=direction)
        best = optimal_diag_gaussian(p.loc, p.scale_tril, direction=direction)
        np.testing.assert_array_equal(found.best.scale, best.scale)


def test_gap_is_zero_at_the_optimum():
    p = BivariateGaussian((1, 0), (1.5, 0.7), 0.8)
    for place, direction in enumerate(("reverse", "forward")):
        best = optimal_diag_gaussian(p.loc, p.scale_tril, direction=direction)
        q = BivariateGaussian(tuple(best.loc), tuple(best.scale), 0.0)
        assert compare(p, q)[place].gap == pytest.approx(0, abs=1e-12)


def test_sentence_states_value_floor_and_gap():
    p = BivariateGaussian((0, 0), (1, 1), 0.6)
    _, forward = compare(p, BivariateGaussian((0, 0), (1, 1), 0))
    assert sentence(forward) == "KL(p‖q) = 0.2231 nats: floor 0.2231, gap 0.0000"
    reverse, _ = compare(p, p)  # a q with p's correlation lies below the floor of those without
    assert sentence(reverse) == "KL(q‖p) = 0.0000 nats: floor 0.2231, gap −0.2231"


@pytest.mark.parametrize(
    ("loc", "scale", "rho", "message"),
    [
        ((0, 0, 0), (1, 1), 0, "loc_p must be two numbers"),
        ((0, np.nan), (1, 1), 0, "loc_p must be finite"),
        ((0, 0), (1, 0), 0, "scale_p must be positive"),
        ((0, 0), 1, 0, "scale_p must be two numbers"),
        ((0, 0), (1, 1), 1, "correlation_p must lie between -1 and 1; got 1"),
        ((0, 0), (1, 1), np.nan, "correlation_p must lie between -1 and 1"),
    ],
)
def test_invalid_numbers_are_named(loc, scale, rho, message):
    with pytest.raises(ValueError, match=message):
        checked_gaussian("p", loc, scale, rho)


def test_words_are_no_numbers():
    with pytest.raises(TypeError, match="scale_q must hold real numbers"):
        checked_gaussian("q", (0, 0), ("wide", "narrow"), 0)
