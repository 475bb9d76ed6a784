"""Claims of the chapter *Move it yourself* whose checks are too long for its page."""

import numpy as np
import pytest

from klhelpers import (
    kl_floor,
    kl_gaussian,
    minimize_kl,
    optimal_diag_gaussian,
    trainable_diag_gaussian,
)
from klhelpers.live.mixtures import Mixture, descend
from klhelpers.quiet_tensorflow import tfp


def random_covariances(count, d, seed):
    factor = np.random.default_rng(seed).normal(size=(count, d, d))
    return factor @ factor.transpose(0, 2, 1) + 0.05 * np.eye(d)


def isotropic_divergences(covariance, variance):
    """KL(p‖q) and KL(q‖p) for q = N(0, variance times the identity)."""
    d = len(covariance)
    pair = np.linalg.cholesky(covariance), np.sqrt(variance) * np.eye(d)
    forward = kl_gaussian(np.zeros(d), pair[0], np.zeros(d), pair[1])
    return forward, kl_gaussian(np.zeros(d), pair[1], np.zeros(d), pair[0])


def isotropic_optima(covariance):
    """Best variances, {eq}`ex-isotropic`, and floors, {eq}`ex-isotropic-floors`."""
    d, precision = len(covariance), np.linalg.inv(covariance)
    best = np.trace(covariance) / d, d / np.trace(precision)
    floors = [
        (d * np.log(np.trace(matrix) / d) - np.linalg.slogdet(matrix)[1]) / 2
        for matrix in (covariance, precision)
    ]
    return best, floors


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_the_floors_of_an_isotropic_q(d):
    """The derivatives with respect to $\\sigma^2$ are zero at {eq}`ex-isotropic`, …"""
    for covariance in random_covariances(30, d, 41):
        best, floors = isotropic_optima(covariance)
        for i in (0, 1):
            at_best = isotropic_divergences(covariance, best[i])[i]
            np.testing.assert_allclose(at_best, floors[i], rtol=1e-8, atol=1e-9)
            for factor in (0.1, 0.9, 0.99, 1.01, 1.1, 10.0):
                assert isotropic_divergences(covariance, factor * best[i])[i] > floors[i]


def test_the_isotropic_floors_agree_in_two_dimensions():
    """In two dimensions … both floors are ln ½ tr Σ − ½ ln |Σ|; in more they differ in general."""
    for covariance in random_covariances(100, 2, 42):
        expected = np.log(np.trace(covariance) / 2) - np.linalg.slogdet(covariance)[1] / 2
        np.testing.assert_allclose(isotropic_optima(covariance)[1], [expected] * 2, rtol=1e-8)
    for d in (3, 4):
        parted = [np.diff(isotropic_optima(c)[1])[0] for c in random_covariances(100, d, 43)]
        assert np.mean(np.abs(parted) > 1e-3) > 0.9


def test_a_smaller_family_never_has_a_lower_floor():
    """A family that is contained in another never has the lower floor; here it is higher."""
    for covariance in random_covariances(100, 3, 44):
        tril = np.linalg.cholesky(covariance)
        for direction, floor in zip(
            ("forward", "reverse"), isotropic_optima(covariance)[1], strict=True
        ):
            assert floor >= kl_floor(tril, direction=direction) - 1e-12
    equal = np.array([[1.0, 0.8], [0.8, 1.0]])  # with equal variances the two are the same
    floor = kl_floor(np.linalg.cholesky(equal), direction="forward")
    np.testing.assert_allclose(isotropic_optima(equal)[1], floor)


def adam_path(*, beta_2=0.999, forget=(), at=60, num_steps=400):
    """Means and log scales of a forward fit; at a step Adam may forget a running mean, its age."""
    z = np.array([3.0, -1.0])
    path = [z]
    m, v, ages = np.zeros(2), np.zeros(2), np.zeros(2)
    for step in range(num_steps):
        if step == at:
            m, ages[0] = (0 * m, 0) if "gradients" in forget else (m, ages[0])
            v, ages[1] = (0 * v, 0) if "squares" in forget else (v, ages[1])
        shrink = np.exp(-2 * z[1])
        g = np.array([z[0] * shrink, 1 - (1 + z[0] ** 2) * shrink])
        m, v, ages = 0.9 * m + 0.1 * g, beta_2 * v + (1 - beta_2) * g**2, ages + 1
        z = z - 0.1 * m / (1 - 0.9 ** ages[0]) / (np.sqrt(v / (1 - beta_2 ** ages[1])) + 1e-7)
        path.append(z)
    return np.array(path)


def settled(means):
    return 1 + int(np.flatnonzero(np.abs(means) > 0.05).max())


@pytest.mark.parametrize(
    ("forget", "steps"),
    [((), 143), (("squares",), 51), (("gradients",), 143), (("gradients", "squares"), 46)],
)
def test_the_squares_are_the_cause(forget, steps):
    """The squares are the cause: if only their running mean starts anew at step 60, 51 steps …"""
    assert settled(adam_path(forget=forget)[60:, 0]) == steps


def test_the_running_mean_of_the_gradients_carries_q_beyond_the_best_scale():
    """The running mean carries q on, to 1.86 at step 50: without it the scale stays below 1.7."""
    mean, log_scale = adam_path()[30]
    before = adam_path()[29]
    assert np.exp(2 * log_scale) > 1 + mean**2 and np.exp(2 * before[1]) < 1 + before[0] ** 2
    assert np.isclose(np.exp(log_scale), 1.69, atol=0.005)
    scales = np.exp(adam_path()[:, 1])
    assert np.isclose(scales.max(), 1.86, atol=0.005) and scales.argmax() == 50
    assert np.exp(adam_path(forget=("gradients",), at=30)[:, 1]).max() < 1.695


def test_a_shorter_memory_settles_sooner():
    """With $\\beta_2 = 0.999$ Adam forgets their squares slowly, so its steps stay short."""
    assert settled(adam_path(beta_2=0.9)[:, 0]) < settled(adam_path()[:, 0]) / 2


@pytest.mark.parametrize("rho", [0.0, -0.5, 0.8, 0.99])
def test_both_divergences_are_convex_in_the_two_log_scales(rho):
    """Both are convex in the two log scales, as sums of convex functions of one log scale."""
    tril = np.linalg.cholesky([[2.25, 1.5 * rho], [1.5 * rho, 1.0]])
    ends = np.random.default_rng(41).uniform(-2, 2, size=(2, 1000, 2))

    def divergences(log_scales):
        q = np.exp(log_scales)[..., np.newaxis] * np.eye(2)
        zero = np.zeros(2)
        return np.array([kl_gaussian(zero, tril, zero, q), kl_gaussian(zero, q, zero, tril)])

    chords = (divergences(ends[0]) + divergences(ends[1])) / 2
    assert np.all(divergences(ends.mean(axis=0)) < chords)
    crossed = [np.column_stack([ends[i][:, 0], ends[1 - i][:, 1]]) for i in (0, 1)]
    np.testing.assert_allclose(
        divergences(ends).sum(axis=1), divergences(np.array(crossed)).sum(axis=1), rtol=1e-9
    )


RHOS = [*np.linspace(-0.99, 0.99, 13), 0.999, -0.9999]


@pytest.mark.parametrize("rho", RHOS)
def test_both_divergences_split_into_the_floor_and_a_divergence(rho):
    """The formulas {eq}`ex-both-split`, the first also for other means of q."""
    rng, zero, scale_p = np.random.default_rng(41), np.zeros(2), np.array([1.5, 1.0])
    p_tril = np.linalg.cholesky(np.outer(scale_p, scale_p) * [[1, rho], [rho, 1]])
    some, loc = np.exp(rng.normal(size=(20, 2, 1))) * np.eye(2), rng.normal(size=(20, 2))
    best = {
        direction: np.diag(optimal_diag_gaussian(zero, p_tril, direction=direction).scale)
        for direction in ("reverse", "forward")
    }
    floor = -0.5 * np.log1p(-(rho**2))
    forward = kl_gaussian(zero, p_tril, loc, some)
    np.testing.assert_allclose(forward, floor + kl_gaussian(zero, best["forward"], loc, some))
    reverse = kl_gaussian(zero, some, zero, p_tril)
    np.testing.assert_allclose(reverse, floor + kl_gaussian(zero, some, zero, best["reverse"]))
    precision = np.linalg.inv(p_tril @ p_tril.T)
    r = np.diag(precision) * np.einsum("nii->ni", some) ** 2  # {eq}`ex-ratios`
    np.testing.assert_allclose(reverse, floor + 0.5 * np.sum(r - 1 - np.log(r), axis=1))


def surface(mu, lam):
    return 0.5 * (1 + mu**2) * np.exp(-2 * lam) + lam


def test_straight_lines_to_the_optimum_go_down_from_every_point_of_the_figure():
    """A straight line to the optimum can still go down, and from every point it does."""
    weight = np.linspace(1, 0, 1001)
    window = np.meshgrid(np.linspace(-4, 4, 81), np.linspace(-2, 2, 81), indexing="ij")
    mu, lam = (side[..., np.newaxis] * weight for side in window)
    assert np.all(np.diff(surface(mu, lam)) <= 1e-12)


def reverse_surface(mu, lam):
    return 0.5 * (np.exp(2 * lam) + mu**2) - lam


def test_some_segments_lie_below_the_surface_where_the_mean_is_far_away():
    """For $|\\mu| > 1$ some segments lie below the surface; for KL(q‖p) none does."""
    mu, lam = np.meshgrid(np.linspace(-4, 4, 81), np.linspace(-2, 2, 41), indexing="ij")
    angle = np.linspace(0, np.pi, 181)[:, np.newaxis, np.newaxis]
    step = 0.01 * np.cos(angle), 0.01 * np.sin(angle)

    def below(function):
        """Points where the middle of some short segment is lower than the surface."""
        ends = function(mu + step[0], lam + step[1]) + function(mu - step[0], lam - step[1])
        return np.any(ends / 2 < function(mu, lam), axis=0)

    near_the_edge = np.abs(np.abs(mu) - 1) < 0.06
    np.testing.assert_array_equal(below(surface) | near_the_edge, (np.abs(mu) > 1) | near_the_edge)
    assert not np.any(below(reverse_surface))


@pytest.mark.parametrize("mu", [0.0, 0.7, 3.0])
def test_the_best_scale_for_a_given_mean(mu):
    """For a mean $\\mu$ the best scale is $\\sqrt{1 + \\mu^2}$."""
    best = np.log(np.sqrt(1 + mu**2))
    others = best + np.delete(np.linspace(-2, 2, 41), 20)
    assert np.all(surface(mu, others) > surface(mu, best))


def test_for_ten_steps_both_slopes_have_the_same_signs():
    """The slopes of both divergences have the same signs there, at the points of both paths."""
    unit = tfp.distributions.MultivariateNormalTriL(np.zeros(1), np.eye(1))
    for direction in ("reverse", "forward"):
        q = trainable_diag_gaussian(np.array([3.0]), np.exp([-1.0]))
        fit = minimize_kl(q, unit, direction=direction, num_steps=10, learning_rate=0.1)
        mu, lam = fit.loc[:10, 0], np.log(fit.scale_tril[:10, 0, 0])  # where the steps begin
        forward = mu * np.exp(-2 * lam), 1 - (1 + mu**2) * np.exp(-2 * lam)
        reverse = mu, np.exp(2 * lam) - 1
        np.testing.assert_array_equal(np.sign(forward), np.sign(reverse))


def ends_of(p, starts):
    """Where gradient descent on KL(q‖p) ends: mean and standard deviation."""
    return np.array([descend(p, *start)[-1] for start in starts])


@pytest.mark.parametrize("distance", [0.0, 0.8, 1.6, 2.2, 2.4])
def test_up_to_a_distance_of_2_4_the_minimum_in_the_middle_is_the_only_one(distance):
    """At a distance of 2.4 or less the minimum of KL(q‖p) in the middle is the only one."""
    starts = [(loc, scale) for loc in (-6, -2.4, -1, 0.1, 2, 4) for scale in (0.3, 2)]
    ends = ends_of(Mixture(0.5, distance, 1, 1), starts)
    np.testing.assert_allclose(ends[:, 0], 0, atol=1e-3)
    np.testing.assert_allclose(ends[:, 1], ends[0, 1], atol=1e-3)


@pytest.mark.parametrize("distance", [2.5, 3.0, 4.0, 5.0])
def test_from_a_distance_of_2_5_on_there_are_three_minima(distance):
    """So it is at 2.4, and not before, that the other two are gone."""
    left, middle, right = ends_of(Mixture(0.5, distance, 1, 1), [(-4, 1), (0, 2), (4, 1)])
    assert left[0] < -2 and abs(middle[0]) < 1e-3 and right[0] > 2


def test_where_fits_to_a_light_component_end():
    """From the right it ends at almost the right component, and from −3 at the light one."""
    p = Mixture(0.2, 3, 1, 1)
    for loc, scale in ends_of(p, [(loc, scale) for loc in (1.5, 2, 3, 5) for scale in (0.3, 2)]):
        assert abs(loc - 3) < 0.02 and abs(scale - 1) < 0.02
    for loc, scale in ends_of(p, [(-3, 0.3), (-3, 1), (-3, 2)]):
        assert abs(loc + 3) < 0.1 and abs(scale - 1) < 0.1
    mean, deviation = p.moments  # of the orange fit: both components count
    assert np.isclose(mean, 0.8 * 3 - 0.2 * 3) and deviation > 2


def test_a_light_enough_component_has_no_minimum():
    """With a weight of 0.05 it ends at the right component from every start."""
    starts = [(loc, scale) for loc in np.linspace(-6, 6, 9) for scale in (0.1, 0.5, 1, 2, 5)]
    for loc, scale in ends_of(Mixture(0.05, 3, 1, 1), starts):
        assert abs(loc - 3) < 0.02 and abs(scale - 1) < 0.02


def test_kl_of_laplace_and_gaussian_has_no_registered_closed_form():
    """KL(p‖q) has no registered closed form for this pair."""
    laplace, gaussian = (
        tfp.distributions.Independent(kind(np.zeros(2), np.ones(2)), 1)
        for kind in (tfp.distributions.Laplace, tfp.distributions.Normal)
    )
    with pytest.raises(NotImplementedError, match="No KL"):
        tfp.distributions.kl_divergence(laplace, gaussian)
