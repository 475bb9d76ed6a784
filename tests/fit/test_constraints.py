"""Fits whose variables have a constraint, as those of a masked network have."""

import numpy as np
import pytest

from klhelpers import minimize_kl
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions


def masked_flow():
    """An autoregressive flow: its second input must not reach its first output."""
    network = tfb.AutoregressiveNetwork(
        params=2,
        event_shape=[2],
        hidden_units=[8],
        activation="tanh",
        kernel_initializer=tf.keras.initializers.Constant(0.1),
    )
    network.build([2])
    start = tfd.MultivariateNormalDiag([0.0, 0.0], [1.0, 1.0])
    return tfd.TransformedDistribution(start, tfb.MaskedAutoregressiveFlow(network))


@pytest.mark.parametrize("optimizer", [None, "adam"])
def test_a_masked_network_stays_masked(optimizer):
    q, p = masked_flow(), tfd.MultivariateNormalTriL([1.0, 2.0], [[1.0, 0.0], [0.8, 0.6]])
    given = tf.keras.optimizers.Adam(0.05) if optimizer else None
    minimize_kl(
        q, p, estimator="reparameterised", num_samples=50, seed=0, num_steps=20, optimizer=given
    )
    z = tf.constant([[0.3, -0.4]])
    with tf.GradientTape() as tape:
        tape.watch(z)
        x = q.bijector.forward(z)
    jacobian = tape.jacobian(x, z).numpy().reshape(2, 2)
    assert jacobian[0, 1] == 0
    assert jacobian[1, 0] != 0  # the fit has found the correlation


@pytest.mark.parametrize("options", [{}, {"estimator": "reparameterised", "seed": 0}])
def test_a_constraint_holds_at_every_step(options):
    """Here that of a mean that must not be positive, with and without a closed form."""
    loc = tf.Variable([-1.0, -1.0], constraint=lambda value: tf.minimum(value, 0.0))
    q = tfd.MultivariateNormalDiag(loc, tf.Variable([1.0, 1.0], trainable=False))
    p = tfd.MultivariateNormalDiag([1.0, -0.5], [1.0, 1.0])
    fit = minimize_kl(q, p, num_steps=60, learning_rate=0.1, **options)
    assert np.all(fit.loc <= 0)
    assert loc.numpy()[0] == 0
