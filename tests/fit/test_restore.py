"""A recorded step is put back into the variables of q."""

import numpy as np
import pytest

from klhelpers import (
    Trajectory,
    gaussian_target,
    minimize_kl,
    trainable_diag_gaussian,
    trainable_full_gaussian,
)
from klhelpers.fit.parameters import trainable_parameters
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions
P = gaussian_target(np.array([0.8, 0.4, 1.0]))
KINDS = {
    "diagonal": lambda: trainable_diag_gaussian(np.zeros(2), np.ones(2)),
    "full": lambda: trainable_full_gaussian(np.zeros(2), np.eye(2)),
    "plain variables": lambda: tfd.MultivariateNormalDiag(
        tf.Variable(np.zeros(2)), tf.Variable(np.ones(2))
    ),
}


def mixture():
    def positive(values, name):
        return tfp.util.TransformedVariable(np.array(values), tfb.Exp(), name=name)

    return tfd.MixtureSameFamily(
        tfd.Categorical(logits=tf.Variable(np.zeros(2), name="logits")),
        tfd.MultivariateNormalDiag(
            tf.Variable(np.array([[0.0, 1.0], [2.0, 3.0]]), name="loc"),
            positive([[1.0, 1.0], [2.0, 2.0]], "scale"),
        ),
    )


@pytest.mark.parametrize("optimized", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_gaussian_is_put_back(kind, optimized):
    """Without an optimizer the trajectory has mean and factor only."""
    q, fresh = KINDS[kind](), KINDS[kind]()
    optimizer = tf.keras.optimizers.Adam(0.1) if optimized else None
    fit = minimize_kl(q, P, num_steps=20, optimizer=optimizer)
    assert bool(fit.parameters) == optimized
    for one, step in ((q, 20), (fresh, 5), (q, 0)):
        fit.restore(one, step)
        np.testing.assert_allclose(one.mean(), fit.loc[step], rtol=1e-14)
        factor = np.linalg.cholesky(one.covariance())
        np.testing.assert_allclose(factor, fit.scale_tril[step], rtol=1e-13, atol=1e-15)


def test_any_other_distribution_is_put_back():
    q = mixture()
    fit = minimize_kl(
        q, P, direction="forward", estimator="samples", seed=0, num_steps=12, record_every=5
    )
    assert sorted(fit.parameters) == ["loc", "logits", "scale"]
    point = np.array([0.3, -0.4])
    at_end = q.log_prob(point).numpy()
    fit.restore(q, 10)
    np.testing.assert_allclose(q.components_distribution.stddev(), fit.parameters["scale"][2])
    assert q.log_prob(point) != at_end
    fit.restore(q, 12)
    np.testing.assert_allclose(q.log_prob(point), at_end, rtol=1e-14)


def test_a_saved_fit_is_put_back(tmp_path):
    q = mixture()
    fit = minimize_kl(q, P, direction="forward", estimator="samples", seed=0, num_steps=3)
    fit.save(tmp_path / "fit.npz")
    other = mixture()
    Trajectory.load(tmp_path / "fit.npz").restore(other, 3)
    np.testing.assert_allclose(other.log_prob(np.zeros(2)), q.log_prob(np.zeros(2)), rtol=1e-14)


def test_names_are_unique_and_values_constrained():
    loc = [tf.Variable(np.zeros(2), name="loc") for _ in range(2)]
    scale = tfp.util.TransformedVariable(np.float64(3), tfb.Exp(), name="scale")
    bijector = tfb.Chain([tfb.Shift(loc[0]), tfb.Shift(loc[1]), tfb.Scale(scale)])
    q = tfd.TransformedDistribution(tfd.MultivariateNormalDiag(np.zeros(2)), bijector)
    found = trainable_parameters(q)
    assert sorted(found) == ["loc", "loc_1", "scale"]
    assert found["scale"] is scale
    assert list(found) == [
        "scale" if v is scale.pretransformed_input else next(n for n in found if found[n] is v)
        for v in q.trainable_variables
    ]


GAUSSIAN = Trajectory("reverse", [1.0, 0.5], np.zeros((2, 2)), np.tile(np.eye(2), (2, 1, 1)))


@pytest.mark.parametrize(
    ("trajectory", "q", "step", "message"),
    [
        (GAUSSIAN, KINDS["diagonal"], 2, r"step must be one that was recorded, \[0 1\]; got 2"),
        (
            GAUSSIAN,
            mixture,
            1,
            r"as loc, scale_diag or scale_tril, since .* no parameters; got Mix",
        ),
        (
            GAUSSIAN,
            lambda: trainable_diag_gaussian(np.zeros(3), np.ones(3)),
            1,
            r"loc of q must have shape \(2,\); got \(3,\)",
        ),
        (
            Trajectory("reverse", [1.0], parameters={"rate": [1.0]}),
            KINDS["diagonal"],
            0,
            r"q must have the trainable quantities rate; got loc, scale",
        ),
        (
            Trajectory("reverse", [1.0]),
            KINDS["diagonal"],
            0,
            r"the trajectory must hold parameters, or be that of a Gaussian vector",
        ),
    ],
)
def test_what_cannot_be_put_back_is_said_and_changes_nothing(trajectory, q, step, message):
    q = q()
    before = [variable.numpy() for variable in q.trainable_variables]
    with pytest.raises(ValueError, match=message):
        trajectory.restore(q, step)
    for variable, value in zip(q.trainable_variables, before, strict=True):
        np.testing.assert_array_equal(variable, value)
