"""A fit records the Cholesky factor of q's covariance, however q writes its scale."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from klhelpers import (
    NonFiniteLossError,
    gaussian_target,
    kl_gaussian,
    minimize_kl,
    trainable_diag_gaussian,
)
from klhelpers.draw.ellipses import contour_paths
from klhelpers.fit.factor import positive_columns
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions
P_TRIL = np.array([[0.8, 0.0], [0.6, 1.1]])
DIAGONAL = np.array([1.0, 2.0])
UPDATE = np.array([[1.0], [0.7]])
NEGATIVE = np.array([[-1.0, 0.0], [0.5, -2.0]])
FULL = np.array([[1.0, 0.3], [-0.5, 2.0]])


def mean():
    return tf.Variable([0.5, -0.2], dtype=tf.float64)


def linear(operator, *values):
    return lambda: tfd.MultivariateNormalLinearOperator(mean(), operator(*map(tf.Variable, values)))


def low_rank(dtype=np.float64, update=UPDATE):
    return tfd.MultivariateNormalDiagPlusLowRank(
        tf.Variable(np.array([0.5, -0.2], dtype)),
        tf.Variable(DIAGONAL.astype(dtype)),
        scale_perturb_factor=tf.Variable(update.astype(dtype)),
    )


# How q is made, and its covariance at the start.
KINDS = {
    "negative scale_diag": (
        lambda: tfd.MultivariateNormalDiag(mean(), tf.Variable([-1.0, 2.0], dtype=tf.float64)),
        np.diag([1.0, 4.0]),
    ),
    "triangle with negative columns": (
        lambda: tfd.MultivariateNormalTriL(mean(), tf.Variable(NEGATIVE)),
        np.array([[1.0, -0.5], [-0.5, 4.25]]),
    ),
    "scale from a low-rank update": (
        low_rank,
        (np.diag(DIAGONAL) + UPDATE @ UPDATE.T) @ (np.diag(DIAGONAL) + UPDATE @ UPDATE.T).T,
    ),
    "full matrix": (linear(tf.linalg.LinearOperatorFullMatrix, FULL), FULL @ FULL.T),
    "negative multiple of the identity": (
        linear(lambda s: tf.linalg.LinearOperatorScaledIdentity(2, s), np.float64(-3.0)),
        9 * np.eye(2),
    ),
    "identity": (lambda: tfd.MultivariateNormalDiag(mean()), np.eye(2)),
    "positive scale_diag": (
        lambda: trainable_diag_gaussian(np.array([0.5, -0.2]), DIAGONAL),
        np.diag(DIAGONAL**2),
    ),
}


def normal(loc, scale):
    return tfd.Normal(tf.Variable(loc, dtype=tf.float64), tf.Variable(scale, dtype=tf.float64))


INDEPENDENT = {
    "Independent": (lambda: tfd.Independent(normal([0.5, 0.5], [1.0, 2.0]), 1), [1.0, 2.0]),
    "Sample": (lambda: tfd.Sample(normal(0.5, 2.0), [2]), [2.0, 2.0]),
}


def is_cholesky_factor(factors):
    diagonal = np.diagonal(factors, axis1=-2, axis2=-1)
    return bool(np.all(diagonal > 0)) and not np.any(np.triu(factors, 1))


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_step_has_a_factor_whose_divergence_is_the_loss(kind, direction):
    make, covariance = KINDS[kind]
    q = make()
    p = tfd.MultivariateNormalTriL(np.zeros(2), P_TRIL)
    trajectory = minimize_kl(q, p, direction=direction, num_steps=5, learning_rate=0.05)
    factors = trajectory.scale_tril
    assert is_cholesky_factor(factors)
    np.testing.assert_allclose(factors[0] @ factors[0].T, covariance, rtol=1e-13)
    np.testing.assert_allclose(factors[-1] @ factors[-1].T, q.covariance(), rtol=1e-13)
    fitted, target = (trajectory.loc, factors), (np.zeros(2), P_TRIL)
    pair = (*target, *fitted) if direction == "forward" else (*fitted, *target)
    np.testing.assert_allclose(trajectory.loss, kl_gaussian(*pair), rtol=1e-12)


@pytest.mark.parametrize("kind", INDEPENDENT)
def test_independent_normal_components_are_a_gaussian_vector(kind):
    make, stddev = INDEPENDENT[kind]
    q, standard = make(), tfd.Normal(np.zeros(2), np.ones(2))
    p = tfd.Independent(standard, 1) if kind == "Independent" else tfd.Sample(standard[0], [2])
    trajectory = minimize_kl(q, p, num_steps=5)
    np.testing.assert_array_equal(trajectory.scale_tril[0], np.diag(stddev))
    expected = kl_gaussian(trajectory.loc, trajectory.scale_tril, np.zeros(2), np.eye(2))
    np.testing.assert_allclose(trajectory.loss, expected, rtol=1e-12)


def test_a_gaussian_process_at_points_is_a_gaussian_vector():
    kernel = tfp.math.psd_kernels.ExponentiatedQuadratic(tf.Variable(2.0, dtype=tf.float64))
    points = np.array([[0.0], [1.0]])
    q = tfd.GaussianProcess(kernel, points)
    trajectory = minimize_kl(q, tfd.MultivariateNormalTriL(np.zeros(2), P_TRIL), num_steps=2)
    covariance = 4 * np.exp([[0.0, -0.5], [-0.5, 0.0]])
    np.testing.assert_allclose(trajectory.scale_tril[0], np.linalg.cholesky(covariance), rtol=1e-5)


def test_a_batch_of_scales_is_factored_one_by_one():
    updates = np.random.default_rng(5).normal(size=(3, 2, 1))
    q = low_rank(update=updates)
    trajectory = minimize_kl(q, gaussian_target(np.zeros(3)), num_steps=2)
    assert trajectory.scale_tril.shape == (3, 3, 2, 2)
    assert is_cholesky_factor(trajectory.scale_tril)
    for factor, update in zip(trajectory.scale_tril[0], updates, strict=True):
        scale = np.diag(DIAGONAL) + update @ update.T
        np.testing.assert_allclose(factor @ factor.T, scale @ scale.T, rtol=1e-12)


def test_the_sign_of_a_scale_changes_no_loss():
    """Adam moves a mirrored scale by mirrored steps, so that both fits have the same losses."""
    losses = [
        minimize_kl(
            tfd.MultivariateNormalTriL(mean(), tf.Variable(sign * P_TRIL)),
            gaussian_target(np.array([-0.5, 1.25, 1.0])),
            num_steps=20,
        ).loss
        for sign in (1, -1)
    ]
    np.testing.assert_allclose(*losses, rtol=1e-12)


@pytest.mark.parametrize("kind", ["scale from a low-rank update", "triangle with negative columns"])
def test_contours_of_a_fit_have_their_density(kind):
    make, covariance = KINDS[kind]
    trajectory = minimize_kl(make(), gaussian_target(np.zeros(3)), num_steps=1)
    paths = contour_paths(trajectory.loc[0], trajectory.scale_tril[0], np.array([0.01, 0.03]))
    density = multivariate_normal(trajectory.loc[0], covariance).pdf
    for path, level in zip(paths, (0.01, 0.03), strict=True):
        np.testing.assert_allclose(density(path.vertices[::3]), level, rtol=1e-6)


def test_a_scale_that_rounding_makes_singular_has_no_finite_divergence():
    """In float32, 2²⁸ + 1 is 2²⁸: both rows of the scale are equal, in the factor and in truth."""
    q = low_rank(np.float32, np.array([[2.0**14], [2.0**14]]))
    assert np.isfinite(q.scale.log_abs_determinant())  # from the small matrix of the update
    with pytest.raises(
        NonFiniteLossError, match=r"KL\(q‖p\) must stay finite; it is inf at step 0"
    ):
        minimize_kl(q, gaussian_target([0.0, 0.0, 0.0]))


def test_one_singular_scale_of_a_batch_is_told_apart():
    q = low_rank(np.float32, np.array([[[1.0], [0.7]], [[2.0**14], [2.0**14]]]))
    with pytest.warns(UserWarning, match=r"1 of the 2 members .*, member 1 at step 0"):
        trajectory = minimize_kl(q, gaussian_target([0.0, 0.0, 0.0]), num_steps=3)
    np.testing.assert_array_equal(np.isnan(trajectory.loss), [[False, True]] * 4)


def test_other_families_are_no_gaussian():
    """A Dirichlet states its divergence, mean and covariance, which is singular."""
    q = tfd.Dirichlet(tf.Variable([1.0, 2.0]))
    with pytest.raises(
        TypeError, match=r"q must be a Gaussian vector, .* got Dirichlet of .*\(2,\)"
    ):
        minimize_kl(q, tfd.Dirichlet([2.0, 2.0]))


def test_columns_turn_as_wholes():
    factors = np.array([[[-2.0, 0.0], [3.0, 1.0]], [[2.0, 0.0], [3.0, -1.0]]])
    expected = [[[2.0, 0.0], [-3.0, 1.0]], [[2.0, 0.0], [3.0, 1.0]]]
    turned = positive_columns(factors)
    np.testing.assert_array_equal(turned, expected)
    assert not np.any(np.signbit(turned) & (turned == 0))  # 0, not -0: messages show these numbers
