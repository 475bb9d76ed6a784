"""Explorer of a fit under settings that a reader chooses."""

from collections.abc import Sequence

import numpy as np
from vectorplayer import VectorPlayer

from klhelpers.direction import ARROWS
from klhelpers.draw.animation import animate_fit, frame_steps
from klhelpers.draw.contours import density_grid
from klhelpers.explore._bivariate import checked_gaussian
from klhelpers.explore._comparison_figure import LIMITS
from klhelpers.explore._fit_job import stop_running
from klhelpers.explore._settings import Settings, check_settings
from klhelpers.explore.explorer import Explorer
from klhelpers.explore.families import NAMES, target, trainable
from klhelpers.fit import Trajectory
from klhelpers.nats import format_nats

LEVELS = np.linspace(0.005, 0.3, 14)  # densities


def explore_fit(
    *,
    loc_p: Sequence[float] = (0.0, 0.0),
    scale_p: Sequence[float] = (1.5, 1.0),
    correlation_p: float = 0.8,
    direction: str = "reverse",
    family: str = "diagonal",
    bijector: str = "Exp",
    loc: Sequence[float] = (-2.0, 1.5),
    scale: Sequence[float] = (0.5, 0.5),
    learning_rate: float = 0.05,
    num_steps: int = 200,
) -> Explorer:
    """Fit a Gaussian q to a Gaussian p under settings of your own.

    With a kernel, controls choose the settings, *Fit* runs the fit in a thread, *Stop* ends it
    and keeps what was recorded, and the player shows it.  Without one, the player shows the fits
    of both directions under the settings given here.

    Parameters
    ----------
    loc_p, scale_p : (float, float)
        Means and standard deviations of the target p.
    correlation_p : float
        Its correlation, between -1 and 1.
    direction : {"reverse", "forward"}
        Selected at first: KL(q‖p) or KL(p‖q).  The player on a page shows both.
    family : {"isotropic", "diagonal", "full"}
        Covariances of q: one variance for both components, two variances (mean-field), or any
        covariance.
    bijector : {"Exp", "Softplus"}
        From unconstrained numbers to the scale, or to the diagonal of its Cholesky factor.
    loc : (float, float)
        Mean of q at the start.
    scale : (float, float)
        Standard deviations of q at the start; an isotropic q takes the first.
    learning_rate : float
        Adam's.
    num_steps : int
        Updates, from 1 to 2000.

    Returns
    -------
    Explorer
        Show it as the last expression of a cell.

    Raises
    ------
    TypeError, ValueError
        If a setting is invalid.

    Notes
    -----
    TensorFlow is loaded when the first fit starts.  One fit runs at a time: *Fit*, a new
    ``explore_fit()``, and ``close`` stop the previous one.
    """
    p = checked_gaussian("p", loc_p, scale_p, correlation_p)
    settings = check_settings(
        p,
        direction=direction,
        family=family,
        bijector=bijector,
        loc=loc,
        scale=scale,
        learning_rate=learning_rate,
        num_steps=num_steps,
    )
    stop_running()

    def make_panel():
        from klhelpers.explore._fit_panel import FitPanel  # loads ipywidgets

        return FitPanel(settings, lambda trajectory, chosen: play([trajectory], [chosen]))

    return Explorer("a fit of q to p", lambda: _both_directions(settings), make_panel)


def play(trajectories: list[Trajectory], settings: list[Settings]) -> VectorPlayer:
    """Play fits of one length to one target side by side, loss curves beneath."""
    first = settings[0]
    X1, X2 = density_grid(LIMITS, num=120)
    anim = animate_fit(
        trajectories,
        first.p,
        X1=X1,
        X2=X2,
        levels=LEVELS,
        floors=[chosen.floor for chosen in settings],
        loss_curves=True,
        stride=first.stride,
    )
    steps = frame_steps(trajectories[0].num_steps, first.stride)

    def label(frame: int) -> str:
        step = steps[frame]
        values = [f"{fit.arrow} = {format_nats(fit.loss[step])} nats" for fit in trajectories]
        return "   ".join([f"step {step}", *values])

    arrows = " and ".join(fit.arrow for fit in trajectories)
    alt = (
        f"Contours of p, dashed, and of q, whose family is {NAMES[first.family]}. As Adam lowers "
        f"{arrows}, q moves to p from mean {first.loc}, scale {first.scale}. Below, loss curves."
    )
    return VectorPlayer(anim, alt=alt, labels=label, slider="step of the fit")


def _both_directions(settings: Settings) -> VectorPlayer:
    from klhelpers.fit.loop import minimize_kl  # loads TensorFlow

    both = [settings._replace(direction=direction) for direction in ARROWS]
    trajectories = [
        minimize_kl(
            trainable(chosen.family, chosen.bijector, chosen.loc, chosen.scale),
            target(chosen.p),
            direction=chosen.direction,
            num_steps=chosen.num_steps,
            learning_rate=chosen.learning_rate,
        )
        for chosen in both
    ]
    return play(trajectories, both)
