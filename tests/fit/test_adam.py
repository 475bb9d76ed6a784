"""Adam as a pure function gives the very steps of the Keras optimizer."""

import numpy as np
import pytest

from klhelpers.fit.adam import adam_update, initial_moments
from klhelpers.quiet_tensorflow import tf

GRADIENTS = {
    "ordinary": ([0.3, -1.2], [[2.0, 0.5]]),
    "tiny": ([1e-9, -1e-9], [[1e-12, 0.0]]),  # as small as epsilon, which then matters
    "huge": ([1e15, -1e10], [[1e12, 1e17]]),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", GRADIENTS)
def test_steps_are_those_of_keras(name, dtype):
    gradients = tuple(tf.constant(g, dtype) for g in GRADIENTS[name])
    ours = tuple(tf.Variable(tf.zeros_like(g)) for g in gradients)
    theirs = tuple(tf.Variable(tf.zeros_like(g)) for g in gradients)
    keras = tf.keras.optimizers.Adam(0.05)
    moments = initial_moments(ours)
    rate = tf.constant(0.05, dtype)
    for step in range(1, 31):
        turned = tuple(g * np.cos(step) for g in gradients)  # so that the moments differ
        changes, moments = adam_update(tf.constant(step, dtype), turned, moments, rate)
        for variable, change in zip(ours, changes, strict=True):
            variable.assign_add(change)
        keras.apply_gradients(zip(turned, theirs, strict=True))
    # Keras keeps its learning rate in float32: half a unit of its last digit is the difference.
    rtol = 1e-5 if dtype == "float32" else 1e-7
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, rtol=rtol)


def test_moments_start_at_zero_with_shape_and_dtype_of_the_variables():
    variables = (tf.Variable([1.0, 2.0]), tf.Variable([[3.0]], dtype=tf.float64))
    for means in initial_moments(variables):
        assert [m.dtype for m in means] == [tf.float32, tf.float64]
        assert [m.numpy().tolist() for m in means] == [[0.0, 0.0], [[0.0]]]


def test_first_step_is_the_learning_rate_against_the_sign():
    gradient = (tf.constant([5.0, -0.01], tf.float64),)
    changes, _ = adam_update(
        tf.constant(1.0, tf.float64),
        gradient,
        initial_moments(gradient),
        tf.constant(0.1, tf.float64),
    )
    np.testing.assert_allclose(changes[0], [-0.1, 0.1], rtol=1e-3)
