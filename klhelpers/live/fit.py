"""A fit under the reader's hand: start, direction, family, bijector, optimiser, rate."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from klhelpers.direction import ARROWS, check_direction, heading
from klhelpers.draw.styles import line_style
from klhelpers.live.descent import Descent, descend
from klhelpers.live.families import trainable
from klhelpers.live.gaussian_figure import GaussianFigure
from klhelpers.live.gaussians import draw_outlines
from klhelpers.live.quantities import Quantity
from klhelpers.optima import kl_floor

_VIEW = (-5, 5)


class FitFigure(GaussianFigure):
    """Fits of a Gaussian q to a Gaussian p, from the start that the reader drags.

    Parameters
    ----------
    loc_p, scale_p : (float, float)
        Mean, from -4 to 4, and standard deviations, from 0.2 to 3, of p.
    correlation_p : float
        From -0.99 to 0.99.
    family : {"isotropic", "diagonal", "full"}
        What q may be: a diagonal one has no correlation, an isotropic one equal scales, too.
    loc_q, scale_q : (float, float)
        Mean, from -4 to 4, and standard deviations, from 0.02 to 4, of the start of q.
    correlation_q : float
        Of the start, from -0.99 to 0.99.
    direction : {"both", "reverse", "forward"}
        What is minimised: KL(q‖p) for "reverse", KL(p‖q) for "forward".
    bijector : {"Exp", "Softplus"}
        Maps an unconstrained variable to a scale.
    optimiser : {"gradient descent", "Adam", "natural gradient"}
        What moves q.
    rate : float
        From 0.0001 to 2.
    num_steps : int
        Steps that the button *Fit* takes, from 1 to 2000.
    taken : int
        Steps that were taken, from 0 to 2000.
    step : int
        The step that is shown, from 0 to 2000; beyond the last one, the last is shown.
    log_axis : bool
        Whether the losses are shown as gaps on a logarithmic axis.
    hold_p : bool
        Whether p has handles, too.

    Raises
    ------
    TypeError
        If a name is unknown.
    ValueError
        If a value is out of its range, or the family does not allow the start.

    Notes
    -----
    `run` computes the same fits in NumPy.  The loss is the exact divergence in nats, not an
    estimate, and the floor is the least divergence of the family, in two dimensions the same for
    both directions.  A fit ends early where the next divergence is not finite.  It is not checked
    whether a fit has converged.

    Examples
    --------
    >>> figure = FitFigure(optimiser="gradient descent", rate=0.05)
    >>> print(f"{figure.run('reverse').loss[-1]:.4f} {figure.floor:.4f}")
    0.5121 0.5108
    """

    KIND = "fit"
    ALT = (
        "For each direction, ellipses of the target p, dashed, of a narrow q at its start, the "
        "path of its mean to the centre of p, and the q that it ends at: narrow in reverse, wide "
        "in forward. Below, both losses fall to the same dotted floor."
    )
    loc_p, loc_q = Quantity(KIND, "loc_p"), Quantity(KIND, "loc_q")
    scale_p, scale_q = Quantity(KIND, "scale_p"), Quantity(KIND, "scale_q")
    correlation_p = Quantity(KIND, "correlation_p")
    correlation_q = Quantity(KIND, "correlation_q")
    family, direction = Quantity(KIND, "family"), Quantity(KIND, "direction")
    bijector, optimiser = Quantity(KIND, "bijector"), Quantity(KIND, "optimiser")
    rate, num_steps = Quantity(KIND, "rate"), Quantity(KIND, "num_steps")
    taken, step = Quantity(KIND, "taken"), Quantity(KIND, "step")
    log_axis, hold_p = Quantity(KIND, "log_axis"), Quantity(KIND, "hold_p")

    def trainable_q(self) -> Any:
        """Make a new q at the start, which `klhelpers.minimize_kl` can train.

        Returns
        -------
        tfd.Distribution
            Of float64, with trainable variables; this loads TensorFlow.
        """
        return trainable(self.family, self.bijector, self.loc_q, self._tril_q)

    def run(self, direction: str) -> Descent:
        """Fit in one direction, for as many steps as were taken.

        Parameters
        ----------
        direction : {"reverse", "forward"}
            Which divergence is minimised.

        Returns
        -------
        Descent
            Loss, mean and scale factor of q at every step, the start included.

        Raises
        ------
        ValueError
            If the direction is unknown.
        """
        check_direction(direction)
        return descend(
            (np.array(self.loc_p), self._tril_p),
            (np.array(self.loc_q), self._tril_q),
            direction=direction,
            family=self.family,
            bijector=self.bijector,
            optimiser=self.optimiser,
            rate=self.rate,
            num_steps=self.taken,
        )

    def q(self, direction: str) -> Any:
        """Return q of one direction at the step that is shown.

        Parameters
        ----------
        direction : {"reverse", "forward"}
            Which of the two fits.

        Returns
        -------
        tfd.MultivariateNormalTriL
            Of float64; this loads TensorFlow.
        """
        from klhelpers.quiet_tensorflow import tfp

        run = self.run(direction)
        at = min(self.step, run.loss.size - 1)
        return tfp.distributions.MultivariateNormalTriL(run.loc[at], run.scale_tril[at])

    @property
    def floor(self) -> float:
        """The least divergence of the family, in nats."""
        # In the plane it is that of "forward".
        return float(kl_floor(self._tril_p, direction="reverse", family=self.family))

    def still(self) -> Figure:
        """Draw the paths and the ends of the chosen directions, and their losses."""
        fig = Figure(figsize=(7.4, 6.4), layout="constrained")
        above, below = fig.subfigures(2, 1, height_ratios=(3.4, 2.6), squeeze=False)[:, 0]
        chosen = [one for one in ARROWS if self.direction in ("both", one)]
        panels = above.subplots(1, len(chosen), squeeze=False)[0]
        losses = below.subplots()
        for ax, direction in zip(panels, chosen, strict=True):
            run = self.run(direction)
            self._panel(ax, direction, run)
            loss = run.loss - self.floor if self.log_axis else run.loss
            losses.plot(loss, label=ARROWS[direction], **line_style(direction, markevery=0.1))
        if self.log_axis:
            losses.set(yscale="log", ylabel="gap = loss − floor (nats)")
        else:
            losses.axhline(self.floor, label="floor", **line_style("reference"))
            losses.set(ylabel="loss (nats)")
        losses.set(xlabel="step")
        losses.legend(loc="best")
        return fig

    def _panel(self, ax: Axes, direction: str, run: Descent) -> None:
        at = min(self.step, run.loss.size - 1)
        style = line_style(direction, marker="")
        draw_outlines(ax, self.loc_p, self._tril_p, (1, 2, 3), **line_style("p", linewidth=0.9))
        draw_outlines(ax, run.loc[0], run.scale_tril[0], (1,), **line_style("q", alpha=0.7))
        ax.plot(*run.loc.T, **style)
        draw_outlines(ax, run.loc[at], run.scale_tril[at], (1, 2), **style)
        ax.plot(*run.loc[at], **line_style(direction, linestyle=""))
        ax.set(xlim=_VIEW, ylim=_VIEW, aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
        ax.set_title(heading(direction))
