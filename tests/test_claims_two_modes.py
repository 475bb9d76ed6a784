"""Key numbers of the chapter *Two modes*, derived anew by other methods than the page's."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize, minimize_scalar
from scipy.stats import norm


def log_p(x, m, weight=0.5, scale_1=1.0, scale_2=1.0):
    left = np.log(weight) + norm.logpdf(x, -m, scale_1)
    return np.logaddexp(left, np.log1p(-weight) + norm.logpdf(x, m, scale_2))


def reverse_kl(at, m, **target):
    """KL(q‖p), by adaptive quadrature over q."""
    mu, sigma = at[0], np.exp(at[1])

    def integrand(z):
        x = mu + sigma * z
        return norm.pdf(z) * (norm.logpdf(x, mu, sigma) - log_p(x, m, **target))

    zero = min(max(-mu / sigma, -8), 8)
    return quad(integrand, -9, 9, points=[zero], limit=200, epsabs=1e-12, epsrel=1e-12)[0]


def sum_kl(at, m, weight=0.5, num=2001):
    """KL(q‖p) by a plain sum over a grid of x, for minimisation."""
    mu, sigma = at[0], np.exp(at[1])
    x = mu + sigma * np.linspace(-9, 9, num)
    q = norm.pdf(x, mu, sigma)
    return np.sum(q * (norm.logpdf(x, mu, sigma) - log_p(x, m, weight))) * (x[1] - x[0])


def lowest_near(start, m, weight=0.5):
    """Mean, ln scale and height of the minimum that a simplex search finds."""
    options = {"xatol": 1e-8, "fatol": 1e-13, "maxiter": 2000}
    found = minimize(sum_kl, start, (m, weight), method="Nelder-Mead", options=options)
    return *found.x, found.fun


def test_a_mode_wins_between_2_80008_and_2_80009():
    """The off-centre minima … win at m = 2.800082."""
    for m, sign in ((2.80007, 1), (2.80009, -1)):
        gap = lowest_near([m, 0.0], m)[2] - lowest_near([0.0, 0.95], m)[2]
        assert np.sign(gap) == sign and abs(gap) < 2e-5


@pytest.mark.parametrize(("m", "exists"), [(2.4120, False), (2.4125, True)])
def test_the_minima_are_born_at_2_4122(m, exists):
    """The profile over the scale has an off-centre minimum only from the fold on."""

    def profile(mu):
        return minimize_scalar(
            lambda lam: sum_kl([mu, lam], m), (0.2, 0.35), options={"xtol": 1e-9}
        ).fun

    values = np.array([profile(mu) for mu in np.linspace(2.10, 2.19, 31)])
    assert np.any(np.diff(values) < 0) == exists


@pytest.mark.parametrize("m", [0.5, 1.0, 2.0, 3.0, 5.0])
def test_the_curvature_of_the_middle_in_the_mean_is_one_over_the_variance(m):
    """Where the slope in λ is zero, the curvature in the mean is 1/σ²."""
    lam = minimize_scalar(
        lambda lam: reverse_kl([0.0, lam], m), (0.0, 1.0), options={"xtol": 1e-9}
    ).x
    h = 0.01
    around = [reverse_kl([step, lam], m) for step in (-h, 0.0, h)]
    curvature = (around[0] - 2 * around[1] + around[2]) / h**2
    np.testing.assert_allclose(curvature, np.exp(-2 * lam), rtol=1e-4)


def test_the_same_holds_for_another_smooth_density():
    """This holds for every smooth p: here a Student t with three degrees of freedom."""
    z = np.linspace(-9, 9, 4001)
    mass = norm.pdf(z) * (z[1] - z[0])

    def kl(mu, lam):
        return -lam + 2 * mass @ np.log1p((mu + np.exp(lam) * z) ** 2 / 3)  # up to a constant

    for mu in (0.0, 0.7, 2.0):
        lam = minimize_scalar(lambda lam, mu=mu: kl(mu, lam), (0, 1), options={"xtol": 1e-10}).x
        h = 1e-3
        curvature = (kl(mu - h, lam) - 2 * kl(mu, lam) + kl(mu + h, lam)) / h**2
        np.testing.assert_allclose(curvature, np.exp(-2 * lam), rtol=1e-4)


def test_a_component_costs_at_most_minus_the_log_of_its_weight():
    """KL(p_k‖p) ≤ −ln w_k for any mixture."""
    for weight in (0.01, 0.3, 0.9):
        for scale in (0.3, 1.0, 2.5):
            for m in (0.0, 1.0, 4.0):
                kl = reverse_kl([-m, np.log(scale)], m, weight=weight, scale_1=scale)
                assert kl <= -np.log(weight) + 1e-10


@pytest.mark.parametrize(("weight", "exists"), [(0.336, False), (0.346, True)])
def test_the_middle_needs_nearly_equal_weights(weight, exists):
    """The weight of the lighter one must be above a limit, about 0.341 at m = 3."""
    assert (abs(lowest_near([0.5, 0.95], 3.0, weight)[0]) < 1.5) == exists


@pytest.mark.parametrize(
    ("m", "weight", "exists"),
    [(2.6, 0.31, False), (2.6, 0.34, True), (3.0, 0.05, False), (3.0, 0.07, True)],
)
def test_the_light_mode_keeps_its_minimum(m, weight, exists):
    """The minimum at the light mode disappears at 0.32 for m = 2.6 and at 0.059 for m = 3."""
    assert (lowest_near([0.15 - m, 0.2], m, weight)[0] < 0.8 - m) == exists


def test_training_the_log_scale_turns_the_direction_of_descent():
    """The direction of steepest descent depends on the coordinates, and with it the basins."""
    mu, sigma, h = 1.0, 2.0, 1e-4

    def slope(f):
        return (f(h) - f(-h)) / (2 * h)

    by_mu = slope(lambda s: reverse_kl([mu + s, np.log(sigma)], 3.0))
    by_sigma = slope(lambda s: reverse_kl([mu, np.log(sigma + s)], 3.0))
    by_lam = slope(lambda s: reverse_kl([mu, np.log(sigma) + s], 3.0))
    in_sigma, in_lam = by_sigma / by_mu, sigma * by_lam / by_mu  # dσ/dμ along each descent
    np.testing.assert_allclose(in_lam, sigma**2 * in_sigma, rtol=1e-5)
    assert abs(in_lam / in_sigma - 1) > 1
