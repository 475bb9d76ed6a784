"""A fit takes the lecture's steps, records them, and leaves other fits alone."""

from unittest.mock import MagicMock

import numpy as np
import pytest

from klhelpers import (
    gaussian_target,
    kl_floor,
    kl_gaussian,
    lecture_start,
    lecture_target,
    minimize_kl,
    optimal_diag_gaussian,
    trainable_diag_gaussian,
    trainable_full_gaussian,
)
from klhelpers._static import STATIC_VARIABLE
from klhelpers.fit import graph, loop, run
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions
DIRECTIONS = ["forward", "reverse"]


def lecture_loop(q, p, direction, num_steps):
    """The lecture's loop, one Keras update after another; what it sees before each of them."""

    @tf.function
    def loss_and_grads(dist_a, dist_b, reverse=False):
        with tf.GradientTape() as tape:
            loss = tfd.kl_divergence(*((dist_b, dist_a) if reverse else (dist_a, dist_b)))
        return loss, tape.gradient(loss, dist_a.trainable_variables)

    optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
    losses, locs, scales = [], [], []
    for _ in range(num_steps + 1):
        # The lecture's "reverse" is KL(p‖q), called forward today.
        loss, grads = loss_and_grads(q, p, reverse=direction == "forward")
        losses.append(loss.numpy())
        loc, log_scale = (variable.numpy() for variable in q.trainable_variables)
        locs.append(loc)
        scales.append(np.exp(log_scale))
        optimizer.apply_gradients(zip(grads, q.trainable_variables, strict=True))
    return np.array(losses), np.array(locs), np.array(scales)


def diagonals(trajectory):
    return np.diagonal(trajectory.scale_tril, axis1=-2, axis2=-1)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_step_is_that_of_the_lecture_s_loop(direction):
    losses, locs, scales = lecture_loop(lecture_start(), lecture_target(), direction, 250)
    trajectory = minimize_kl(lecture_start(), lecture_target(), direction=direction)
    np.testing.assert_allclose(trajectory.loss, losses, rtol=0, atol=2e-6)
    np.testing.assert_allclose(trajectory.loc, locs, rtol=0, atol=2e-6)
    np.testing.assert_allclose(diagonals(trajectory), scales, rtol=0, atol=2e-6)


def test_two_chunks_are_one_fit():
    """More steps than run in one graph: the moments and the step number must be carried over."""
    start, p = ([3.0, -2.0], np.array([2.0, 0.3])), gaussian_target(np.array([-0.5, 1.25, 1.0]))
    losses, locs, scales = lecture_loop(trainable_diag_gaussian(*start), p, "reverse", 270)
    trajectory = minimize_kl(trainable_diag_gaussian(*start), p, num_steps=270)
    # The Keras optimizer keeps its learning rate in float32, 2e-8 beside ours.
    np.testing.assert_allclose(trajectory.loss, losses, rtol=1e-6)
    np.testing.assert_allclose(trajectory.loc, locs, rtol=0, atol=1e-6)
    np.testing.assert_allclose(diagonals(trajectory), scales, rtol=1e-6)


def test_the_length_of_the_chunks_changes_nothing():
    p, fit = lecture_target(), {"direction": "reverse", "num_steps": 23, "learning_rate": 0.1}
    whole = minimize_kl(lecture_start(), p, **fit)
    records = list(run.Fit(lecture_start(), p, **fit, chunk=5))
    assert [len(record.loss) for record in records] == [1, 5, 5, 5, 5, 3]
    for name in ("loss", "loc", "scale_tril"):
        joined = np.concatenate([getattr(record, name) for record in records])
        np.testing.assert_array_equal(joined, getattr(whole, name))


@pytest.mark.parametrize(
    ("direction", "first", "last"), [("reverse", 0.871416, 0.1785), ("forward", 2.165799, 0.1787)]
)
def test_losses_of_the_lecture(direction, first, last):
    trajectory = minimize_kl(lecture_start(), lecture_target(), direction=direction)
    assert trajectory.loss[0] == pytest.approx(first, abs=1e-6)
    assert trajectory.loss[-1] == pytest.approx(last, abs=5e-5)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_loss_t_is_the_divergence_of_parameters_t(dtype, direction):
    p = gaussian_target(np.array([0.3, -0.7, 1.0], dtype), loc=np.array([1.0, 2.0], dtype))
    q = trainable_diag_gaussian(np.zeros(2, dtype), np.ones(2, dtype))
    trajectory = minimize_kl(q, p, direction=direction, num_steps=40, learning_rate=0.1)
    assert trajectory.direction == direction
    assert trajectory.num_steps == 40
    shapes = [getattr(trajectory, name).shape for name in ("loss", "loc", "scale_tril")]
    assert shapes == [(41,), (41, 2), (41, 2, 2)]
    assert {trajectory.loss.dtype, trajectory.loc.dtype, trajectory.scale_tril.dtype} == {
        np.dtype(dtype)
    }
    a = (trajectory.loc, trajectory.scale_tril)
    b = (p.mean().numpy(), p.scale_tril.numpy())
    pair = (*b, *a) if direction == "forward" else (*a, *b)
    atol = 1e-6 if dtype is np.float32 else 1e-14
    np.testing.assert_allclose(trajectory.loss, kl_gaussian(*pair), rtol=1e-5 * atol, atol=atol)
    np.testing.assert_array_equal(trajectory.loc[0], np.zeros(2))
    np.testing.assert_array_equal(trajectory.scale_tril[0], np.eye(2))
    np.testing.assert_array_equal(trajectory.loc[-1], q.mean())
    np.testing.assert_array_equal(diagonals(trajectory)[-1], q.stddev())


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("bijector", [tfb.Exp(), tfb.Softplus()], ids=["exp", "softplus"])
def test_arrives_at_the_closed_form_optimum(bijector, direction):
    p = gaussian_target(np.array([0.3, -0.2, 1.0, 0.5, 0.1, 0.8]), loc=np.array([1.0, 0.0, -1.0]))
    q = trainable_diag_gaussian(np.zeros(3), np.ones(3), scale_bijector=bijector)
    trajectory = minimize_kl(q, p, direction=direction, num_steps=2000, learning_rate=0.02)
    loc, tril = p.mean().numpy(), p.scale_tril.numpy()
    best = optimal_diag_gaussian(loc, tril, direction=direction)
    np.testing.assert_allclose(q.mean(), best.loc, atol=1e-5)
    np.testing.assert_allclose(q.stddev(), best.scale, rtol=1e-5)
    floor = kl_floor(tril, direction=direction)
    assert trajectory.loss[-1] == pytest.approx(floor, abs=1e-8)
    assert np.all(trajectory.loss > floor - 1e-12)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_full_covariance_reaches_zero(direction):
    p = gaussian_target(np.array([0.3, -0.7, 1.0]), loc=np.array([1.0, 2.0]))
    q = trainable_full_gaussian(np.zeros(2), np.eye(2))
    trajectory = minimize_kl(q, p, direction=direction, num_steps=1500, learning_rate=0.02)
    assert 0 <= trajectory.loss[-1] < 1e-8
    np.testing.assert_allclose(trajectory.scale_tril[-1], p.scale_tril, atol=1e-4)


def test_a_second_fit_finds_its_graph_and_trains_its_own_variables():
    p = lecture_target()
    first, second, again = lecture_start(), lecture_start(seed=1), lecture_start(seed=1)
    minimize_kl(first, p, num_steps=20)
    fitted = first.mean().numpy()
    graphs = (graph.start_state, graph.run_steps)
    traced = [graph.experimental_get_tracing_count() for graph in graphs]
    other_p = gaussian_target([1.0, -1.0, 0.5])  # an argument, never captured
    trajectory = minimize_kl(second, other_p, num_steps=30, learning_rate=0.02)
    assert [graph.experimental_get_tracing_count() for graph in graphs] == traced
    np.testing.assert_array_equal(first.mean(), fitted)
    np.testing.assert_array_equal(second.mean(), trajectory.loc[-1])
    losses, _, _ = lecture_loop(again, other_p, "reverse", 0)
    np.testing.assert_allclose(trajectory.loss[0], losses[0], rtol=1e-6)
    assert trajectory.loss[-1] < trajectory.loss[0]


def test_fits_of_many_kinds_leave_no_log_line(caplog, capfd):
    """Each kind of q is traced once: TensorFlow must not warn that this happens often."""
    p = gaussian_target(np.zeros(3))
    for batch in range(1, 7):
        minimize_kl(trainable_diag_gaussian(np.zeros((batch, 2)), np.ones(2)), p, num_steps=1)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_batch_equals_single_fits(direction):
    rng = np.random.default_rng(0)
    locs, scales = rng.normal(size=(4, 2)), rng.uniform(0.3, 2, size=(4, 2))
    p = gaussian_target(np.array([-0.5, 1.25, 1.0]))
    batch = minimize_kl(trainable_diag_gaussian(locs, scales), p, direction=direction, num_steps=60)
    assert batch.loss.shape == (61, 4)
    assert batch.loc.shape == (61, 4, 2)
    assert batch.scale_tril.shape == (61, 4, 2, 2)
    for i in range(4):
        q = trainable_diag_gaussian(locs[i], scales[i])
        single = minimize_kl(q, p, direction=direction, num_steps=60)
        np.testing.assert_allclose(batch.loss[:, i], single.loss, rtol=1e-12)
        np.testing.assert_allclose(batch.loc[:, i], single.loc, atol=1e-12)
        np.testing.assert_allclose(batch.scale_tril[:, i], single.scale_tril, atol=1e-12)


def test_one_q_for_a_batch_of_targets_is_recorded_for_each():
    p = gaussian_target(np.random.default_rng(1).normal(size=(3, 3)))
    trajectory = minimize_kl(trainable_diag_gaussian(np.zeros(2), np.ones(2)), p, num_steps=5)
    assert trajectory.loss.shape == (6, 3)
    assert trajectory.loc.shape == (6, 3, 2)
    np.testing.assert_allclose(
        trajectory.loss,
        kl_gaussian(trajectory.loc, trajectory.scale_tril, p.mean().numpy(), p.scale_tril.numpy()),
        rtol=1e-12,
    )


def test_one_step_and_the_default_direction():
    trajectory = minimize_kl(lecture_start(), lecture_target(), num_steps=1)
    assert trajectory.num_steps == 1
    assert trajectory.direction == "reverse"
    assert trajectory.loss[0] == pytest.approx(0.871416, abs=1e-6)


@pytest.mark.parametrize(("value", "disabled"), [("1", True), ("", False)])
def test_no_progress_bar_on_a_page(value, disabled, monkeypatch):
    asked = []
    monkeypatch.setenv(STATIC_VARIABLE, value)
    monkeypatch.setattr(loop, "tqdm", lambda *, disable, **_: asked.append(disable) or MagicMock())
    minimize_kl(lecture_start(), lecture_target(), num_steps=run.CHUNK + 50)
    assert asked == [disabled]
