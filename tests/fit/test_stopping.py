"""Fits that end early, report as they go, or record a part of their steps."""

import numpy as np
import pytest

from klhelpers import gaussian_target, minimize_kl, trainable_diag_gaussian
from klhelpers.fit import memory, run
from klhelpers.fit.watch import PERIOD

P = gaussian_target(np.array([0.8, 0.4, 1.0]))
FIT = {"num_steps": 330, "learning_rate": 0.05}


def start(locs=(2.0, -1.0)):
    return trainable_diag_gaussian(np.array(locs), np.ones(2))


@pytest.fixture(scope="module")
def whole():
    return minimize_kl(start(), P, **FIT)


# -- tolerance -----------------------------------------------------------------------------------


def first_settled(losses, tolerance):
    """The first multiple of 50 where the mean loss has fallen by less than the tolerance."""
    means = [losses[t - PERIOD + 1 : t + 1].mean() for t in range(PERIOD, len(losses), PERIOD)]
    falls = -np.diff(means)
    return PERIOD * (2 + int(np.argmax(falls < tolerance)))


@pytest.mark.parametrize("every", [1, 7])
@pytest.mark.parametrize("tolerance", [0.1, 1e-3])
def test_it_stops_as_soon_as_the_loss_has_settled(whole, tolerance, every):
    q = start()
    trajectory = minimize_kl(q, P, tolerance=tolerance, record_every=every, **FIT)
    expected = first_settled(whole.loss, tolerance)
    assert trajectory.num_steps == expected < FIT["num_steps"]
    assert trajectory.loss[-1] == whole.loss[expected]
    np.testing.assert_array_equal(q.mean(), whole.loc[expected])


def test_a_tolerance_that_is_not_met_changes_nothing(whole):
    assert minimize_kl(start(), P, tolerance=1e-300, **FIT).num_steps == FIT["num_steps"]


def test_a_batch_waits_for_its_slowest_member():
    locs = np.array([[0.0, 0.0], [8.0, 0.0]])
    alone = [minimize_kl(start(loc), P, tolerance=1e-2, **FIT).num_steps for loc in locs]
    both = minimize_kl(start(locs), P, tolerance=1e-2, **FIT)
    assert alone[0] < alone[1] == both.num_steps


# -- callback ------------------------------------------------------------------------------------


def test_a_callback_hears_of_every_fiftieth_step_and_the_last(whole):
    heard = []
    trajectory = minimize_kl(start(), P, callback=lambda *now: heard.append(now), **FIT)
    assert [step for step, _ in heard] == [50, 100, 150, 200, 250, 300, 330]
    assert all(isinstance(loss, np.ndarray) for _, loss in heard)
    np.testing.assert_array_equal([loss for _, loss in heard], whole.loss[[s for s, _ in heard]])
    np.testing.assert_array_equal(trajectory.loss, whole.loss)


@pytest.mark.parametrize("stop", [50, 150])
def test_a_callback_can_end_the_fit(whole, stop):
    q = start()
    trajectory = minimize_kl(q, P, callback=lambda step, loss: step == stop, **FIT)
    assert trajectory.num_steps == stop
    np.testing.assert_array_equal(q.mean(), whole.loc[stop])


def test_a_callback_may_answer_with_a_number_of_numpy(whole):
    trajectory = minimize_kl(start(), P, callback=lambda step, loss: loss < 1e9, **FIT)
    assert trajectory.num_steps == PERIOD


@pytest.mark.parametrize("at", [50, 100])
def test_an_exception_of_a_callback_has_the_record(whole, at):
    def callback(step, loss):
        if step == at:
            raise RuntimeError("too slow")

    q = start()
    with pytest.raises(RuntimeError, match="too slow") as caught:
        minimize_kl(q, P, callback=callback, **FIT)
    np.testing.assert_array_equal(caught.value.trajectory.loss, whole.loss[: at + 1])
    assert f"raised by callback after step {at} of 330" in caught.value.__notes__[0]
    np.testing.assert_array_equal(q.mean(), whole.loc[at])


# -- records -------------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [2, 7, 300, 1000])
def test_every_kth_step_and_the_last_are_recorded(whole, every):
    trajectory = minimize_kl(start(), P, record_every=every, **FIT)
    steps = sorted({*range(0, 331, every), 330})
    np.testing.assert_array_equal(trajectory.steps, steps)
    assert trajectory.num_steps == 330
    for name in ("loss", "loc", "scale_tril"):
        np.testing.assert_array_equal(getattr(trajectory, name), getattr(whole, name)[steps])


def test_large_entries_make_short_chunks(whole, monkeypatch):
    monkeypatch.setattr(run, "_CHUNK_BYTES", 10 * 64)
    fit = run.Fit(start(), P, direction="reverse", num_steps=25, learning_rate=0.05)
    lengths = [len(record.loss) for record in fit]
    assert max(lengths) < 15
    np.testing.assert_array_equal(fit.trajectory().loss, whole.loss[:26])


def test_a_record_larger_than_the_memory_is_refused_before_the_first_update(monkeypatch):
    monkeypatch.setattr(memory, "available_memory", lambda: 10**6)
    q = start()
    message = r"the record of 100,00\d steps would have 0\.\d GB, and 3 times .* give record_every"
    with pytest.raises(ValueError, match=message):
        minimize_kl(q, P, num_steps=100_000)
    np.testing.assert_array_equal(q.mean(), start().mean())
    assert minimize_kl(q, P, num_steps=100).num_steps == 100


def test_the_memory_of_this_machine_is_known():
    assert 10**7 < memory.available_memory() < 10**15


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"tolerance": 0}, ValueError, r"tolerance must be positive and finite; got 0"),
        ({"tolerance": "1"}, TypeError, r"tolerance must be a real number; got '1'"),
        ({"callback": 3}, TypeError, r"callback must be a callable; got 3"),
        ({"record_every": 0}, ValueError, r"record_every must be at least 1; got 0"),
        ({"record_every": 0.5}, TypeError, r"record_every must be a whole number; got 0\.5"),
    ],
)
def test_bad_input_is_named(changed, error, message):
    with pytest.raises(error, match=message):
        minimize_kl(start(), P, **changed)
