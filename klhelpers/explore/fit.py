"""Explorer of a fit by TensorFlow, of any trainable Gaussian q to any target."""

from collections.abc import Callable
from typing import Any

import numpy as np
from vectorplayer import VectorPlayer

from klhelpers._checks import float64_array
from klhelpers._shown import shown
from klhelpers.draw import animate_fit, density_grid
from klhelpers.draw.animation import frame_steps
from klhelpers.explore._fit_job import stop_running
from klhelpers.explore._settings import Settings, check_settings
from klhelpers.explore.explorer import Explorer
from klhelpers.fit import Trajectory
from klhelpers.nats import format_nats

_LEVELS = 12  # contours, evenly spaced between zero and the highest density of p in the panel


def explore_fit(
    p: Any,
    make_q: Callable[[], Any],
    *,
    direction: str = "reverse",
    learning_rate: float = 0.05,
    num_steps: int = 200,
    limits: tuple[float, float] = (-5.0, 5.0),
) -> Explorer:
    """Fit a trainable q of your own to a target of your own, with TensorFlow.

    With a kernel, controls choose the direction, the learning rate and the number of steps; *Fit*
    runs the fit in a thread, *Stop* ends it and keeps what was recorded, and the player shows it.
    Without one, the player shows the fit under the settings given here.

    Parameters
    ----------
    p : tfd.Distribution
        The target, of event shape (2,).
    make_q : callable
        Returns a new trainable q, a Gaussian vector of p's dtype, at each call: the start.
    direction : {"reverse", "forward"}
        Selected at first: KL(q‖p) or KL(p‖q).
    learning_rate : float
        Adam's.
    num_steps : int
        Updates, from 1 to 2000.
    limits : (float, float)
        Range of both axes of the panel.

    Returns
    -------
    Explorer
        Show it as the last expression of a cell.

    Raises
    ------
    TypeError, ValueError
        If a setting is invalid.  What `klhelpers.minimize_kl` raises, for example for a pair whose
        divergence is not registered, is shown beside the controls.

    Notes
    -----
    One fit runs at a time: *Fit*, a new ``explore_fit()``, and ``close`` stop the previous one.
    """
    settings = check_settings(
        p, make_q, direction=direction, learning_rate=learning_rate, num_steps=num_steps
    )
    ends = float64_array("limits", limits)
    if ends.shape != (2,) or not np.all(np.isfinite(ends)) or not ends[0] < ends[1]:
        raise ValueError(f"limits must be two increasing finite numbers; got {shown(limits)}")
    limits = float(ends[0]), float(ends[1])
    stop_running()

    def make_panel() -> Any:
        from klhelpers.explore._fit_panel import FitPanel  # loads ipywidgets

        return FitPanel(settings, lambda trajectory, chosen: play(trajectory, chosen, limits))

    return Explorer("a fit of q to p", lambda: _recorded(settings, limits), make_panel)


def play(trajectory: Trajectory, settings: Settings, limits: tuple[float, float]) -> VectorPlayer:
    """Play a fit with its loss curve beneath."""
    X1, X2 = density_grid(limits, num=160)
    highest = float(np.max(settings.p.prob(np.stack([X1, X2], -1).astype(_dtype(settings.p)))))
    levels = np.linspace(0, highest, _LEVELS + 2)[1:-1]
    anim = animate_fit(
        trajectory,
        settings.p,
        X1=X1,
        X2=X2,
        levels=levels,
        loss_curves=True,
        stride=settings.stride,
    )
    steps = frame_steps(trajectory.num_steps, settings.stride)

    def label(frame: int) -> str:
        step = steps[frame]
        return f"step {step}   {trajectory.arrow} = {format_nats(trajectory.loss[step])} nats"

    alt = (
        f"Contours of p, dashed, and of q. As Adam lowers {trajectory.arrow}, q moves over p. "
        "Below, the loss curve."
    )
    return VectorPlayer(anim, alt=alt, labels=label, slider="step of the fit")


def _dtype(p: Any) -> Any:
    return getattr(p.dtype, "as_numpy_dtype", np.float64)


def _recorded(settings: Settings, limits: tuple[float, float]) -> VectorPlayer:
    from klhelpers.fit import minimize_kl  # loads TensorFlow

    trajectory = minimize_kl(
        settings.make_q(),
        settings.p,
        direction=settings.direction,
        num_steps=settings.num_steps,
        learning_rate=settings.learning_rate,
    )
    return play(trajectory, settings, limits)
