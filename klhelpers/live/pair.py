"""Two Gaussians under the reader's hand."""

from matplotlib.figure import Figure

from klhelpers.direction import ARROWS
from klhelpers.draw.styles import line_style
from klhelpers.live.gaussian_figure import GaussianPairFigure
from klhelpers.live.gaussians import draw_bars, draw_outlines
from klhelpers.live.quantities import Quantity
from klhelpers.optima import optimal_gaussian


class PairFigure(GaussianPairFigure):
    """Two Gaussians in the plane, to be dragged, and the two divergences between them.

    Parameters
    ----------
    loc_p, loc_q : (float, float)
        Means, from -4 to 4.
    scale_p, scale_q : (float, float)
        Standard deviations, from 0.2 to 3 for p and from 0.02 to 4 for q.
    correlation_p, correlation_q : float
        From -0.99 to 0.99.
    family : {"isotropic", "diagonal", "full"}
        What q may be: a diagonal one has no correlation, an isotropic one equal scales, too.
    optima : bool
        Whether the best q of both directions is outlined.

    Raises
    ------
    TypeError
        If a name is unknown.
    ValueError
        If a value is out of its range, or the family does not allow q.

    Examples
    --------
    >>> figure = PairFigure(correlation_p=0.5)
    >>> figure.correlation_p, figure.family
    (0.5, 'diagonal')
    """

    KIND = "pair"
    ALT = (
        "Ellipses of the target p, dashed, and of the approximation q, solid; beside them, bars "
        "of both divergences, with a line at the floor."
    )
    loc_p, loc_q = Quantity(KIND, "loc_p"), Quantity(KIND, "loc_q")
    scale_p, scale_q = Quantity(KIND, "scale_p"), Quantity(KIND, "scale_q")
    correlation_p = Quantity(KIND, "correlation_p")
    correlation_q = Quantity(KIND, "correlation_q")
    family, optima = Quantity(KIND, "family"), Quantity(KIND, "optima")

    def still(self) -> Figure:
        """Draw both Gaussians, and the divergences as bars."""
        fig = Figure(figsize=(7.4, 3.6), layout="constrained")
        plane, bars = fig.subplots(1, 2)
        p, q = (self.loc_p, self._tril_p), (self.loc_q, self._tril_q)
        for name, (loc, tril) in (("p", p), ("q", q)):
            draw_outlines(plane, loc, tril, (1, 2, 3), **line_style(name))
        for direction in ARROWS if self.optima else ():
            best = optimal_gaussian(*p, direction=direction, family=self.family)
            draw_outlines(plane, *best, (1,), **line_style(direction, marker=""))
        plane.set(xlim=(-5, 5), ylim=(-5, 5), aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
        draw_bars(bars, p, q, self.family)
        return fig
