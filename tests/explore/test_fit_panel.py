"""The panel of the second explorer: Fit, Stop, errors, and threads that end."""

import re
import threading

import matplotlib.pyplot as plt
import numpy as np
import pytest

from klhelpers import explore_fit, kl_gaussian
from klhelpers.explore import _fit_job
from klhelpers.explore.families import FAMILIES, family_floor

PATIENCE = 120  # seconds; TensorFlow is loaded and a graph traced on a busy machine


@pytest.fixture
def panel():
    explorer = explore_fit(num_steps=30)
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


@pytest.mark.parametrize("family", FAMILIES)
def test_fit_shows_a_player_and_the_gap(panel, family):
    panel.family.value = family
    panel.num_steps.value, panel.learning_rate.value = 400, 0.1
    panel.fit.click()
    assert panel.fit.disabled
    finish(panel)
    assert panel.message.text == ""
    assert panel.bar.value == panel.bar.max == 400
    assert not panel.fit.disabled
    assert panel.stop.disabled
    assert shown(panel).count("<vector-player>") == 1
    state = re.fullmatch(
        r"Done: step 400, KL\(q‖p\) = ([\d.]+) nats, ([\d.]+) above the floor\.", panel.state.value
    )
    floor = family_floor(family, panel.settings.p, "reverse")
    assert float(state[1]) == pytest.approx(floor, abs=2e-3)
    assert float(state[1]) - float(state[2]) == pytest.approx(floor, abs=1.1e-4)


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


def inverse_softplus(x):
    return np.log(np.expm1(x))


def test_controls_decide_the_fit(panel, played):
    panel.direction.value, panel.bijector.value = "forward", "Softplus"
    for slider, value in zip(
        [*panel.loc, *panel.scale, panel.correlation], [1.5, -1.0, 0.4, 0.25, -0.5], strict=True
    ):
        slider.value = value
    panel.learning_rate.value, panel.num_steps.value = 0.02, 7
    panel.fit.click()
    finish(panel)
    (fit,) = played
    assert (fit.direction, fit.num_steps) == ("forward", 7)
    np.testing.assert_allclose(fit.loc[0], [1.5, -1.0])
    np.testing.assert_allclose(np.diag(fit.scale_tril[0]), [0.4, 0.25])
    # The target has the standard deviations 1.5 and 1.
    p_tril = np.linalg.cholesky([[1.5**2, -0.5 * 1.5], [-0.5 * 1.5, 1.0]])
    expected = kl_gaussian([0, 0], p_tril, fit.loc[0], fit.scale_tril[0])
    assert fit.loss[0] == pytest.approx(expected, rel=1e-12)
    # Adam's first step is as long as the learning rate: for the scales, behind their bijector.
    np.testing.assert_allclose(np.abs(fit.loc[1] - fit.loc[0]), 0.02, rtol=1e-4)
    raw = inverse_softplus(np.diagonal(fit.scale_tril[:2], axis1=1, axis2=2))
    np.testing.assert_allclose(np.abs(raw[1] - raw[0]), 0.02, rtol=1e-4)


def test_an_isotropic_fit_starts_at_the_first_scale(panel, played):
    panel.family.value = "isotropic"
    panel.scale[0].value, panel.scale[1].value = 0.3, 2.0
    assert panel.scale[1].disabled
    panel.fit.click()
    finish(panel)
    diagonals = np.diagonal(played[0].scale_tril, axis1=1, axis2=2)
    np.testing.assert_allclose(diagonals[0], [0.3, 0.3])
    np.testing.assert_array_equal(diagonals[:, 0], diagonals[:, 1])
    panel.family.value = "full"
    assert not panel.scale[1].disabled


@pytest.mark.parametrize(
    ("control", "value", "kept"),
    [("num_steps", 0, 1), ("num_steps", 10**6, 2000), ("learning_rate", 0, 0.001)],
)
def test_invalid_numbers_cannot_be_entered(panel, control, value, kept):
    getattr(panel, control).value = value
    assert getattr(panel, control).value == kept
    panel.scale[0].value = 0
    assert panel.scale[0].value == 0.01


def test_error_in_the_thread_is_shown(panel, monkeypatch):
    def broken(*args):
        raise ValueError("no such <family>")

    monkeypatch.setattr(_fit_job, "trainable", broken)
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
    explore_fit()
    assert panel.job.stopped
    go.set()
    finish(panel)


def test_closing_stops_the_fit_and_shows_nothing(held):
    reached, go = held
    explorer = explore_fit(num_steps=2000)
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
        ({"family": "round"}, ValueError, "family must be one of isotropic, diagonal, full"),
        ({"bijector": "Square"}, ValueError, "bijector must be one of Exp, Softplus"),
        ({"num_steps": 0}, ValueError, "num_steps must be at least 1; got 0"),
        ({"num_steps": 9999}, ValueError, "num_steps must be at most 2000; got 9999"),
        ({"num_steps": 10.0}, TypeError, "num_steps must be a whole number"),
        ({"learning_rate": 0}, ValueError, "learning_rate must be positive"),
        ({"scale": (1, 0)}, ValueError, "scale_q must be positive"),
        ({"correlation_p": 1}, ValueError, "correlation_p must lie between"),
    ],
)
def test_invalid_settings_are_named(options, error, message):
    with pytest.raises(error, match=message):
        explore_fit(**options)


def test_page_shows_both_directions():
    explorer = explore_fit(num_steps=12)
    last = explorer.player.html
    found = re.search(r'"step 12   KL\(q‖p\) = ([\d.]+) nats   KL\(p‖q\) = ([\d.]+) nats"', last)
    assert found
    assert np.all(np.array(found.groups(), float) > 0)
    assert explore_fit(num_steps=12).player.html == last
