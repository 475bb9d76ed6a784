"""Fits with an optimizer of Keras, which keeps its state from one call to the next."""

import numpy as np
import pytest

from klhelpers import gaussian_target, minimize_kl, trainable_diag_gaussian
from klhelpers.fit import own_graph
from klhelpers.quiet_tensorflow import tf

P = {dtype: gaussian_target(np.array([0.8, 0.4, 1.0], dtype)) for dtype in ("float32", "float64")}
ESTIMATED = {"estimator": "reparameterised", "seed": 3, "num_samples": 10}


def start(dtype="float64"):
    return trainable_diag_gaussian(np.array([2.0, -1.0], dtype), np.array([1.0, 0.5], dtype))


def adam(rate=0.05):
    return tf.keras.optimizers.Adam(rate)


@pytest.mark.parametrize("options", [{}, ESTIMATED], ids=["closed form", "estimator"])
@pytest.mark.parametrize("dtype", P)
def test_two_calls_are_one_fit_to_the_bit(dtype, options):
    q, optimizer = start(dtype), adam()
    parts = [
        minimize_kl(q, P[dtype], optimizer=optimizer, num_steps=100, **options) for _ in range(2)
    ]
    whole = minimize_kl(start(dtype), P[dtype], optimizer=adam(), num_steps=200, **options)
    for name in ("loss", "loc", "scale_tril"):
        first, second = (getattr(part, name) for part in parts)
        np.testing.assert_array_equal(np.concatenate([first, second[1:]]), getattr(whole, name))
    assert int(optimizer.iterations) == 200


def test_a_forgotten_state_would_be_seen():
    q = start()
    parts = [minimize_kl(q, P["float64"], optimizer=adam(), num_steps=20) for _ in range(2)]
    whole = minimize_kl(start(), P["float64"], optimizer=adam(), num_steps=40)
    assert np.max(np.abs(parts[1].loss - whole.loss[20:])) > 1e-6


def test_keras_adam_takes_the_steps_of_ours():
    """Both variables have a slot of their own: sharing one gives another path."""
    ours = minimize_kl(start(), P["float64"], learning_rate=0.05, num_steps=60)
    keras = minimize_kl(start(), P["float64"], optimizer=adam(), num_steps=60)
    np.testing.assert_allclose(keras.loss, ours.loss, rtol=1e-6)  # its rate is float32
    np.testing.assert_allclose(keras.loc, ours.loc, rtol=0, atol=1e-6)
    assert list(keras.parameters) == ["loc", "scale"]


def test_plain_gradient_descent():
    trajectory = minimize_kl(
        start(), P["float64"], optimizer=tf.keras.optimizers.SGD(0.125), num_steps=1
    )
    precision = np.linalg.inv(P["float64"].covariance().numpy())
    expected = trajectory.loc[0] - 0.125 * precision @ trajectory.loc[0]
    np.testing.assert_allclose(trajectory.loc[1], expected, rtol=1e-12)


def test_an_interrupted_chunk_puts_q_and_the_optimizer_back(monkeypatch):
    def interrupted(self, tensors, first):
        if first == 0:
            return record(self, tensors, first)
        raise KeyboardInterrupt  # q and the slots have moved on

    record = own_graph.OwnGraph._record
    monkeypatch.setattr(own_graph.OwnGraph, "_record", interrupted)
    q, optimizer = start(), adam()
    with pytest.warns(UserWarning, match=r"interrupted after step 0 of 30"):
        trajectory = minimize_kl(q, P["float64"], optimizer=optimizer, num_steps=30)
    assert trajectory.num_steps == int(optimizer.iterations) == 0
    np.testing.assert_array_equal(q.mean(), start().mean())
    monkeypatch.undo()
    resumed = minimize_kl(q, P["float64"], optimizer=optimizer, num_steps=30)
    whole = minimize_kl(start(), P["float64"], optimizer=adam(), num_steps=30)
    np.testing.assert_array_equal(resumed.loss, whole.loss)


def test_an_optimizer_of_other_variables_is_refused():
    optimizer, q = adam(), start()
    minimize_kl(start(), P["float64"], optimizer=optimizer, num_steps=1)
    with pytest.raises(ValueError, match=r"optimizer must be new, .* the Adam given holds the st"):
        minimize_kl(q, P["float64"], optimizer=optimizer, num_steps=1)
    np.testing.assert_array_equal(q.mean(), start().mean())


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"optimizer": "adam"}, TypeError, r"optimizer must be a Keras optimizer, .* got 'adam'"),
        ({"learning_rate": 0.1}, ValueError, r"learning_rate must not be given with an optimizer"),
        ({"p": P["float32"]}, TypeError, r"one dtype; got q float64 and p float32"),
    ],
)
def test_bad_input_is_named(changed, error, message):
    with pytest.raises(error, match=message):
        minimize_kl(**{"q": start(), "p": P["float64"], "optimizer": adam()} | changed)
