"""Rényi's divergence and its optima: quadrature, limits, the formula in 2-D, an optimiser."""

import re

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.stats import norm

from klhelpers import (
    kl_gaussian,
    optimal_diag_gaussian,
    optimal_diag_gaussian_alpha,
    renyi_gaussian,
)

ALPHAS = [0.1, 0.25, 0.5, 0.75, 0.9]


def target(d, seed=0):
    rng = np.random.default_rng(seed)
    tril = np.tril(rng.normal(size=(d, d)), -1) / np.sqrt(d) + np.diag(rng.uniform(0.5, 2, d))
    return rng.normal(size=d), tril


def in_two_dimensions(rho, alpha):
    """The share of each marginal variance, from the quadratic equation of the optimum."""
    c, rest = 1 / (1 - rho**2), 1 - 2 * alpha
    root = np.sqrt((rest * c) ** 2 + 4 * alpha * (1 - alpha) * c)
    return 2 * (1 - alpha) / (rest * c + root)


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize(("loc", "scale"), [(0.0, 1.0), (1.5, 0.4), (-2.0, 3.0), (0.0, 1.2)])
def test_value_agrees_with_quadrature(loc, scale, alpha):
    a, b = norm(0.3, 1.1), norm(loc, scale)
    integral, _ = quad(
        lambda x: np.exp(alpha * a.logpdf(x) + (1 - alpha) * b.logpdf(x)),
        -40, 40, points=[0.3, loc], epsabs=1e-13,
    )  # fmt: skip
    value = renyi_gaussian([0.3], [[1.1]], [loc], [[scale]], alpha=alpha)
    assert value == pytest.approx(np.log(integral) / (alpha - 1), abs=1e-10)


@pytest.mark.parametrize("d", [1, 2, 3, 10])
@pytest.mark.parametrize("alpha", ALPHAS)
def test_value_agrees_with_determinants(d, alpha):
    a, b = target(d), target(d, seed=1)
    S_a, S_b = (tril @ tril.T for _, tril in (a, b))
    M = alpha * S_b + (1 - alpha) * S_a
    shift = a[0] - b[0]
    logs = [np.linalg.slogdet(S)[1] for S in (M, S_a, S_b)]
    expected = 0.5 * alpha * shift @ np.linalg.solve(M, shift) + 0.5 * (
        logs[0] - (1 - alpha) * logs[1] - alpha * logs[2]
    ) / (1 - alpha)
    assert renyi_gaussian(*a, *b, alpha=alpha) == pytest.approx(expected, rel=1e-10)


def test_limits_are_the_two_directions():
    p, q = target(3), target(3, seed=1)
    small = 1e-6
    assert renyi_gaussian(*p, *q, alpha=1 - small) == pytest.approx(kl_gaussian(*p, *q), rel=1e-4)
    value = renyi_gaussian(*p, *q, alpha=small) / small
    assert value == pytest.approx(kl_gaussian(*q, *p), rel=1e-4)


@pytest.mark.parametrize("alpha", ALPHAS)
def test_exchange_of_the_arguments(alpha):
    p, q = target(3), target(3, seed=1)
    one = (1 - alpha) * renyi_gaussian(*p, *q, alpha=alpha)
    assert one == pytest.approx(alpha * renyi_gaussian(*q, *p, alpha=1 - alpha), rel=1e-10)


@pytest.mark.parametrize("alpha", ALPHAS)
def test_zero_if_and_only_if_equal(alpha):
    p = target(4)
    assert 0 <= renyi_gaussian(*p, *p, alpha=alpha) < 1e-14
    assert renyi_gaussian(*p, p[0] + 0.1, p[1], alpha=alpha) > 1e-4


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("rho", [0.1, -0.5479382, 0.8, 0.99, -0.9999])
def test_formula_in_two_dimensions(rho, alpha):
    tril = np.linalg.cholesky([[4.0, 2 * rho * 0.3], [2 * rho * 0.3, 0.09]])
    scale = optimal_diag_gaussian_alpha([1, 2], tril, alpha=alpha).scale
    expected = in_two_dimensions(rho, alpha)
    np.testing.assert_allclose(scale**2 / [4, 0.09], expected, rtol=1e-8)


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("rho", [0.1, -0.5479382, 0.8, 0.99, -0.9999])
def test_an_optimiser_with_50_digits_ends_at_the_formula(rho, alpha):
    rho, alpha = mpmath.mpf(rho), mpmath.mpf(alpha)

    def divergence(*logs):
        """Rényi's divergence of p with unit variances from a diagonal q, by determinants."""
        u, v = map(mpmath.exp, logs)
        mixed = (alpha * u + 1 - alpha) * (alpha * v + 1 - alpha) - ((1 - alpha) * rho) ** 2
        p, q = 1 - rho**2, u * v
        return -mpmath.log(mixed / p ** (1 - alpha) / q**alpha) / (2 * (alpha - 1))

    with mpmath.workdps(50):
        gradient = [
            lambda *x, order=order: mpmath.diff(divergence, x, order) for order in ((1, 0), (0, 1))
        ]
        expected = in_two_dimensions(float(rho), float(alpha))
        start = np.log(expected) + np.array([0.02, -0.01])
        found = [float(mpmath.exp(x)) for x in mpmath.findroot(gradient, tuple(start))]
        lowest = divergence(*np.log(found))
        assert all(divergence(*(np.log(found) + step)) > lowest for step in 1e-3 * np.eye(2))
    np.testing.assert_allclose(found, expected, rtol=1e-8)


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("d", [2, 3, 10])
def test_a_general_optimiser_ends_there(d, alpha):
    loc, tril = target(d)
    found = minimize(
        lambda x: renyi_gaussian(loc, tril, x[:d], np.diag(np.exp(x[d:])), alpha=alpha),
        np.zeros(2 * d),
        method="BFGS",
        options={"gtol": 1e-8},
    ).x
    q = optimal_diag_gaussian_alpha(loc, tril, alpha=alpha)
    np.testing.assert_allclose(found[:d], q.loc, atol=1e-4)
    np.testing.assert_allclose(np.exp(found[d:]), q.scale, rtol=1e-4)


@pytest.mark.parametrize("alpha", [1e-9, *ALPHAS, 1 - 1e-9])
@pytest.mark.parametrize("d", [1, 2, 3, 10, 50])
def test_the_optimum_satisfies_its_equation(d, alpha):
    loc, tril = target(d)
    variances = optimal_diag_gaussian_alpha(loc, tril, alpha=alpha).scale ** 2
    M = alpha * np.diag(variances) + (1 - alpha) * tril @ tril.T
    np.testing.assert_allclose(variances * np.diag(np.linalg.inv(M)), 1, rtol=1e-6)


def test_ends_are_the_optima_of_both_directions():
    p = target(5)
    for end, inner, direction in ((0, 1e-9, "reverse"), (1, 1 - 1e-9, "forward")):
        best = optimal_diag_gaussian(*p, direction=direction).scale
        np.testing.assert_array_equal(optimal_diag_gaussian_alpha(*p, alpha=end).scale, best)
        near = optimal_diag_gaussian_alpha(*p, alpha=inner).scale
        np.testing.assert_allclose(near, best, rtol=1e-6)


@pytest.mark.parametrize("rho", [0.1, -0.6, 0.99])
def test_half_matches_the_determinant_in_two_dimensions(rho):
    tril = np.linalg.cholesky([[1.0, rho], [rho, 1.0]])
    scale = optimal_diag_gaussian_alpha([0, 0], tril, alpha=0.5).scale
    assert np.prod(scale) == pytest.approx(np.prod(np.diag(tril)), rel=1e-10)


def test_scales_grow_with_alpha_in_two_dimensions():
    _, tril = target(2)
    scales = [optimal_diag_gaussian_alpha([0, 0], tril, alpha=a).scale for a in (0, *ALPHAS, 1)]
    assert np.all(np.diff(scales, axis=0) > 0)


def test_batch_equals_single_calls():
    rng = np.random.default_rng(3)
    trils = np.tril(rng.normal(size=(2, 1, 4, 4)), -1) + 2 * np.eye(4)
    loc = rng.normal(size=(3, 4))
    q = optimal_diag_gaussian_alpha(loc, trils, alpha=0.3)
    values = renyi_gaussian(loc, trils, loc + 1, 2 * trils, alpha=0.3)
    assert (q.loc.shape, q.scale.shape, values.shape) == ((2, 3, 4), (2, 3, 4), (2, 3))
    for i, j in np.ndindex(2, 3):
        single = optimal_diag_gaussian_alpha(loc[j], trils[i, 0], alpha=0.3)
        np.testing.assert_allclose(q.scale[i, j], single.scale, rtol=1e-10)
        value = renyi_gaussian(loc[j], trils[i, 0], loc[j] + 1, 2 * trils[i, 0], alpha=0.3)
        assert values[i, j] == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize(("loc", "scale_a", "scale_b"), [
    (5.0, 1e-3, 1e3), (1.0, 1e-150, 1e150), (1.0, 1e160, 1e-140), (0.0, 1.0, 1e-200),
])  # fmt: skip
def test_scales_may_be_far_apart(loc, scale_a, scale_b, alpha):
    with mpmath.workdps(50):
        a, b, order = mpmath.mpf(scale_a), mpmath.mpf(scale_b), mpmath.mpf(alpha)
        mixed = order * b**2 + (1 - order) * a**2
        log_ratio = mpmath.log(mixed) - 2 * ((1 - order) * mpmath.log(a) + order * mpmath.log(b))
        exact = order * mpmath.mpf(loc) ** 2 / mixed / 2 + log_ratio / (2 * (1 - order))
    found = renyi_gaussian([loc], [[scale_a]], [0.0], [[scale_b]], alpha=alpha)
    assert found == pytest.approx(float(exact), rel=1e-12)


def test_a_divergence_beyond_float64_is_infinite():
    assert renyi_gaussian([1e200], [[1.0]], [0.0], [[1.0]], alpha=0.5) == np.inf


@pytest.mark.parametrize("alpha", [0, 1, -0.1, 1.5, np.nan, np.inf])
def test_orders_that_the_divergence_refuses(alpha):
    with pytest.raises(ValueError, match=r"alpha must be between 0 and 1, .*kl_gaussian"):
        renyi_gaussian([0], [[1]], [0], [[1]], alpha=alpha)


@pytest.mark.parametrize("alpha", [-0.1, 1.5, np.nan])
def test_orders_that_the_optimum_refuses(alpha):
    with pytest.raises(ValueError, match=r"alpha must be a number from 0 .* to 1"):
        optimal_diag_gaussian_alpha([0], [[1]], alpha=alpha)


@pytest.mark.parametrize("alpha", ["0.5", True, None, [0.5]])
def test_an_order_is_a_number(alpha):
    message = re.escape(f"alpha must be a real number; got {alpha!r}")
    with pytest.raises(TypeError, match=message):
        renyi_gaussian([0], [[1]], [0], [[1]], alpha=alpha)
    with pytest.raises(TypeError, match=message):
        optimal_diag_gaussian_alpha([0], [[1]], alpha=alpha)


def test_sizes_have_to_match():
    with pytest.raises(ValueError, match=r"loc_b must have as many entries as loc_a, 1; got 2"):
        renyi_gaussian([0], [[1]], [0, 0], np.eye(2), alpha=0.5)
