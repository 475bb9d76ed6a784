"""The gradients of built-in losses against those of closed forms, and their values."""

import numpy as np
import pytest

from klhelpers.direction import ordered
from klhelpers.estimators.losses import LOSSES, loss_of
from klhelpers.estimators.seeds import stateless_seed
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions
MEMBERS = 400  # repetitions, as members of a batch
CASES = [(direction, name) for direction, named in LOSSES.items() for name in named]
REPARAMETERISED = ("reparameterised", "sticking the landing")


def repeated(*values):
    return [np.tile(value, (MEMBERS, *[1] * np.ndim(value))).astype(float) for value in values]


def full(loc, tril):
    return tfd.MultivariateNormalTriL(*repeated(loc, tril))


# The variables of q, q as a function of them, and p: each a batch of equal members.
PAIRS = {
    "Gaussians": (
        repeated([0.3, -0.2], np.log([1.2, 1.5])),
        lambda loc, log_scale: tfd.MultivariateNormalDiag(loc, tf.exp(log_scale)),
        full([0.0, 0.1], [[1.2, 0.0], [0.6, 1.4]]),
    ),
    "Gamma": (
        repeated(np.log(2.0), np.log(1.5)),
        lambda a, b: tfd.Gamma(tf.exp(a), tf.exp(b)),
        tfd.Gamma(*repeated(2.3, 1.4)),
    ),
    "Categorical": (
        repeated([0.5, 0.0, -0.5]),
        lambda logits: tfd.Categorical(logits=logits),
        tfd.Categorical(probs=repeated([0.3, 0.3, 0.4])[0]),
    ),
}


def evaluate(loss, pair, direction, num_samples, seed=0):
    """Value and gradients of a loss per member, and those of the closed form of one member."""
    values, make, p = PAIRS[pair]
    variables = [tf.Variable(value) for value in values]
    with tf.GradientTape(persistent=True) as tape:
        q = make(*variables)
        estimate = loss(
            q, p, direction=direction, num_samples=num_samples, seed=stateless_seed(seed)
        )
        exact = tfd.kl_divergence(*ordered(direction, p, q))
    return [
        (value.numpy(), [gradient.numpy() for gradient in tape.gradient(value, variables)])
        for value in (estimate, exact)
    ]


def assert_mean_is(estimates, expected):
    error = estimates.std(axis=0, ddof=1) / np.sqrt(MEMBERS)
    assert np.all(np.abs(estimates.mean(axis=0) - expected) < 5 * error + 1e-12)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(("direction", "name"), CASES)
def test_gradients_and_values_are_those_of_the_divergence(direction, name, pair):
    if pair == "Categorical" and name in REPARAMETERISED:
        pytest.skip("discrete samples cannot be reparameterised")
    samples = 2000 if name == "importance weights" else 50  # its bias is of the order 1/samples
    (value, gradients), (exact, exact_gradients) = evaluate(
        loss_of(name, direction), pair, direction, samples
    )
    assert value.shape == (MEMBERS,)
    assert_mean_is(value, exact[0])
    assert exact[0] > 0.01
    for gradient, expected in zip(gradients, exact_gradients, strict=True):
        assert_mean_is(gradient, expected[0])


def test_a_wrong_gradient_would_be_seen():
    """The gradient of k1 at samples held fixed: its mean is 0, and not that of KL(q‖p)."""

    def k1(q, p, *, direction, num_samples, seed):
        x = tf.stop_gradient(q.sample(num_samples, seed=seed))
        return tf.reduce_mean(q.log_prob(x) - p.log_prob(x), axis=0)

    (value, gradients), (exact, exact_gradients) = evaluate(k1, "Gaussians", "reverse", 50)
    assert_mean_is(value, exact[0])
    with pytest.raises(AssertionError):
        assert_mean_is(gradients[0], exact_gradients[0][0])


@pytest.mark.parametrize("name", REPARAMETERISED)
def test_sticking_the_landing_has_no_noise_at_the_target(name):
    loc = tf.Variable([[0.3, -0.2]] * 3, dtype=tf.float64)
    p = tfd.MultivariateNormalDiag(np.array([0.3, -0.2]), np.ones(2))
    with tf.GradientTape() as tape:
        q = tfd.MultivariateNormalDiag(loc, np.ones(2))
        loss = LOSSES["reverse"][name](
            q, p, direction="reverse", num_samples=5, seed=stateless_seed(1)
        )
    gradient = tape.gradient(loss, loc)
    if name == "sticking the landing":
        np.testing.assert_allclose(gradient, 0, atol=1e-15)
    scale = tf.Variable(np.ones(2))
    with tf.GradientTape() as tape:
        q = tfd.MultivariateNormalDiag(p.loc, scale)
        loss = LOSSES["reverse"][name](
            q, p, direction="reverse", num_samples=5, seed=stateless_seed(1)
        )
    size = np.abs(tape.gradient(loss, scale)).max()
    assert size < 1e-15 if name == "sticking the landing" else size > 0.01


class Unnormalised:
    """A density with ``log_prob`` alone, e³ times that of a Gaussian."""

    def __init__(self, p):
        self._p = p

    def log_prob(self, x):
        """Logarithm, without the right constant."""
        return self._p.log_prob(x) + 3


@pytest.mark.parametrize(("direction", "name"), [case for case in CASES if case[1] != "samples"])
def test_a_constant_in_the_density_changes_no_gradient(direction, name):
    p = tfd.MultivariateNormalDiag(np.zeros(2), np.array([1.0, 2.0]))
    found = []
    for target in (p, Unnormalised(p)):
        loc = tf.Variable([0.5, -0.5], dtype=tf.float64)
        with tf.GradientTape() as tape:
            q = tfd.MultivariateNormalDiag(loc, np.ones(2))
            loss = LOSSES[direction][name](
                q, target, direction=direction, num_samples=20, seed=stateless_seed(2)
            )
        found.append((loss.numpy(), tape.gradient(loss, loc).numpy()))
    np.testing.assert_allclose(found[0][1], found[1][1], rtol=1e-10)
    shift = 3 if direction == "forward" else -3
    assert found[1][0] - found[0][0] == pytest.approx(shift)


@pytest.mark.parametrize(("direction", "name"), CASES)
def test_batches_of_targets_have_a_loss_each(direction, name):
    """One q for three targets: the gradient is the sum of theirs, as for closed forms."""
    p = tfd.MultivariateNormalDiag(np.arange(6.0).reshape(3, 2), np.ones(2))
    loc = tf.Variable([0.5, -0.5], dtype=tf.float64)
    with tf.GradientTape() as tape:
        q = tfd.MultivariateNormalDiag(loc, np.ones(2))
        loss = LOSSES[direction][name](
            q, p, direction=direction, num_samples=4000, seed=stateless_seed(3)
        )
    assert loss.shape == (3,)
    if name != "importance weights":  # hopeless for means that are far apart
        expected = 3 * loc - tf.reduce_sum(p.loc, axis=0)
        tolerance = {"score function": 2.0}.get(name, 0.3)
        np.testing.assert_allclose(tape.gradient(loss, loc), expected, atol=tolerance)


Q = tfd.MultivariateNormalDiag(np.zeros(2), np.ones(2))
ASKED = {"direction": "reverse", "num_samples": 10, "seed": stateless_seed(0)}


@pytest.mark.parametrize("name", REPARAMETERISED)
def test_samples_that_do_not_move_with_q_are_refused(name):
    q = tfd.Categorical(logits=np.zeros(3))
    with pytest.raises(TypeError, match=rf"reparam.* for '{name}'; those of Categorical .* 'score"):
        LOSSES["reverse"][name](q, q, **ASKED)


def test_the_baseline_needs_two_samples():
    with pytest.raises(ValueError, match=r"num_samples must be at least 2 for 'score function'"):
        LOSSES["reverse"]["score function"](Q, Q, **ASKED | {"num_samples": 1})


def test_maximum_likelihood_needs_samples_of_the_target():
    with pytest.raises(TypeError, match=r"p must have samples, p\.sample, for 'samples'; 'import"):
        LOSSES["forward"]["samples"](Q, Unnormalised(Q), **ASKED)


@pytest.mark.parametrize(
    ("name", "direction", "message"),
    [
        ("samples", "reverse", r"one of 'reparameterised', 'sticking .*KL\(q‖p\).*got 'samples'"),
        ("score function", "forward", r"one of 'samples', 'importance weights' for KL\(p‖q\)"),
        (3, "forward", r"or a callable; got 3"),
    ],
)
def test_losses_of_the_other_direction_are_refused(name, direction, message):
    with pytest.raises(ValueError, match=message):
        loss_of(name, direction)
