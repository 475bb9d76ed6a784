"""Claims of *Which KL does your code descend?* whose checks are too long for its page."""

import numpy as np
import pytest

from klhelpers import (
    kl_gaussian,
    minimize_kl,
    optimal_diag_gaussian,
    tail_index,
    trainable_diag_gaussian,
)
from klhelpers.estimators.losses import importance_weights, samples
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

ESTIMATES = {
    "k1": lambda log_r: -log_r,
    "k2": lambda log_r: 0.5 * log_r**2,
    "k3": lambda log_r: np.expm1(log_r) - log_r,
}
SLOPES = {"k1": lambda log_r: -1.0, "k2": lambda log_r: log_r, "k3": np.expm1}
P_TRIL = np.array([[0.8688682, 0.0], [0.6666248, 1.0177136]])  # of the lecture's target
Q_LOC, Q_SCALE = np.array([0.3, -0.2]), np.array([1.2, 1.5])


def quadrature(num=60):
    """Nodes, shape (num², 2), and weights for a standard Gaussian in the plane."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(num)
    z = np.stack(np.meshgrid(nodes, nodes, indexing="ij"), axis=-1).reshape(-1, 2)
    return z, np.outer(weights, weights).ravel() / (2 * np.pi)


def log_ratio(z, loc, scale):
    """Ln p − ln q at x = loc + scale z."""
    y = np.linalg.solve(P_TRIL, (loc + scale * z).T).T
    log_p = -0.5 * np.sum(y**2, axis=-1) - np.sum(np.log(np.diag(P_TRIL)))
    return log_p + 0.5 * np.sum(z**2, axis=-1) + np.sum(np.log(scale))


def differences(function, h=1e-4):
    """Central differences in the means and the log scales of q."""
    gradient = []
    for step in h * np.eye(4):
        ends = [function(Q_LOC + s * step[:2], Q_SCALE * np.exp(s * step[2:])) for s in (1, -1)]
        gradient.append((ends[0] - ends[1]) / (2 * h))
    return np.array(gradient)


def exact(direction):
    def divergence(loc, scale):
        pair = [(loc, np.diag(scale)), (np.zeros(2), P_TRIL)]
        first, second = pair if direction == "reverse" else pair[::-1]
        return kl_gaussian(*first, *second)

    return differences(divergence)


@pytest.mark.parametrize(
    ("name", "direction"), [("k1", None), ("k2", "reverse"), ("k3", "forward")]
)
def test_detached_gradients_by_quadrature(name, direction):
    z, weights = quadrature()
    score = np.concatenate([z / Q_SCALE, z**2 - 1], axis=-1)
    slope = SLOPES[name](log_ratio(z, Q_LOC, Q_SCALE))
    gradient = -(weights * slope) @ score
    expected = np.zeros(4) if direction is None else exact(direction)
    np.testing.assert_allclose(gradient, expected, atol=1e-6)


@pytest.mark.parametrize("name", ["k1", "k3"])
def test_reparameterised_gradients_by_quadrature(name):
    z, weights = quadrature()

    def mean(loc, scale):
        return weights @ ESTIMATES[name](log_ratio(z, loc, scale))

    np.testing.assert_allclose(differences(mean), exact("reverse"), atol=1e-6)


def test_gradients_of_the_page():
    reverse = [0.716039, -0.415326, 1.725858, 1.172358]
    forward = [0.208333, -0.088889, 0.413242, 0.324387]
    np.testing.assert_allclose(exact("reverse"), reverse, atol=2e-6)
    np.testing.assert_allclose(exact("forward"), forward, atol=2e-6)


def test_reparameterised_k2_prefers_a_narrower_q():
    """The optimum of E[k2] for unit variances and ρ = 0.8 is narrower than both others."""
    t = np.linspace(0.3, 1.5, 120_001)  # variance of q over the conditional variance
    divergence = t - 1 - np.log(t) - 0.5 * np.log(1 - 0.8**2)
    variance = 2 * (t - 1) ** 2 + 2 * 0.8**2 * t**2  # tr A²
    best = t[np.argmin(0.5 * (divergence**2 + 0.5 * variance))]
    assert np.isclose(0.6 * np.sqrt(best), 0.514, atol=1e-3)


def detached(estimate):
    def loss(q, p, *, direction, num_samples, seed):
        x = tf.stop_gradient(q.sample(num_samples, seed=seed))
        return tf.reduce_mean(estimate(p.log_prob(x) - q.log_prob(x)), axis=0)

    return loss


CORRELATED = np.linalg.cholesky([[1.0, 0.8], [0.8, 1.0]])


def scales_of(estimate, *, copies, num_samples, num_steps, seed=41):
    """Scales of q at each step of one fit, or of many, with a detached loss."""
    start = np.array([0.4, 0.5]) if copies is None else np.tile([0.4, 0.5], (copies, 1))
    q = trainable_diag_gaussian(np.zeros_like(start), start)
    fit = minimize_kl(
        q,
        tfd.MultivariateNormalTriL(np.zeros(2), scale_tril=CORRELATED),
        estimator=detached(estimate),
        num_samples=num_samples,
        seed=seed,
        num_steps=num_steps,
        learning_rate=0.02,
    )
    return np.diagonal(fit.scale_tril, axis1=-2, axis2=-1)


@pytest.mark.parametrize("num_samples", [1, 20, 1000])
def test_steps_of_detached_k1_do_not_depend_on_the_number_of_samples(num_samples):
    """From step 30 on, their root mean square is about a quarter of the learning rate."""
    scales = scales_of(lambda log_r: -log_r, copies=200, num_samples=num_samples, num_steps=100)
    steps = np.diff(np.log(scales[29:]), axis=0) / 0.02
    size = np.sqrt(np.mean(steps**2, axis=(1, 2)))
    assert np.all((0.19 < size) & (size < 0.31))


def test_detached_k1_makes_a_random_walk():
    scales = scales_of(lambda log_r: -log_r, copies=200, num_samples=200, num_steps=400)
    path = np.log(scales / [0.4, 0.5])
    spread = path.std(axis=1)
    assert np.all(spread[100] > 5 * 0.02) and np.all(spread[400] > 1.6 * spread[100])
    assert np.all(np.abs(path[-1].mean(axis=0)) < 5 * spread[-1] / np.sqrt(200))


def test_detached_k3_is_slow_with_the_seed_6():
    """After 400 steps one scale is below 0.8; later this fit, too, is at the forward optimum."""
    scales = scales_of(
        lambda log_r: tf.math.expm1(log_r) - log_r,
        copies=None,
        num_samples=1000,
        num_steps=1200,
        seed=6,
    )
    assert np.sum(scales[400] < 0.8) == 1 and scales[351:401].mean(axis=0).min() < 0.8
    best = optimal_diag_gaussian(np.zeros(2), CORRELATED, direction="forward")
    np.testing.assert_allclose(scales[-50:].mean(axis=0), best.scale, atol=0.1)


def test_leave_one_out_baseline_gives_the_sample_covariance():
    rng = np.random.default_rng(41)
    values, score = rng.normal(size=25), rng.normal(size=25)
    others = (values.sum() - values) / 24
    gradient = np.mean((values - others) * score)
    assert np.isclose(gradient, np.cov(values, score)[0, 1])


def forward_gradients(loss, *, copies, num_samples, p_batch=()):
    """Gradients of equal copies of q, shape (copies, 4)."""
    q = trainable_diag_gaussian(np.tile(Q_LOC, (copies, 1)), np.tile(Q_SCALE, (copies, 1)))
    p = tfd.MultivariateNormalTriL(np.zeros((*p_batch, 2)), scale_tril=P_TRIL)
    with tf.GradientTape() as tape:
        values = loss(q, p, direction="forward", num_samples=num_samples, seed=[41, 0])
    return np.concatenate(tape.gradient(values, q.trainable_variables), -1)


def standard_errors(gradients):
    """Largest difference from the exact gradient of KL(p‖q), in standard errors."""
    error = gradients.std(axis=0, ddof=1) / np.sqrt(len(gradients))
    return np.max(np.abs(gradients.mean(axis=0) - exact("forward")) / error)


def test_copies_of_q_share_the_samples_of_p_unless_p_is_a_batch():
    shared = forward_gradients(samples, copies=1000, num_samples=100)
    assert np.all(np.ptp(shared, axis=0) < 1e-9)
    apart = forward_gradients(samples, copies=1000, num_samples=100, p_batch=(1000,))
    assert np.all(apart.std(axis=0) > 0.01) and standard_errors(apart) < 4.5


def test_importance_weights_fail_with_enough_batches_and_their_bias_shrinks():
    few = forward_gradients(importance_weights, copies=64_000, num_samples=10)
    many = forward_gradients(importance_weights, copies=16_000, num_samples=100)
    assert standard_errors(few) > 6 and standard_errors(many) < 4.5
    bias = [np.abs(g.mean(axis=0) - exact("forward")).max() for g in (few, many)]
    assert bias[1] < bias[0] / 3


def test_a_loss_with_the_square_of_r_needs_a_tail_index_below_a_quarter():
    """Means of r^t are finite for t below 1/k: of r² for r s, of r⁴ for r² s."""
    precision = np.linalg.inv(CORRELATED @ CORRELATED.T)

    def finite(scale, power):
        form = power * precision + (1 - power) * np.eye(2) / scale**2
        return bool(np.all(np.linalg.eigvalsh(form) > 0))

    for scale in np.linspace(0.5, 1.6, 23):
        index = tail_index(scale * np.eye(2), CORRELATED)
        assert finite(scale, 2) == (index < 0.5) and finite(scale, 4) == (index < 0.25)
