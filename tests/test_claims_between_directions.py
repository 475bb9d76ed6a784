"""Key numbers of the chapter *Between the directions*, by other methods than the page's."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq, minimize, minimize_scalar

ALPHAS = (0.1, 0.25, 0.5, 0.75, 0.9)


def bracket(v, cov, alpha):
    """ln|M| − α Σ v: the part of Rényi's divergence that depends on q's variances exp(v)."""
    mixed = alpha * np.diag(np.exp(v)) + (1 - alpha) * cov
    return np.linalg.slogdet(mixed)[1] - alpha * np.sum(v)


def best_variances(cov, alpha):
    """A general optimiser, which knows nothing of the equation of the optimum."""
    start = np.log(np.diag(cov)) - 0.1
    return np.exp(minimize(bracket, start, (cov, alpha), options={"gtol": 1e-9}).x)


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("rho", [-0.95, 0.3, 0.8])
def test_ratio_in_the_plane_is_also_that_of_the_other_form(rho, alpha):
    """t = 1 − (1 − w)/(2α) is 1/τ, the root of the equation for the precisions."""
    c, rest = 1 / (1 - rho**2), 1 - 2 * alpha
    tau = (rest * c + np.sqrt((rest * c) ** 2 + 4 * alpha * (1 - alpha) * c)) / (2 * (1 - alpha))
    w = np.sqrt(1 - 4 * alpha * (1 - alpha) * rho**2)
    assert 1 - (1 - w) / (2 * alpha) == pytest.approx(1 / tau, rel=1e-9)
    cov = np.array([[4, 0.6 * rho], [0.6 * rho, 0.09]])
    np.testing.assert_allclose(best_variances(cov, alpha) / [4, 0.09], 1 / tau, rtol=1e-4)


@pytest.mark.parametrize(
    ("d", "rho", "expected"), [(3, 0.5, 0.538), (3, 0.9, 0.584), (10, 0.9, 0.740)]
)
def test_order_that_matches_the_determinant(d, rho, expected):
    """With equal correlations q is a multiple of I, whose one variance solves one equation."""
    log_det = np.log(1 + (d - 1) * rho) + (d - 1) * np.log(1 - rho)
    t = np.exp(log_det / d)

    def equation(alpha):
        a, b = alpha * t + (1 - alpha) * (1 - rho), (1 - alpha) * rho
        return (1 - b / (a + d * b)) * t / a - 1  # t (M⁻¹)₁₁ − 1

    found = brentq(equation, 1e-9, 1 - 1e-9)
    assert found == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize("alpha", ALPHAS)
def test_variances_grow_where_one_component_is_hardly_correlated(alpha):
    cov = np.array([[1, 0.9, 1e-3], [0.9, 1, 0], [1e-3, 0, 1]])
    below, above = (best_variances(cov, alpha + change) for change in (-0.02, 0.02))
    assert np.all(above[:2] > below[:2]) and above[2] > below[2] - 1e-6


def divergence(mean, log_scale, alpha, m):
    """D_α(p‖q)/α of the mixture, by adaptive quadrature."""

    def integrand(x):  # with math and without arrays: a quadrature calls it thousands of times
        log_cosh = abs(m * x) + math.log1p(math.exp(-2 * abs(m * x))) - math.log(2)
        log_p = log_cosh - (x * x + m * m) / 2  # both components together
        log_q = -(((x - mean) / math.exp(log_scale)) ** 2) / 2 - log_scale
        return math.exp(alpha * log_p + (1 - alpha) * log_q) / math.sqrt(2 * math.pi)

    value = quad(integrand, -40, 40, points=[-m, 0, m], limit=300, epsabs=1e-12, epsrel=1e-12)[0]
    return np.log(value) / (alpha - 1) / alpha


def lowest(start, alpha, m=3.0):
    """The minimum in which a simplex search ends: mean, log scale, value."""
    options = {"xatol": 1e-6, "fatol": 1e-10}
    found = minimize(
        lambda x: divergence(*x, alpha, m), start, method="Nelder-Mead", options=options
    )
    return *found.x, found.fun


@pytest.mark.parametrize(("alpha", "mode_is_lower"), [(0.11, True), (0.12, False)])
def test_the_modes_lose_at_0_115(alpha, mode_is_lower):
    at_mode, middle = lowest([3.0, 0.05], alpha), lowest([0.0, 1.0], alpha)
    assert abs(at_mode[0]) > 2.9 and abs(middle[0]) < 1e-3
    assert (at_mode[2] < middle[2]) == mode_is_lower


@pytest.mark.parametrize(("alpha", "exists"), [(0.464, True), (0.472, False)])
def test_the_minimum_at_a_mode_ends_at_0_468(alpha, exists):
    """The profile over the scale has an off-centre minimum only before the fold."""

    def profile(mean):
        bounds = (0.0, 0.5)
        return minimize_scalar(
            lambda lam: divergence(mean, lam, alpha, 3.0), bounds=bounds, options={"xatol": 1e-7}
        ).fun

    values = [profile(mean) for mean in np.linspace(2.78, 2.96, 13)]
    assert np.any(np.diff(values) < 0) == exists
