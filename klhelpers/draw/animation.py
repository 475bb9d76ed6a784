"""From recorded fits to a Matplotlib animation: every frame is one recorded step."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import vectorplayer  # noqa: F401  registers the "vector_html" writer
from matplotlib.animation import FuncAnimation
from matplotlib.artist import Artist
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import as_array, check_bool, check_count, check_positive, float64_array
from klhelpers._protocols import HasLogProb, HasProb
from klhelpers._shown import shown
from klhelpers.draw._fits import check_fits, shape_of
from klhelpers.draw._panels import contour_panel, curve_panel, loss_panel
from klhelpers.draw._values import density_of
from klhelpers.draw.contours import check_levels
from klhelpers.draw.styles import check_cmap
from klhelpers.fit import Trajectory

_LONE_WIDTH, _PANEL_WIDTH = 4.2, 3.5  # inches; two panels fit a page, and can be read on a phone
_FLAT = 0.7  # height of a curve's panel in widths
_ABOVE_AND_BELOW, _LOSS_HEIGHT = 0.3, 1.9  # inches: titles and labels beyond the square, a curve


def animate_fit(
    trajectories: Trajectory | Sequence[Trajectory],
    p: HasProb | HasLogProb,
    *,
    X1: ArrayLike,
    X2: ArrayLike | None = None,
    levels: ArrayLike | None = None,
    q: Any = None,
    floors: ArrayLike | None = None,
    loss_curves: bool = False,
    stride: int = 1,
    interval: float | None = None,
    p_cmap: str | Colormap | None = None,
    q_cmap: str | Colormap | None = None,
) -> FuncAnimation:
    """Animate one or several fits side by side over the density of their target.

    Parameters
    ----------
    trajectories : Trajectory or sequence of Trajectory
        Recorded fits in one or two dimensions, all with the same recorded steps.  Each has
        a panel of its own.
    p : distribution
        The target; ``p.prob``, or else the exponential of ``p.log_prob``, is called once per
        panel, and nothing else of p is used but its event shape, if it has one.
    X1, X2 : array_like, shape (rows, columns)
        Mesh on which p's contours are drawn; its range is that of the panels.  In one dimension,
        X1 has shape (n,), increasing points of p's curve, and X2 and levels are left out.
    levels : array_like, shape (n,)
        Increasing positive densities: p and q have a contour at each.
    q : distribution or sequence of them, optional
        What was fitted, one for all trajectories or one for each; needed for a trajectory that is
        not of a Gaussian vector, and not used for others.  The recorded parameters are put into
        it step by step; then its variables get back the values that they had.
    floors : array_like, shape (number of trajectories,), optional
        The least divergence that each fit could reach, in nats, drawn as a line in its loss
        curve.
    loss_curves : bool
        Draw each fit's loss curve, with a dot at the current step, beneath its panel.
    stride : int
        Recorded steps from one frame to the next; the last one has a frame in any case.
    interval : float
        Milliseconds per frame; `frame_interval` of the number of frames by default.
    p_cmap, q_cmap : str or Colormap, optional
        Colour maps of p's and of q's contours, from the lowest level to the highest: those of the
        lecture are "cividis" and "plasma".  By default p is drawn in ink, and q in the colour of
        its direction, as `klhelpers.line_style` has it.

    Returns
    -------
    FuncAnimation
        Each frame shows p, q at one recorded step, the step and the divergence there.  pyplot
        does not know its figure, so that a notebook does not show it a second time, and any
        thread may draw it.

    Raises
    ------
    TypeError
        If `trajectories` holds something else, p has no density, q is needed and is no
        distribution, or a number is not real.
    ValueError
        If there is no trajectory, they differ in their steps, are batches, or have more than two
        dimensions; if the points, levels or floors are invalid, arguments of two dimensions are
        given for one, p or q has another dimension, a colour map is unknown, or `interval` or
        `stride` is not positive.

    Notes
    -----
    Nothing is trained here.  The contours of p are computed on the mesh.  Those of a Gaussian q
    are drawn as exact ellipses, and its curve in one dimension with more points around the mean,
    so that no grid blurs them; other densities are drawn from their values at the given points.
    All panels have the same levels; lines are the wider, the higher their level.  In one
    dimension, a density that is more than three times as high as those of p and of the fitted q
    leaves its panel at the top.  If p is not normalised, only the shape of its curve can be
    compared with q.
    """
    plane = X2 is not None or as_array("X1", X1).ndim == 2
    loss_curves = check_bool("loss_curves", loss_curves)
    fits = check_fits(trajectories, q, [(2,)] if plane else [(), (1,)])
    p_density = density_of("p", p)
    if interval is not None:
        interval = check_positive("interval", interval)
    cmaps = check_cmap("p_cmap", p_cmap), check_cmap("q_cmap", q_cmap)
    steps = fits[0].trajectory.steps
    entries = frame_steps(len(steps) - 1, check_count("stride", stride))
    if floors is not None:
        floors = _checked_floors(floors, len(fits), loss_curves)
    if plane:
        if X2 is None or levels is None:
            missing = "X2" if X2 is None else "levels"
            raise ValueError(
                f"X2 and levels must be given for a q of two dimensions; got no {missing}"
            )
        mesh = X1, X2, _checked_levels(levels)
        panel = partial(contour_panel, p=p_density, mesh=mesh, cmaps=cmaps, entries=entries)
    else:
        x = _checked_line(X1, levels=levels, p_cmap=p_cmap, q_cmap=q_cmap)
        panel = partial(curve_panel, p=p_density, x=x, entries=entries, shape_of_p=shape_of(p))
    count = len(fits)
    width = _LONE_WIDTH if count == 1 else _PANEL_WIDTH
    heights = [width * (1 if plane else _FLAT) + _ABOVE_AND_BELOW]
    heights += [_LOSS_HEIGHT] if loss_curves else []
    fig = Figure(figsize=(width * count, sum(heights)), layout="constrained")
    axes = fig.subplots(len(heights), count, height_ratios=heights, squeeze=False)
    draws = []
    for column, fit in enumerate(fits):
        draws.append(panel(axes[0, column], fit))
        if loss_curves:
            floor = None if floors is None else floors[column]
            draws.append(loss_panel(axes[1, column], fit.trajectory, floor))

    def draw(entry: int) -> list[Artist]:
        return [artist for draw_one in draws for artist in draw_one(entry)]

    draw(0)
    for _ in range(2):  # the second pass fits labels to the axes that the first made square
        fig.draw_without_rendering()
    fig.set_layout_engine("none")  # from here on, no frame moves the axes
    return FuncAnimation(
        fig,
        draw,
        frames=entries,
        init_func=lambda: [],  # frame 0 is drawn already; the default would draw it again
        interval=frame_interval(len(entries)) if interval is None else interval,
        repeat=False,  # a fit has an end: the player does not start over unless it is told to
    )


def _checked_levels(levels: ArrayLike) -> NDArray[np.float64]:
    densities = check_levels(levels)
    if densities[0] <= 0:
        raise ValueError(f"levels must be positive densities; got {densities[0]}")
    return densities


def _checked_line(X1: ArrayLike, **only_in_two: Any) -> NDArray[np.float64]:
    for name, value in only_in_two.items():
        if value is not None:
            raise ValueError(f"{name} must be left out in one dimension; got {shown(value)}")
    x = float64_array("X1", X1)
    if x.ndim != 1 or x.size < 2 or not np.all(np.isfinite(x)) or np.any(np.diff(x) <= 0):
        raise ValueError(f"X1 must be increasing finite points, shape (n,); got {shown(x)}")
    return x


def _checked_floors(floors: ArrayLike, count: int, loss_curves: bool) -> NDArray[np.float64]:
    if not loss_curves:
        raise ValueError("floors must come with loss_curves=True, where they are drawn")
    checked = float64_array("floors", floors)
    if checked.shape != (count,) or not np.all(np.isfinite(checked)):
        raise ValueError(
            f"floors must be one finite number for each of the {count} "
            f"trajectories; got {shown(checked)}"
        )
    return checked


def frame_interval(frames: int) -> float:
    """Return how long a frame is shown, in milliseconds, so that few frames take their time, too.

    All frames together take four seconds and a fiftieth of a second per frame.

    Examples
    --------
    >>> [round(frames * frame_interval(frames) / 1000, 1) for frames in (51, 251)]  # seconds
    [5.0, 9.0]
    """
    return 20 + 4000 / frames


def frame_steps(num_steps: int, stride: int) -> list[int]:
    """Return the steps that have a frame: every `stride`-th, and the last."""
    return sorted({*range(0, num_steps + 1, stride), num_steps})
