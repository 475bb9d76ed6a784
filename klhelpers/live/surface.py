"""Both divergences as surfaces over the mean and the log scale of q, and the paths of fits."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from klhelpers.direction import ARROWS, check_direction, heading
from klhelpers.draw.styles import GREY, INK, line_style
from klhelpers.live.figure import LiveFigure
from klhelpers.live.line import line_divergence, line_path
from klhelpers.live.quantities import Quantity
from klhelpers.nats import format_nats

_LEVELS = np.array([0.02, 0.1, 0.3, 0.7, 1.5, 3, 6, 12, 25, 50, 100, 200])  # nats
_MEANS, _LOG_SCALES = (-4.0, 4.0), (-2.0, 2.0)
_MESH = 121
_SHADE = "#e4e4e4"


class SurfaceFigure(LiveFigure):
    r"""Both divergences over the mean and the log scale of q, with a start to be dragged.

    Parameters
    ----------
    scale_p : float
        Standard deviation σ of the target p = N(0, σ²), from 0.3 to 2.5.
    start : (float, float)
        Mean m, from -4 to 4, and log scale λ, from -2 to 2, of q = N(m, exp(2 λ)).
    optimiser : {"gradient descent", "Adam", "natural gradient"}
        What moves q from there.
    rate : float
        Its learning rate, from 0.0001 to 2.
    steps : int
        Number of steps, from 1 to 500.
    step : int
        The step that is marked, from 0 to 500; the last one if there are fewer.
    restart : int
        The step at which Adam forgets its running means, from 0 to 500; -1 for none.

    Raises
    ------
    TypeError
        If a name is unknown.
    ValueError
        If a value is out of its range.

    Notes
    -----
    In nats, with t = λ − ln σ,

    .. math::

        \begin{aligned}
        \operatorname{KL}(q \,\|\, p) &= \tfrac12 (e^{2t} - 1) - t \\
            &\quad + \tfrac12 m^2 / \sigma^2, \\
        \operatorname{KL}(p \,\|\, q) &= \tfrac12 (e^{-2t} - 1) + t \\
            &\quad + \tfrac12 m^2 e^{-2\lambda}.
        \end{aligned}

    The first is convex.  The Hessian of the second is indefinite where \|m\| > σ.  A fit has
    diverged when its next step has no finite divergence; the path ends before this step.  It is
    not checked whether a path stays in the picture.

    Examples
    --------
    >>> figure = SurfaceFigure(steps=100)
    >>> figure.path("reverse").shape
    (101, 2)
    >>> figure.path("reverse")[73].round(3).tolist()
    [-0.047, 0.014]
    """

    KIND = "surface"
    ALT = (
        "Contours of both divergences over the mean and the log scale of q, with the path of a fit "
        "from the same start on each; where the Hessian of KL(p‖q) is indefinite is shaded."
    )
    scale_p, start = Quantity(KIND, "scale_p"), Quantity(KIND, "start")
    optimiser, rate = Quantity(KIND, "optimiser"), Quantity(KIND, "rate")
    steps, step, restart = (
        Quantity(KIND, "steps"),
        Quantity(KIND, "step"),
        Quantity(KIND, "restart"),
    )

    def check(self, values: dict[str, Any]) -> None:
        """Raise ValueError if the start is not in the picture."""
        log_scale, (low, high) = values["start"][1], _LOG_SCALES
        if not low <= log_scale <= high:
            raise ValueError(
                f"start must have a log scale from {low:g} to {high:g}; got {log_scale:g}"
            )

    def path(self, direction: str) -> NDArray[np.float64]:
        """Compute the fit of one direction.

        Parameters
        ----------
        direction : {"reverse", "forward"}
            KL(q‖p) or KL(p‖q).

        Returns
        -------
        ndarray, shape (steps + 1, 2)
            Mean and log scale of q at every step, the start included; fewer if it diverges.

        Raises
        ------
        ValueError
            If the direction is unknown.
        """
        return line_path(self.values, check_direction(direction))

    def still(self) -> Figure:
        """Draw both surfaces with the paths of the fits."""
        fig = Figure(figsize=(7.4, 4.0), layout="constrained")
        for ax, direction in zip(fig.subplots(1, 2, sharey=True), ARROWS, strict=True):
            self._draw_surface(ax, direction)
            path = self.path(direction)
            here = path[min(self.step, len(path) - 1)]
            ax.plot(*path.T, **line_style(direction, marker="", linewidth=2))
            dot = line_style(direction, linestyle="none")
            ax.plot(*path[0], **dot | {"marker": "o", "color": line_style("q")["color"]}, mfc="w")
            ax.plot(*here, **dot)
            value = format_nats(float(line_divergence(direction, self.scale_p, *here)))
            ax.set(xlim=_MEANS, ylim=_LOG_SCALES, xlabel="mean of q")
            ax.set_title(
                f"{heading(direction)}, step {min(self.step, len(path) - 1)}: {value} nats",
                fontsize="medium",
            )
        fig.axes[0].set_ylabel("log scale of q")
        return fig

    def _draw_surface(self, ax: Axes, direction: str) -> None:
        mean, log_scale = np.linspace(*_MEANS, _MESH), np.linspace(*_LOG_SCALES, _MESH)
        heights = line_divergence(direction, self.scale_p, mean, log_scale[:, np.newaxis])
        widths = np.linspace(1.4, 0.6, len(_LEVELS))
        ax.contour(mean, log_scale, heights, levels=_LEVELS, colors=GREY, linewidths=widths)
        if direction == "forward":
            for side in (-1, 1):
                ax.axvspan(side * self.scale_p, side * _MEANS[1], color=_SHADE, zorder=0)
        ax.plot(0, np.log(self.scale_p), "x", color=INK, markersize=8)
