"""The best diagonal q for an order between reverse and forward KL, under the reader's hand."""

import numpy as np
from matplotlib.figure import Figure

from klhelpers.draw.styles import line_style
from klhelpers.live.gaussian_figure import TargetFigure
from klhelpers.live.gaussians import draw_bars, draw_outlines
from klhelpers.live.quantities import Quantity
from klhelpers.optima import DiagGaussian
from klhelpers.renyi import optimal_diag_gaussian_alpha


class BetweenFigure(TargetFigure):
    """A Gaussian p in the plane, to be dragged, and the diagonal q that is best for an order α.

    Parameters
    ----------
    alpha : float
        Order of Rényi's divergence, from 0 (the limit is reverse KL) to 1 (forward KL).
    loc_p : (float, float)
        Mean of p, from -4 to 4.
    scale_p : (float, float)
        Standard deviations of p, from 0.2 to 3.
    correlation_p : float
        From -0.99 to 0.99.

    Raises
    ------
    TypeError
        If a name is unknown.
    ValueError
        If a value is out of its range.

    Notes
    -----
    The browser computes q from a formula for two dimensions, and Python by Newton's method in
    `optimal_diag_gaussian_alpha`.

    Examples
    --------
    >>> figure = BetweenFigure(alpha=0.5, scale_p=(1, 1), correlation_p=0.6)
    >>> (figure.best.scale**2).round(6)
    array([0.8, 0.8])
    """

    KIND = "between"
    ALT = (
        "A tilted ellipse of the target p, dashed, and an upright one of the best diagonal q, "
        "solid, between the smaller one of reverse KL and the larger one of forward KL, both "
        "faint; beside them, bars of both divergences, with a line at the floor."
    )
    alpha, loc_p = Quantity(KIND, "alpha"), Quantity(KIND, "loc_p")
    scale_p, correlation_p = Quantity(KIND, "scale_p"), Quantity(KIND, "correlation_p")

    @property
    def best(self) -> DiagGaussian:
        """Mean and standard deviations of the best diagonal q."""
        return self._best(self.alpha)

    def _best(self, alpha: float) -> DiagGaussian:
        return optimal_diag_gaussian_alpha(self.loc_p, self._tril_p, alpha=alpha)

    def still(self) -> Figure:
        """Draw p, q and the best q of both directions, and the divergences as bars."""
        fig = Figure(figsize=(7.4, 3.6), layout="constrained")
        plane, bars = fig.subplots(1, 2)
        p = self.loc_p, self._tril_p
        q = self.loc_p, np.diag(self.best.scale)
        draw_outlines(plane, *p, (2,), **line_style("p"))
        for direction, alpha in (("reverse", 0), ("forward", 1)):
            style = line_style(direction, marker="", linewidth=0.8)
            draw_outlines(plane, self.loc_p, np.diag(self._best(alpha).scale), (2,), **style)
        draw_outlines(plane, *q, (2,), **line_style("q"))
        plane.set(xlim=(-5, 5), ylim=(-5, 5), aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
        draw_bars(bars, p, q, "diagonal")
        return fig
