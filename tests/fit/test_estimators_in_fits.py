"""Fits by samples, of distributions without a closed form."""

import numpy as np
import pytest

from klhelpers import (
    NonFiniteLossError,
    gaussian_target,
    minimize_kl,
    optimal_diag_gaussian,
    trainable_diag_gaussian,
)
from klhelpers.estimators.losses import LOSSES
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions
CASES = [(direction, name) for direction, named in LOSSES.items() for name in named]
P = gaussian_target(np.array([0.8, 0.4, 1.0]), loc=np.array([0.5, -0.5]))


def start():
    return trainable_diag_gaussian(np.zeros(2), np.ones(2))


def normal(loc=0.5):
    loc = np.array(loc, np.float64)
    return tfd.Normal(
        tf.Variable(loc, name="loc"),
        tfp.util.TransformedVariable(np.ones_like(loc), tfb.Exp(), name="scale"),
    )


@pytest.mark.parametrize(("direction", "name"), CASES)
def test_every_estimator_ends_near_the_optimum(direction, name):
    q = start()
    trajectory = minimize_kl(
        q, P, direction=direction, estimator=name, seed=1, num_steps=300, learning_rate=0.03
    )
    best = optimal_diag_gaussian(P.mean(), P.scale_tril, direction=direction)
    np.testing.assert_allclose(q.mean(), best.loc, atol=0.15)
    np.testing.assert_allclose(q.stddev(), best.scale, rtol=0.15)
    np.testing.assert_array_equal(trajectory.loc[-1], q.mean())
    np.testing.assert_array_equal(trajectory.scale_tril[-1], np.diag(q.stddev()))
    assert list(trajectory.parameters) == ["loc", "scale"]
    np.testing.assert_array_equal(trajectory.parameters["scale"][-1], q.stddev())
    np.testing.assert_array_equal(trajectory.parameters["scale"][0], [1, 1])


def test_the_loss_is_that_of_the_recorded_parameters_and_its_seed():
    """Entry t is the mean of what is written here, at the samples of step t."""
    q = start()
    fit = {"estimator": "reparameterised", "num_samples": 7, "seed": 5}
    trajectory = minimize_kl(q, P, num_steps=3, **fit)
    assert minimize_kl(start(), P, num_steps=3, **fit).loss.tolist() == trajectory.loss.tolist()
    seed = tf.random.experimental.stateless_fold_in(tf.constant([5, 0]), 3)
    x = q.sample(7, seed=seed)
    expected = tf.reduce_mean(q.log_prob(x) - P.log_prob(x))
    np.testing.assert_allclose(trajectory.loss[-1], expected, rtol=1e-13)
    other = minimize_kl(start(), P, num_steps=3, **fit | {"seed": 6})
    assert np.all(other.loss != trajectory.loss)


def test_a_target_without_closed_form_and_a_q_that_is_no_vector():
    p = tfd.MixtureSameFamily(
        tfd.Categorical(logits=np.zeros(2)), tfd.Normal(np.array([-4.0, 4.0]), np.ones(2))
    )
    q = normal()
    trajectory = minimize_kl(
        q, p, estimator="sticking the landing", seed=0, num_steps=400, learning_rate=0.05
    )
    assert trajectory.loc is None and trajectory.scale_tril is None
    assert trajectory.loss[-1] == pytest.approx(np.log(2), abs=0.1)  # one mode of two
    assert trajectory.parameters["loc"][-1] == q.loc.numpy() == pytest.approx(4, abs=0.15)


def test_a_discrete_q():
    q = tfd.Categorical(logits=tf.Variable(np.zeros(3), name="logits"))
    p = tfd.Categorical(probs=np.array([0.6, 0.3, 0.1]))
    trajectory = minimize_kl(
        q, p, estimator="score function", seed=0, num_steps=300, learning_rate=0.05
    )
    np.testing.assert_allclose(q.probs_parameter(), p.probs_parameter(), atol=0.05)
    assert trajectory.parameters["logits"].shape == (301, 3)


def test_a_flow():
    """A shifted exponential of a Gaussian, fitted to a log-normal target known up to a factor."""

    class Target:
        def log_prob(self, x):
            return -(((tf.math.log(x) - 1) / 0.5) ** 2) / 2 - tf.math.log(x) + 7

    shift, scale = tf.Variable(np.float64(0), name="shift"), tf.Variable(np.float64(1), name="s")
    bijector = tfb.Chain([tfb.Exp(), tfb.Shift(shift), tfb.Scale(scale)])
    q = tfd.TransformedDistribution(tfd.Normal(np.float64(0), np.float64(1)), bijector)
    trajectory = minimize_kl(
        q, Target(), estimator="sticking the landing", seed=0, num_steps=300, learning_rate=0.03
    )
    assert float(shift) == pytest.approx(1, abs=0.02)
    assert abs(float(scale)) == pytest.approx(0.5, abs=0.02)
    expected = -7 - np.log(0.5 * np.sqrt(2 * np.pi))  # −ln of the factor
    assert trajectory.loss[-1] == pytest.approx(expected, abs=0.02)
    assert sorted(trajectory.parameters) == ["s", "shift"]


def test_a_loss_of_one_s_own_gets_what_was_asked_for():
    asked = []

    def loss(q, p, *, direction, num_samples, seed):
        asked.append((direction, num_samples, tuple(seed.shape)))
        return tfd.kl_divergence(p, q)

    trajectory = minimize_kl(
        start(), P, direction="forward", estimator=loss, num_samples=3, seed=0, num_steps=40
    )
    assert asked == [("forward", 3, (2,))]  # traced once
    exact = minimize_kl(start(), P, direction="forward", num_steps=40)
    np.testing.assert_allclose(trajectory.loss, exact.loss, rtol=1e-12)
    np.testing.assert_allclose(trajectory.loc, exact.loc, rtol=0, atol=1e-12)


def test_a_batch_loses_a_member_and_goes_on():
    """The third member starts where its density overflows."""
    locs = np.array([0.0, 1.0, 1e200])
    q = normal(locs)
    p = tfd.Normal(np.float64(0), np.float64(1))
    with pytest.warns(UserWarning, match=r"1 of the 3 members of the batch, member 2 at step 0"):
        trajectory = minimize_kl(
            q, p, estimator="reparameterised", seed=0, num_steps=150, learning_rate=0.05
        )
    assert np.all(np.isnan(trajectory.loss[:, 2]))
    assert np.all(np.isnan(trajectory.parameters["loc"][:, 2]))
    np.testing.assert_allclose(trajectory.parameters["loc"][-1, :2], 0, atol=0.2)
    assert np.all(np.isfinite(trajectory.parameters["scale"][:, :2]))


def test_a_loss_that_is_nowhere_finite():
    q = normal(1e200)
    message = (
        r"KL\(q‖p\) must stay finite; it is inf at step 0, where the variables are loc 1e\+200"
    )
    with pytest.raises(NonFiniteLossError, match=message):
        minimize_kl(
            q, tfd.Normal(np.float64(0), np.float64(1)), estimator="reparameterised", seed=0
        )


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"estimator": "samples"}, ValueError, r"estimator must be one of 'reparameterised', "),
        ({"estimator": "k1"}, ValueError, r"estimator must be one of .* got 'k1'"),
        ({"seed": None}, ValueError, r"seed must be given with an estimator"),
        ({"seed": 1.5}, TypeError, r"seed must be a whole number; got 1\.5"),
        ({"num_samples": 0}, ValueError, r"num_samples must be at least 1; got 0"),
        ({"estimator": None}, ValueError, r"seed must come with an estimator: .*; got 0"),
        (
            {"estimator": None, "seed": None, "num_samples": 9},
            ValueError,
            r"num_samples must come with an estimator: .*; got 9",
        ),
        ({"p": 3}, TypeError, r"p must be a distribution, or any object with .*log_prob; got 3"),
        (
            {"p": gaussian_target(np.zeros(3, np.float32))},
            TypeError,
            r"q and p must have one dtype; got q float64 and p float32",
        ),
        (
            {"estimator": lambda q, p, **_: None},
            TypeError,
            r"estimator must return a tensor of floats; got None",
        ),
        (
            {
                "estimator": lambda q, p, **_: tf.reduce_sum(q.mean()),
                "q": trainable_diag_gaussian(np.zeros((3, 2)), np.ones(2)),
            },
            ValueError,
            r"one number per member of q's batch, shape \(3,\); got shape \(\)",
        ),
        (
            {"estimator": lambda q, p, **_: tf.reduce_sum(q.mean())},
            ValueError,
            r"q\.trainable_variables\[1\] gets no gradient",
        ),
    ],
)
def test_bad_input_is_named(changed, error, message):
    good = {"q": start(), "p": P, "estimator": "reparameterised", "seed": 0}
    with pytest.raises(error, match=message):
        minimize_kl(**good | changed)
