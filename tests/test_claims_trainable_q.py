"""Claims of the chapter *A trainable q* whose checks are too long for its page."""

import numpy as np
import pytest

from klhelpers import (
    gaussian_target,
    kl_gaussian,
    lecture_start,
    minimize_kl,
    trainable_diag_gaussian,
)
from klhelpers.optima import kl_floor, optimal_diag_gaussian
from klhelpers.quiet_tensorflow import tf, tfp

TFB, TFD = tfp.bijectors, tfp.distributions
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


def gaps_of_adam(target, loc, log_scale, *, num_steps, decays=True):
    """Gap at every step of the reverse fit at the rate 0.1; `decays`: whether squares may fade."""
    precision = np.linalg.inv(target.covariance())
    curvature = np.diag(precision)
    x, m, s, most = np.concatenate([loc, log_scale]), 0.0, 0.0, 0.0
    gaps = []
    for t in range(num_steps + 1):
        ratio = curvature * np.exp(2 * x[2:])
        gaps.append(gap_of_ratio(ratio) + x[:2] @ precision @ x[:2] / 2)
        g = np.concatenate([precision @ x[:2], ratio - 1])
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        most = s if decays else np.maximum(most, s)
        x = x - 0.1 * m / (1 - 0.9 ** (t + 1)) / (np.sqrt(most / (1 - 0.999 ** (t + 1))) + 1e-7)
    return np.array(gaps)


def test_a_converged_fit_rises_again_at_a_constant_rate(target):
    """At the rate 0.1 the gap would rise to 0.03 nats near step 3,400, fall, and rise again."""
    start = lecture_start(seed=41)
    loc, scale = (part.numpy().astype(np.float64) for part in (start.mean(), start.stddev()))
    q = trainable_diag_gaussian(loc, scale)
    fit = minimize_kl(q, target, num_steps=7000, learning_rate=0.1)
    gap = fit.loss - kl_floor(target.scale_tril, direction="reverse")
    ours = gaps_of_adam(target, loc, np.log(scale), num_steps=7000)
    for gaps in (gap, ours):
        assert np.all(gaps[400:3250] < 1e-12)
        assert abs(gaps[3250:].max() - 0.03) < 0.005
        assert abs(3250 + gaps[3250:].argmax() - 3400) < 50
        for first, last, height in [(3800, 5300, 0.016), (5300, 6300, 0.011), (6300, 7000, 0.008)]:
            assert gaps[first] < 1e-6  # it has fallen, and rises again
            assert abs(gaps[first:last].max() - height) < 0.002
    # The cause: it does not happen if the running mean of squares may not decay.
    kept = gaps_of_adam(target, loc, np.log(scale), num_steps=7000, decays=False)
    assert np.all(kept[1000:] < 1e-12)


def test_a_large_gradient_as_such_does_not_disturb_adam(target):
    """A large gradient as such does not disturb Adam; one that falls by far does."""
    expected, _ = narrow_fit(target)
    np.testing.assert_allclose(narrow_fit(target, factor=1000.0)[0], expected, rtol=1e-4)
    assert narrow_fit(target, beta_2=0.9)[0] < 1e-3  # without the long memory it converges


@pytest.mark.parametrize(("start", "stored"), [([0.0, 1.0], -np.inf), ([-0.5, 1.0], np.nan)])
def test_no_step_brings_a_scale_back_that_started_at_zero_or_below(start, stored):
    """No step can bring it back to a finite value; the loss of the start is not finite."""
    p = gaussian_target([-0.5, 1.25, 1.0])
    scale = tfp.util.TransformedVariable(start, bijector=TFB.Exp())
    q = TFD.MultivariateNormalDiag(loc=[0.0, 0.0], scale_diag=scale)
    held = scale.pretransformed_input
    assert np.array_equal(held[0], np.float32(stored), equal_nan=True)
    with tf.GradientTape() as tape:
        loss = TFD.kl_divergence(q, p)
    assert not np.isfinite(loss)
    held.assign_sub(0.01 * tape.gradient(loss, held))
    assert not np.isfinite(held[0])


def test_distributions_that_were_built_alike_are_of_one_kind():
    """Two that were built alike, from tensors of the same shapes, are of one kind."""
    p, q = gaussian_target([-0.5, 1.25, 1.0]), trainable_diag_gaussian([0.0, 0.0], [1.0, 1.0])
    divergence = tf.function(lambda q, target: TFD.kl_divergence(q, target))
    count = divergence.experimental_get_tracing_count
    tril = p.scale_tril
    divergence(q, TFD.MultivariateNormalTriL(loc=tf.zeros(2), scale_tril=tril))
    divergence(q, TFD.MultivariateNormalTriL(loc=tf.zeros(2), scale_tril=2 * tril))
    assert count() == 1
    divergence(q, TFD.MultivariateNormalTriL(loc=0.0, scale_tril=tril))
    assert count() == 2


def test_only_the_value_of_a_variable_is_read_at_every_call():
    """Only the value of a variable is read at every call."""
    outside = tf.Variable(1.0)
    times = tf.function(lambda x: x * outside)
    assert float(times(tf.constant(2.0))) == 2
    outside.assign(5.0)
    assert float(times(tf.constant(2.0))) == 10


def longest_step(t, beta_1=0.9, beta_2=0.999):
    """The longest step t that any gradients can cause, in learning rates (Cauchy-Schwarz)."""
    age = np.arange(t)
    weights = (1 - beta_1) * beta_1**age / (1 - beta_1**t)
    of_squares = (1 - beta_2) * beta_2**age / (1 - beta_2**t)
    return np.sqrt(np.sum(weights**2 / of_squares))


def test_twenty_steps_cannot_move_a_variable_much_further_than_their_rates():
    """Twenty steps at 0.001 cannot move a variable much further than 0.02, for any gradients."""
    assert longest_step(1) == pytest.approx(1)
    assert 0.02 < sum(longest_step(t) for t in range(1, 21)) * 0.001 < 0.0213


def test_of_all_densities_with_a_given_variance_the_gaussian_has_the_largest_entropy():
    """The formula {eq}`eq-largest-entropy`, for densities whose entropy is known."""
    gaussian = 0.5 * np.log(2 * np.pi * np.e)
    others = {  # with variance 1
        "uniform": np.log(np.sqrt(12)),
        "Laplace": 1 + np.log(2 / np.sqrt(2)),
        "logistic": 2 + np.log(np.sqrt(3) / np.pi),
        "exponential": 1.0,
    }
    assert max(others.values()) < gaussian
    x = np.linspace(-np.sqrt(3), np.sqrt(3), 10_001)
    log_g = -(x**2) / 2 - np.log(2 * np.pi) / 2
    divergence = np.trapezoid((np.log(1 / np.sqrt(12)) - log_g) / np.sqrt(12), x)
    assert divergence == pytest.approx(gaussian - others["uniform"], rel=1e-6)


def test_the_loss_is_convex_in_mean_and_log_scale(target, curvature):
    """The middle of every chord is above the loss, here for 1,000 chords."""
    ends = np.random.default_rng(41).normal(size=(2, 1000, 4)) * 2
    first, second, middle = (
        kl_gaussian(z[:, :2], np.exp(z[:, 2:, np.newaxis]) * np.eye(2), *of_target(target))
        for z in (*ends, ends.mean(axis=0))
    )
    assert np.all(middle < (first + second) / 2)
    precision = np.linalg.inv(target.covariance())  # with 2 Λᵢᵢ exp(2 λᵢ), the whole Hessian
    assert np.linalg.eigvalsh(precision).min() > 0 and np.all(curvature > 0)


def of_target(target):
    return np.zeros(2), target.scale_tril.numpy()
