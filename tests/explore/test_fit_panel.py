"""The panel of the explorer: Fit, Stop, errors, and threads that end."""

import re
import threading

import matplotlib.pyplot as plt
import numpy as np
import pytest

from klhelpers import explore_fit, kl_floor, kl_gaussian, trainable_diag_gaussian
from klhelpers.explore import _fit_job
from klhelpers.explore.fit import play
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions
TRIL = np.array([[1.5, 0.0], [0.8, 0.6]])
P = tfd.MultivariateNormalTriL(loc=np.zeros(2), scale_tril=TRIL)
LOC, SCALE = np.array([-2.0, 1.5]), np.array([0.5, 0.4])


def make_q():
    return trainable_diag_gaussian(LOC, SCALE)


def explorer_of(**options):
    return explore_fit(P, make_q, **options)


PATIENCE = 120  # seconds; TensorFlow is loaded and a graph traced on a busy machine


@pytest.fixture
def panel():
    explorer = explorer_of(num_steps=30)
    yield explorer.panel
    explorer.close()
    if explorer.panel.job is not None:
        explorer.panel.job.join(PATIENCE)
    assert not fits()


@pytest.fixture
def held(monkeypatch):
    """Hold every fit after its first ten updates until the event is set."""
    reached, go = threading.Event(), threading.Event()
    progress = _fit_job.FitJob.__init__

    def patched(self, settings, on_progress, on_end):
        def report(done, loss):
            on_progress(done, loss)
            if done == 10:
                reached.set()
                assert go.wait(PATIENCE)

        progress(self, settings, report, on_end)

    monkeypatch.setattr(_fit_job.FitJob, "__init__", patched)
    yield reached, go
    go.set()


def fits():
    return [thread for thread in threading.enumerate() if thread.name == "klhelpers-fit"]


def finish(panel):
    panel.job.join(PATIENCE)
    assert not panel.job.running


def shown(panel):
    (output,) = panel.output.outputs
    return output["data"]["text/html"]


def test_fit_shows_a_player_and_the_divergence(panel):
    panel.num_steps.value, panel.learning_rate.value = 400, 0.1
    panel.fit.click()
    assert panel.fit.disabled
    finish(panel)
    assert panel.message.text == ""
    assert panel.bar.value == panel.bar.max == 400
    assert not panel.fit.disabled
    assert panel.stop.disabled
    assert shown(panel).count("<vector-player>") == 1
    state = re.fullmatch(r"Done: step 400, KL\(q‖p\) = ([\d.]+) nats\.", panel.state.value)
    assert float(state[1]) == pytest.approx(kl_floor(TRIL, direction="reverse"), abs=2e-3)


def test_stop_keeps_what_was_recorded(panel, held):
    reached, go = held
    panel.num_steps.value = 2000
    panel.fit.click()
    assert reached.wait(PATIENCE)
    assert not panel.stop.disabled
    panel.stop.click()
    go.set()
    finish(panel)
    assert panel.state.value.startswith("Stopped at step 10, KL(q‖p) = ")
    assert '"step 10   KL(q‖p) = ' in shown(panel)
    assert '"step 11   ' not in shown(panel)


@pytest.fixture
def played(panel, monkeypatch):
    """Collect the trajectories that the panel's fits hand to the player."""
    trajectories, play = [], panel._play

    def record(trajectory, settings):
        trajectories.append(trajectory)
        return play(trajectory, settings)

    monkeypatch.setattr(panel, "_play", record)
    return trajectories


def test_controls_decide_the_fit(panel, played):
    panel.direction.value = "forward"
    panel.learning_rate.value, panel.num_steps.value = 0.02, 7
    panel.fit.click()
    finish(panel)
    (fit,) = played
    assert (fit.direction, fit.num_steps) == ("forward", 7)
    np.testing.assert_allclose(fit.loc[0], LOC)
    np.testing.assert_allclose(np.diag(fit.scale_tril[0]), SCALE)
    expected = kl_gaussian([0, 0], TRIL, fit.loc[0], fit.scale_tril[0])
    assert fit.loss[0] == pytest.approx(expected, rel=1e-12)
    # Adam's first step is as long as the learning rate: for the scales, in their logarithm.
    np.testing.assert_allclose(np.abs(fit.loc[1] - fit.loc[0]), 0.02, rtol=1e-4)
    logs = np.log(np.diagonal(fit.scale_tril[:2], axis1=1, axis2=2))
    np.testing.assert_allclose(np.abs(logs[1] - logs[0]), 0.02, rtol=1e-4)
    panel.reset.click()
    assert panel.settings == explorer_of(num_steps=30).panel.settings


def test_target_and_q_may_be_of_other_kinds(played_of_laplace):
    """A target that is no Gaussian, and a q of independent components."""
    fit, floor = played_of_laplace
    assert fit.loss[-1] == pytest.approx(floor, abs=1e-4)


@pytest.fixture
def played_of_laplace():
    class Laplace(tfd.Laplace):
        """A type of our own, whose divergence we may register."""

    @tfd.RegisterKL(tfd.Normal, Laplace)
    def _kl(a, b, name=None):
        z = (a.loc - b.loc) / (a.scale * np.sqrt(2))
        distance = a.scale * np.sqrt(2 / np.pi) * tf.exp(-(z**2)) + (a.loc - b.loc) * tf.math.erf(z)
        return tf.math.log(2 * b.scale) + distance / b.scale - a.entropy()

    p = tfd.Independent(Laplace(np.zeros(2), np.ones(2)), 1)

    def make():
        scale = tfp.util.TransformedVariable(np.array([0.5, 2.0]), tfp.bijectors.Exp())
        return tfd.Independent(tfd.Normal(tf.Variable([1.0, -1.0], dtype=tf.float64), scale), 1)

    explorer = explore_fit(p, make, num_steps=400)
    panel, fits = explorer.panel, []
    panel._play = lambda trajectory, settings: (
        fits.append(trajectory) or play(trajectory, settings, (-5.0, 5.0))
    )
    panel.fit.click()
    finish(panel)
    assert panel.message.text == ""
    explorer.close()
    # With scale s and equal means: ln 2 + s √(2/π) − ½ ln(2πe s²), least at s = √(π/2).
    best = np.sqrt(np.pi / 2)
    floor = np.log(2) + 1 - 0.5 * np.log(2 * np.pi * np.e * best**2)
    return fits[0], 2 * floor


def test_divergence_that_is_not_registered_is_reported(panel, played):
    p = tfd.Independent(tfd.Laplace(np.zeros(2), np.ones(2)), 1)
    other = explore_fit(p, make_q).panel
    other.fit.click()
    finish(other)
    assert "a closed form registered" in other.message.text


@pytest.mark.parametrize(
    ("control", "value", "kept"),
    [("num_steps", 0, 1), ("num_steps", 10**6, 2000), ("learning_rate", 0, 0.001)],
)
def test_invalid_numbers_cannot_be_entered(panel, control, value, kept):
    getattr(panel, control).value = value
    assert getattr(panel, control).value == kept


def test_error_in_the_thread_is_shown(panel, monkeypatch):
    def broken():
        raise ValueError("no such <family>")

    monkeypatch.setattr(panel, "_start", panel._start._replace(make_q=broken))
    panel.fit.click()
    finish(panel)
    assert "ValueError: no such &lt;family&gt;" in panel.message.text
    assert panel.output.outputs == ()
    assert not panel.fit.disabled


def test_loss_that_is_not_finite_is_shown_with_what_came_before(panel, monkeypatch):
    """A learning rate far beyond the slider's: exp of the log scale overflows."""
    settings = panel.settings._replace(direction="reverse", learning_rate=1e3, num_steps=50)
    monkeypatch.setattr(type(panel), "settings", settings)
    panel.fit.click()
    finish(panel)
    assert "NonFiniteLossError" in panel.message.text
    assert shown(panel).count("<vector-player>") == 1


def test_error_of_the_drawing_is_shown(panel, monkeypatch):
    monkeypatch.setattr(panel, "_play", lambda *args: 1 / 0)
    panel.fit.click()
    finish(panel)
    assert "ZeroDivisionError: division by zero" in panel.message.text
    assert not panel.fit.disabled


def test_new_explorer_stops_the_fit_of_the_old_one(panel, held):
    reached, go = held
    panel.num_steps.value = 2000
    panel.fit.click()
    assert reached.wait(PATIENCE)
    assert not panel.job.stopped
    explorer_of()
    assert panel.job.stopped
    go.set()
    finish(panel)


def test_closing_stops_the_fit_and_shows_nothing(held):
    reached, go = held
    explorer = explorer_of(num_steps=2000)
    panel = explorer.panel
    panel.fit.click()
    assert reached.wait(PATIENCE)
    explorer.close()
    go.set()
    finish(panel)
    assert panel.output.outputs == ()
    assert not fits()


def test_fit_leaves_no_figure(panel):
    panel.fit.click()
    finish(panel)
    assert plt.get_fignums() == []


def test_thread_does_not_keep_a_kernel_alive(panel, held):
    reached, _go = held
    panel.num_steps.value = 2000
    panel.fit.click()
    assert reached.wait(PATIENCE)
    assert [thread.daemon for thread in fits()] == [True]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"direction": "up"}, ValueError, "direction must be 'reverse'"),
        ({"num_steps": 0}, ValueError, "num_steps must be at least 1; got 0"),
        ({"num_steps": 9999}, ValueError, "num_steps must be at most 2000; got 9999"),
        ({"num_steps": 10.0}, TypeError, "num_steps must be a whole number"),
        ({"learning_rate": 0}, ValueError, "learning_rate must be positive"),
        ({"limits": (1, 1)}, ValueError, "limits must be two increasing finite numbers"),
    ],
)
def test_invalid_settings_are_named(options, error, message):
    with pytest.raises(error, match=message):
        explorer_of(**options)


@pytest.mark.parametrize(
    ("p", "q", "message"),
    [(P, make_q(), "make_q must be a function"), (make_q, make_q, "p must be a distribution")],
)
def test_target_and_function_are_not_confused(p, q, message):
    with pytest.raises(TypeError, match=message):
        explore_fit(p, q)


def test_page_shows_a_recorded_fit():
    explorer = explorer_of(num_steps=12, direction="forward")
    last = explorer.player.html
    found = re.search(r'"step 12   KL\(p‖q\) = ([\d.]+) nats"', last)
    assert found
    assert float(found[1]) > 0
    assert explorer_of(num_steps=12, direction="forward").player.html == last
