"""A fit in a thread of the kernel, which reports its progress and can be stopped."""

import threading
from collections.abc import Callable

from klhelpers.explore._settings import Settings
from klhelpers.fit.trajectory import Trajectory

_CHUNK = 10  # updates between two checks whether to stop


class FitJob:
    """One fit; when it ends, for any reason, `on_end` gets what was recorded.

    Parameters
    ----------
    settings : Settings
    on_progress : callable
        Called with the number of steps done and the loss there, in the thread of the fit.
    on_end : callable
        Called once, in the same thread, with the trajectory (None if there is none), with
        whether the fit was stopped, and with the exception that ended it (or None).

    Notes
    -----
    The thread is a daemon: it does not keep a kernel alive that shuts down.
    """

    def __init__(
        self,
        settings: Settings,
        on_progress: Callable[[int, float], None],
        on_end: Callable[[Trajectory | None, bool, Exception | None], None],
    ) -> None:
        self._settings, self._on_progress, self._on_end = settings, on_progress, on_end
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="klhelpers-fit", daemon=True)

    def start(self) -> None:
        """Start the thread and return at once."""
        _Running.replace(self)
        self._thread.start()

    def stop(self) -> None:
        """Make the fit end soon; what it recorded is kept."""
        self._stopped.set()

    def join(self, timeout: float | None = None) -> None:
        """Wait until the fit has ended."""
        if self._thread.ident is not None:
            self._thread.join(timeout)

    @property
    def running(self) -> bool:
        """Whether the thread is running."""
        return self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    def _run(self) -> None:
        trajectory: Trajectory | None = None
        error: Exception | None = None
        settings = self._settings
        try:
            from klhelpers.fit.record import NonFiniteLossError
            from klhelpers.fit.run import Fit

            fit = Fit(
                settings.make_q(),
                settings.p,
                direction=settings.direction,
                num_steps=settings.num_steps,
                learning_rate=settings.learning_rate,
                chunk=_CHUNK,
            )
            try:
                for record in fit:
                    self._on_progress(fit.step, float(record.loss[-1]))
                    if self.stopped:
                        break
            except NonFiniteLossError as found:
                trajectory, error = found.trajectory, found
            else:
                trajectory = fit.trajectory()
        except Exception as found:
            error = found
        self._on_end(trajectory, self.stopped, error)


class _Running:
    """The only fit that may run: a second one would slow it down."""

    job: FitJob | None = None

    @classmethod
    def replace(cls, job: FitJob | None) -> None:
        if cls.job is not None:
            cls.job.stop()
        cls.job = job


def stop_running() -> None:
    """Stop the fit that runs, if there is one."""
    _Running.replace(None)
