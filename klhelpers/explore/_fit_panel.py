"""The panel of the explorer: settings, Fit, Stop, a progress bar and the player."""

from collections.abc import Callable

import ipywidgets as widgets
from vectorplayer import VectorPlayer

from klhelpers.direction import ARROWS
from klhelpers.explore._fit_job import FitJob
from klhelpers.explore._live import CONTROL, Message, choice, rows, slider
from klhelpers.explore._settings import MOST_STEPS, Settings
from klhelpers.fit import Trajectory
from klhelpers.nats import format_nats


class FitPanel:
    """Controls that choose a fit, run it, and show it.

    Parameters
    ----------
    start : Settings
        Target and q, and the first values of the controls.
    play : callable
        Makes the player from a trajectory and its settings.
    """

    def __init__(
        self, start: Settings, play: Callable[[Trajectory, Settings], VectorPlayer]
    ) -> None:
        self._start, self._play = start, play
        self.job: FitJob | None = None
        self._closed = False
        arrows = [(arrow, direction) for direction, arrow in ARROWS.items()]
        self.direction = choice("divergence", arrows, start.direction)
        lowest, highest = min(0.001, start.learning_rate), max(1.0, start.learning_rate)
        self.learning_rate = slider("learning rate", start.learning_rate, lowest, highest, 0.001)
        self.num_steps = slider("steps", start.num_steps, 1, MOST_STEPS, 1)
        self.fit = widgets.Button(description="Fit", tooltip="Fit q to p", button_style="primary")
        self.stop = widgets.Button(description="Stop", tooltip="Stop the fit", disabled=True)
        self.reset = widgets.Button(description="Reset", tooltip="Reset the settings")
        self.bar = widgets.IntProgress(
            0, 0, start.num_steps, description="progress", layout=CONTROL
        )
        self.state, self.message = widgets.HTML("Choose, then press Fit."), Message()
        self.output = widgets.Output()
        self.fit.on_click(self.message.guard(lambda _: self.begin()))
        self.stop.on_click(self.message.guard(lambda _: self._stop()))
        self.reset.on_click(self.message.guard(lambda _: self._reset()))
        buttons = widgets.HBox([self.fit, self.stop, self.reset])
        chosen = [self.direction, self.learning_rate, self.num_steps]
        controls = [*chosen, buttons, self.bar, self.state, self.message.widget]
        self.widget = rows(widgets.VBox(controls), self.output)

    @property
    def settings(self) -> Settings:
        """The settings that the controls describe; all their values are valid."""
        return self._start._replace(
            direction=self.direction.value,
            learning_rate=self.learning_rate.value,
            num_steps=self.num_steps.value,
        )

    def _stop(self) -> None:
        if self.job is not None:
            self.job.stop()

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

    def _reset(self) -> None:
        self.direction.value = self._start.direction
        self.learning_rate.value = self._start.learning_rate
        self.num_steps.value = self._start.num_steps

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
            f"{trajectory.arrow} = {format_nats(loss)} nats."
        )
