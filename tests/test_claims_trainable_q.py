"""Claims of the chapter *A trainable q* whose checks are too long for its page."""

import numpy as np
import pytest

from klhelpers import gaussian_target, minimize_kl, trainable_diag_gaussian
from klhelpers.divergences import kl_floor, optimal_diag_gaussian
from klhelpers.quiet_tensorflow import tfp

TFB = tfp.bijectors
RATE = 0.01
MAPS = {  # scale, its derivative, and its inverse
    "Exp": (np.exp, np.exp, np.log),
    "Softplus": (
        lambda u: np.logaddexp(0, u),
        lambda u: 1 / (1 + np.exp(-u)),
        lambda s: np.log(np.expm1(s)),
    ),
    "raw": (lambda u: u, np.ones_like, lambda s: s),
}


@pytest.fixture(scope="module")
def target():
    return gaussian_target(np.array([-0.5, 1.25, 1.0]))


@pytest.fixture(scope="module")
def curvature(target):
    """Diagonal of the precision."""
    return np.diag(np.linalg.inv(target.covariance()))


def adam(gradient, x, *, beta_2=0.999, num_steps=2500):
    """Every point of a plain Adam, and the share of the first 100 steps in its mean of squares."""
    m = s = early = np.zeros_like(x)
    points = [x]
    for t in range(1, num_steps + 1):
        g = gradient(x)
        m, s = 0.9 * m + 0.1 * g, beta_2 * s + (1 - beta_2) * g**2
        early = beta_2 * early + (1 - beta_2) * g**2 * (t <= 100)
        x = x - RATE * m / (1 - 0.9**t) / (np.sqrt(s / (1 - beta_2**t)) + 1e-7)
        points.append(x)
    return np.array(points), np.max(early / s)


def gap_of_ratio(ratio):
    """KL minus floor, where `ratio` holds the variances of q over the optimal ones, or inverse."""
    return np.sum(ratio - 1 - np.log(ratio), axis=-1) / 2


def chain(name, curvature):
    """Derivative of KL(q‖p) in the unconstrained coordinate."""
    to_scale, slope, _ = MAPS[name]
    return lambda u: (curvature * to_scale(u) - 1 / to_scale(u)) * slope(u)


def steps_needed(name, curvature, beta_2):
    to_scale, _, back = MAPS[name]
    points, _ = adam(chain(name, curvature), back(np.full(2, 5.0)), beta_2=beta_2)
    return int(np.argmax(gap_of_ratio(curvature * to_scale(points) ** 2) < 1e-3))


@pytest.mark.parametrize("name", MAPS)
def test_all_three_are_slowed_down_by_the_memory_of_adam(name, target, curvature):
    """All three are slowed down by Adam's memory."""
    bijector = {"Exp": TFB.Exp(), "Softplus": TFB.Softplus(), "raw": TFB.Identity()}[name]
    q = trainable_diag_gaussian(np.zeros(2), np.full(2, 5.0), scale_bijector=bijector)
    fit = minimize_kl(q, target, num_steps=2500, learning_rate=RATE)
    floor = kl_floor(target.scale_tril, direction="reverse")
    needed = steps_needed(name, curvature, 0.999)
    assert abs(needed - np.argmax(fit.loss - floor < 1e-3)) <= 1  # the same Adam
    assert 0 < steps_needed(name, curvature, 0.9) < needed / 2  # a shorter memory helps


def test_the_raw_scale_suffers_least(target, curvature):
    """Its gradient near the optimum is the largest compared with that at the start."""
    best = optimal_diag_gaussian(np.zeros(2), target.scale_tril, direction="reverse").scale
    fall = {}
    for name, (_, slope, back) in MAPS.items():
        at_start = np.abs(chain(name, curvature)(back(np.full(2, 5.0))))
        near_optimum = 2 * curvature * slope(back(best)) ** 2  # second derivative there
        fall[name] = np.max(at_start / near_optimum)
    assert fall["raw"] < fall["Softplus"] / 5 and fall["raw"] < fall["Exp"] / 5


def narrow_fit(target, *, factor=1.0, beta_2=0.999):
    """Gap of the forward fit from the scale 0.01, and the share of the first hundred steps."""
    variances = np.diag(target.covariance())
    points, share = adam(
        lambda u: factor * (1 - variances * np.exp(-2 * u)), np.log([0.01, 0.01]), beta_2=beta_2
    )
    return gap_of_ratio(variances * np.exp(-2 * points[-1])), share


def test_after_2500_steps_most_of_the_memory_comes_from_the_first_hundred(target):
    """After 2,500 steps most of it still comes from the first hundred."""
    q = trainable_diag_gaussian(np.zeros(2), np.full(2, 0.01))
    fit = minimize_kl(q, target, direction="forward", num_steps=2500, learning_rate=RATE)
    gap, share = narrow_fit(target)
    floor = kl_floor(target.scale_tril, direction="forward")
    np.testing.assert_allclose(gap, fit.loss[-1] - floor, rtol=0.01)  # the same Adam
    assert share > 0.8
    assert gap > 10


def test_a_large_gradient_as_such_does_not_disturb_adam(target):
    """A large gradient as such does not disturb Adam; a gradient that becomes smaller does."""
    expected, _ = narrow_fit(target)
    np.testing.assert_allclose(narrow_fit(target, factor=1000.0)[0], expected, rtol=1e-4)
    assert narrow_fit(target, beta_2=0.9)[0] < 1e-3  # without the long memory it converges
