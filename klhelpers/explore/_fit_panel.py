"""The panel of the second explorer: settings, Fit, Stop, a progress bar and the player."""

from collections.abc import Callable

import ipywidgets as widgets
from vectorplayer import VectorPlayer

from klhelpers.direction import ARROWS
from klhelpers.explore._fit_job import FitJob
from klhelpers.explore._live import CONTROL, Message, choice, rows, slider
from klhelpers.explore._settings import MOST_STEPS, Settings
from klhelpers.explore.families import BIJECTORS, NAMES
from klhelpers.fit import Trajectory
from klhelpers.nats import format_nats


class FitPanel:
    """Controls that choose a fit, run it, and show it.

    Parameters
    ----------
    start : Settings
        First values of the controls; of its target, only the correlation can be changed.
    play : callable
        Makes the player from a trajectory and its settings.
    """

    def __init__(
        self, start: Settings, play: Callable[[Trajectory, Settings], VectorPlayer]
    ) -> None:
        self._target, self._play, self.job = start.p, play, None
        self._closed = False
        arrows = [(arrow, direction) for direction, arrow in ARROWS.items()]
        families = [(name, family) for family, name in NAMES.items()]
        self.direction = choice("divergence", arrows, start.direction)
        self.family = choice("family of q", families, start.family)
        self.bijector = choice("bijector", BIJECTORS, start.bijector)
        self.correlation = slider("correlation of p", start.p.correlation, -0.99, 0.99, 0.01)
        self.loc = [
            slider(f"start loc {i}", value, -4, 4, 0.05) for i, value in enumerate(start.loc, 1)
        ]
        self.scale = [
            slider(f"start scale {i}", value, 0.01, 3, 0.01)
            for i, value in enumerate(start.scale, 1)
        ]
        self.learning_rate = slider("learning rate", start.learning_rate, 0.001, 1, 0.001)
        self.num_steps = slider("steps", start.num_steps, 1, MOST_STEPS, 1)
        self.fit = widgets.Button(description="Fit", tooltip="Fit q to p", button_style="primary")
        self.stop = widgets.Button(description="Stop", tooltip="Stop the fit", disabled=True)
        self.bar = widgets.IntProgress(
            0, 0, start.num_steps, description="progress", layout=CONTROL
        )
        self.state, self.message = widgets.HTML("Choose, then press Fit."), Message()
        self.output = widgets.Output()
        self.fit.on_click(self.message.guard(lambda _: self.begin()))
        self.stop.on_click(self.message.guard(lambda _: self.job.stop()))
        self.family.observe(self._one_scale_only, names="value")
        self._one_scale_only()
        buttons = widgets.HBox([self.fit, self.stop])
        chosen = [self.direction, self.family, self.bijector, self.correlation]
        numbers = [*self.loc, *self.scale, self.learning_rate, self.num_steps]
        controls = [*chosen, *numbers, buttons, self.bar, self.state, self.message.widget]
        self.widget = rows(widgets.VBox(controls), self.output)

    @property
    def settings(self) -> Settings:
        """The settings that the controls describe; all their values are valid."""
        scales = [control.value for control in self.scale]
        return Settings(
            self._target._replace(correlation=self.correlation.value),
            self.direction.value,
            self.family.value,
            self.bijector.value,
            tuple(control.value for control in self.loc),
            (scales[0],) * 2 if self.family.value == "isotropic" else tuple(scales),
            self.learning_rate.value,
            self.num_steps.value,
        )

    def begin(self) -> None:
        """Start the fit that the controls describe; stop a fit that still runs."""
        settings = self.settings
        job = FitJob(
            settings,
            lambda done, loss: self._progress(job, settings, done, loss),
            lambda *ending: self._end(job, settings, *ending),
        )
        self.job = job
        self.bar.max, self.bar.value = settings.num_steps, 0
        self.fit.disabled, self.stop.disabled = True, False
        self.state.value = "Starting; the first fit of a kind takes some seconds."
        self.output.outputs = ()
        job.start()

    def close(self) -> None:
        """Stop the fit; nothing is shown afterwards."""
        self._closed = True
        if self.job is not None:
            self.job.stop()

    def _one_scale_only(self, change=None) -> None:
        self.scale[1].disabled = self.family.value == "isotropic"

    def _current(self, job: FitJob) -> bool:
        return job is self.job and not self._closed

    def _progress(self, job: FitJob, settings: Settings, done: int, loss: float) -> None:
        if self._current(job):
            self.bar.value = done
            self.state.value = (
                f"Step {done}: {ARROWS[settings.direction]} = {format_nats(loss)} nats"
            )

    def _end(
        self,
        job: FitJob,
        settings: Settings,
        trajectory: Trajectory | None,
        stopped: bool,
        error: Exception | None,
    ) -> None:
        """Show what was recorded and what went wrong (runs in the thread of the fit)."""
        if not self._current(job):
            return
        try:
            if error is not None:
                self.message.show(f"{type(error).__name__}: {error}")
            if trajectory is not None:
                self.bar.value = trajectory.num_steps
                self.state.value = "Drawing the frames ..."
                self._show(trajectory, settings, stopped)
        except Exception as found:
            self.message.show(f"{type(found).__name__}: {found}")
        finally:
            self.fit.disabled, self.stop.disabled = False, True

    def _show(self, trajectory: Trajectory, settings: Settings, stopped: bool) -> None:
        data = self._play(trajectory, settings)._repr_mimebundle_()
        data.pop("image/png")  # the widget shows the player alone
        # Unlike ipywidgets.HTML, an Output runs the player's script.
        self.output.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)
        loss = trajectory.loss[-1]
        self.state.value = (
            f"{'Stopped at' if stopped else 'Done:'} step {trajectory.num_steps}, "
            f"{trajectory.arrow} = {format_nats(loss)} nats, "
            f"{format_nats(loss - settings.floor)} above the floor."
        )
