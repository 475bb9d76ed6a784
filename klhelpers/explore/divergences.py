"""Explorer of the two divergences between two Gaussians."""

from collections.abc import Sequence

import numpy as np
from matplotlib.animation import FuncAnimation
from vectorplayer import VectorPlayer

from klhelpers.draw.animation import frame_interval
from klhelpers.explore._bivariate import BivariateGaussian, checked_gaussian
from klhelpers.explore._comparison import compare
from klhelpers.explore._comparison_figure import comparison_figure
from klhelpers.explore.explorer import Explorer
from klhelpers.nats import format_nats

CORRELATIONS = np.arange(100) / 100  # of the frames on the page


def explore_divergences(
    *,
    loc_p: Sequence[float] = (0.0, 0.0),
    scale_p: Sequence[float] = (1.5, 1.0),
    correlation_p: float = 0.8,
    loc_q: Sequence[float] = (0.0, 0.0),
    scale_q: Sequence[float] = (1.0, 1.0),
    correlation_q: float = 0.0,
) -> Explorer:
    """Change two Gaussians and see both divergences between them.

    With a kernel, sliders set the means, standard deviations and correlations of p and q.
    Without one, a slider sets the correlation of p, from 0 to 0.99; the rest is as given.

    Parameters
    ----------
    loc_p, loc_q : (float, float)
        Means at the start.
    scale_p, scale_q : (float, float)
        Standard deviations at the start, positive.
    correlation_p, correlation_q : float
        Correlations at the start, between -1 and 1.

    Returns
    -------
    Explorer
        Show it as the last expression of a cell.

    Raises
    ------
    TypeError, ValueError
        If an argument does not hold real numbers, a loc is not finite, a scale is not positive,
        or a correlation does not lie between -1 and 1.

    Notes
    -----
    All numbers are closed forms in float64, in nats; nothing is trained.  The outlines are the
    diagonal Gaussians that are closest to p, one standard deviation around their mean:
    `klhelpers.optimal_diag_gaussian`.  The gap is the divergence of q minus
    `klhelpers.kl_floor`.  It is negative if a correlated q is closer than the floor, which is that
    of a diagonal q.
    """
    p = checked_gaussian("p", loc_p, scale_p, correlation_p)
    q = checked_gaussian("q", loc_q, scale_q, correlation_q)

    def make_panel():
        from klhelpers.explore._comparison_panel import ComparisonPanel  # loads ipywidgets

        return ComparisonPanel(p, q)

    return Explorer("the two divergences of p and q", lambda: _player(p, q), make_panel)


def _player(p: BivariateGaussian, q: BivariateGaussian) -> VectorPlayer:
    """Play the correlation of p from 0 to 0.99."""
    targets = [p._replace(correlation=float(rho)) for rho in CORRELATIONS]
    fig, draw = comparison_figure()
    anim = FuncAnimation(
        fig,
        lambda i: draw(targets[i], q),
        frames=len(targets),
        interval=frame_interval(len(targets)),
        init_func=lambda: [],
        repeat=False,
    )

    def label(i: int) -> str:
        values = [
            f"{divergence.arrow} = {format_nats(divergence.value)} nats"
            for divergence in compare(targets[i], q)
        ]
        return "   ".join([f"ρ = {targets[i].correlation:.2f}", *values])

    return VectorPlayer(
        anim,
        alt=(
            "Contours of the target p, dashed, turn and become narrower as its correlation ρ "
            "grows; q, solid, does not change. The outline of least KL(q‖p), with circles, "
            "shrinks; that of least KL(p‖q), with squares, keeps its size."
        ),
        labels=label,
        slider="correlation ρ",
        start=int(np.argmin(np.abs(CORRELATIONS - abs(p.correlation)))),
    )
