"""Fits that are stopped, that break, or that never should begin."""

import pickle
import signal

import numpy as np
import pytest

from klhelpers import (
    NonFiniteLossError,
    gaussian_target,
    lecture_start,
    lecture_target,
    minimize_kl,
    trainable_diag_gaussian,
)
from klhelpers.fit import loop, programs, run
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions
STEPS = 4 * run.CHUNK


def whole_fit():
    return minimize_kl(lecture_start(), lecture_target(), num_steps=STEPS)


def assert_ends_at(trajectory, q, step):
    """The trajectory is the beginning of the whole one, and q stands where it ends."""
    whole = whole_fit()
    assert trajectory.num_steps == step
    np.testing.assert_array_equal(trajectory.loss, whole.loss[: step + 1])
    np.testing.assert_array_equal(trajectory.loc, whole.loc[: step + 1])
    np.testing.assert_array_equal(q.mean(), trajectory.loc[-1])
    np.testing.assert_array_equal(q.stddev(), np.diag(trajectory.scale_tril[-1]))


# -- Ctrl-C --------------------------------------------------------------------------------------


@pytest.fixture
def keyboard():
    """Ctrl-C raises KeyboardInterrupt, also where a shell started the tests without a keyboard."""
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, handler)


@pytest.mark.usefixtures("keyboard")
@pytest.mark.parametrize("updates", [1, 2])
def test_interrupt_between_chunks_keeps_what_was_recorded(monkeypatch, updates):
    class InterruptedBar(loop.tqdm):
        calls = 0

        def update(self, n=1):
            InterruptedBar.calls += 1
            if InterruptedBar.calls == updates:
                signal.raise_signal(signal.SIGINT)
            return super().update(n)

    monkeypatch.setattr(loop, "tqdm", InterruptedBar)
    q, step = lecture_start(), (1 + updates) * run.CHUNK  # the first chunk has no bar
    with pytest.warns(UserWarning, match=rf"interrupted after step {step} of {STEPS}; the traj"):
        trajectory = minimize_kl(q, lecture_target(), num_steps=STEPS)
    monkeypatch.undo()
    assert_ends_at(trajectory, q, step)


@pytest.mark.usefixtures("keyboard")
def test_interrupt_within_a_chunk_puts_q_back(monkeypatch):
    run_steps, calls = programs.run_steps, []

    def interrupted_run(*arguments):
        result = run_steps(*arguments)  # q's variables have moved on ...
        calls.append(result)
        if len(calls) == 2:
            signal.raise_signal(signal.SIGINT)  # ... when Ctrl-C comes
        return result

    monkeypatch.setattr(programs, "run_steps", interrupted_run)
    q, step = lecture_start(), run.CHUNK
    with pytest.warns(UserWarning, match=rf"interrupted after step {step} of {STEPS}"):
        trajectory = minimize_kl(q, lecture_target(), num_steps=STEPS)
    monkeypatch.undo()
    assert_ends_at(trajectory, q, step)


# -- losses that are not finite ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "learning_rate"), [("reverse", 20.0), ("forward", 20.0), ("reverse", 100.0)]
)
def test_a_rate_far_too_large_stops_the_fit(direction, learning_rate):
    arrow = {"forward": r"KL\(p‖q\)", "reverse": r"KL\(q‖p\)"}[direction]
    q = lecture_start()
    message = (
        rf"{arrow} must stay finite; it is (nan|inf) at step \d+, where loc is \[.*\], scale_tril "
        r"is \[\[.*\]\] and the variables are loc \[.*\], scale \[.*\]; .*error's \.trajectory"
    )
    with pytest.raises(NonFiniteLossError, match=message) as caught:
        minimize_kl(q, lecture_target(), direction=direction, learning_rate=learning_rate)
    error = caught.value
    assert f"at step {error.step}, where loc is {q.mean().numpy()}" in str(error)
    assert error.trajectory.num_steps == error.step - 1
    assert error.trajectory.direction == direction
    assert np.all(np.isfinite(error.trajectory.loss))
    np.testing.assert_array_equal(error.trajectory.loc[0], lecture_start().mean())


def test_the_error_can_be_sent_to_another_process():
    with pytest.raises(NonFiniteLossError) as caught:
        minimize_kl(lecture_start(), lecture_target(), learning_rate=100.0)
    copied = pickle.loads(pickle.dumps(caught.value))
    assert (str(copied), copied.step) == (str(caught.value), caught.value.step)
    np.testing.assert_array_equal(copied.trajectory.loss, caught.value.trajectory.loss)


def test_what_earlier_chunks_recorded_is_kept():
    """The same overflow, with chunks so short that it comes in a later one."""
    fit = {"direction": "reverse", "num_steps": 250, "learning_rate": 20.0}
    with pytest.raises(NonFiniteLossError) as one_chunk:
        minimize_kl(lecture_start(), lecture_target(), **fit)
    assert one_chunk.value.step > 12
    with pytest.raises(NonFiniteLossError) as many_chunks:
        list(run.Fit(lecture_start(), lecture_target(), **fit, chunk=5))
    assert many_chunks.value.step == one_chunk.value.step
    np.testing.assert_array_equal(
        many_chunks.value.trajectory.loss, one_chunk.value.trajectory.loss
    )


def test_a_start_without_a_finite_loss():
    q = trainable_diag_gaussian([1e30, 0.0], [1.0, 1.0])  # its square overflows float32
    with pytest.raises(
        NonFiniteLossError, match=r"it is inf at step 0, where loc is \[1"
    ) as caught:
        minimize_kl(q, lecture_target())
    assert caught.value.step == 0
    assert caught.value.trajectory is None
    assert ".trajectory" not in str(caught.value)


def test_one_bad_fit_of_a_batch_is_named_and_the_others_go_on():
    starts, p = np.array([[0.0, 0.0], [1e30, 0.0], [1.0, 2.0]], np.float32), lecture_target()
    q = trainable_diag_gaussian(starts, np.float32([1.0, 1.0]))
    message = r"KL\(q‖p\) did not stay finite for 1 of the 3 members .*, member 1 at step 0; their"
    with pytest.warns(UserWarning, match=message) as caught:
        trajectory = minimize_kl(q, p, num_steps=20)
    assert [warning.filename for warning in caught] == [__file__]
    for name in ("loss", "loc", "scale_tril"):
        values = getattr(trajectory, name)
        assert np.all(np.isnan(values[:, 1]))
        for member in (0, 2):
            lone = trainable_diag_gaussian(starts[member], np.float32([1.0, 1.0]))
            expected = getattr(minimize_kl(lone, p, num_steps=20), name)
            np.testing.assert_allclose(values[:, member], expected, rtol=1e-5, atol=1e-6)


def test_members_are_lost_one_after_another_until_none_is_left():
    """With this rate the scales overflow, the earlier the larger they are at the start."""
    p = lecture_target()
    q = trainable_diag_gaussian(np.zeros((2, 2), np.float32), np.float32([[1, 1], [1e3, 1e3]]))
    single = trainable_diag_gaussian(np.float32([0, 0]), np.float32([1, 1]))
    with pytest.raises(NonFiniteLossError) as lone:
        minimize_kl(single, p, learning_rate=100.0)
    with pytest.raises(NonFiniteLossError, match=r"it is \[.*\] at step") as caught:
        minimize_kl(q, p, learning_rate=100.0)
    assert caught.value.step >= lone.value.step


def test_a_nan_variable():
    q = lecture_start()
    q.trainable_variables[0].assign([np.nan, 0.0])
    with pytest.raises(NonFiniteLossError, match=r"it is nan at step 0, where loc is \[nan +0\.\]"):
        minimize_kl(q, lecture_target())


# -- fits that must not begin --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"num_steps": 0}, ValueError, r"num_steps must be at least 1; got 0"),
        ({"num_steps": -5}, ValueError, r"num_steps must be at least 1; got -5"),
        ({"num_steps": 2.5}, TypeError, r"num_steps must be a whole number; got 2\.5"),
        ({"num_steps": True}, TypeError, r"num_steps must be a whole number; got True"),
        ({"learning_rate": 0}, ValueError, r"learning_rate must be positive and finite; got 0"),
        ({"learning_rate": -0.1}, ValueError, r"learning_rate must be positive .*; got -0\.1"),
        ({"learning_rate": np.nan}, ValueError, r"learning_rate must be positive .*; got nan"),
        ({"learning_rate": np.inf}, ValueError, r"learning_rate must be positive .*; got inf"),
        ({"learning_rate": "0.1"}, TypeError, r"learning_rate must be a real number; got '0\.1'"),
        ({"direction": "kl_qp"}, ValueError, r"direction must be 'reverse', .*; got 'kl_qp'"),
        ({"q": None}, TypeError, r"q must be a TensorFlow Probability distribution; got None"),
        ({"p": "p"}, TypeError, r"p must be a TensorFlow Probability distribution; got 'p'"),
        (
            {"p": gaussian_target(np.zeros(3))},
            TypeError,
            r"q and p must have one dtype; got q float32 and p float64",
        ),
        (
            {"p": gaussian_target(np.zeros(6, np.float32))},
            ValueError,
            r"q and p must have one event shape; got q \(2,\) and p \(3,\)",
        ),
    ],
)
def test_bad_input_is_named_and_leaves_q_alone(changed, error, message):
    q, p = lecture_start(), lecture_target()
    before = [variable.numpy() for variable in q.trainable_variables]
    with pytest.raises(error, match=message):
        minimize_kl(**{"q": q, "p": p} | changed)
    for variable, value in zip(q.trainable_variables, before, strict=True):
        np.testing.assert_array_equal(variable, value)


def test_numpy_numbers_are_numbers():
    trajectory = minimize_kl(
        lecture_start(), lecture_target(), num_steps=np.int64(2), learning_rate=np.float32(0.01)
    )
    assert trajectory.num_steps == 2


def test_an_unregistered_pair_names_the_ways_out():
    mixture = tfd.MixtureSameFamily(
        tfd.Categorical(logits=[0.0, 0.0]), gaussian_target(np.zeros((2, 3), np.float32))
    )
    message = r"MultivariateNormalDiag and MixtureSameFamily have none: .*monte_carlo.*RegisterKL"
    with pytest.raises(TypeError, match=message):
        minimize_kl(lecture_start(), mixture)


def test_a_variable_without_gradient_is_named():
    idle = tf.Variable([1.0, 1.0])
    q = tfd.MultivariateNormalDiag(
        loc=tf.Variable([0.0, 0.0]), scale_diag=tfp.util.DeferredTensor(idle, tf.stop_gradient)
    )
    message = (
        r"every variable of q must reach KL\(q‖p\); q\.trainable_variables\[1\] gets no gradient"
    )
    with pytest.raises(ValueError, match=message):
        minimize_kl(q, lecture_target())


def test_a_q_that_is_no_vector():
    q = tfd.Normal(tf.Variable(0.0), tfp.util.TransformedVariable(1.0, tfb.Exp()))
    message = r"q must be a Gaussian vector, such as .*; got Normal of event shape \(\)"
    with pytest.raises(TypeError, match=message):
        minimize_kl(q, tfd.Normal(1.0, 2.0))
