"""From recorded fits to a Matplotlib animation: every frame is one recorded step."""

from collections.abc import Sequence

import numpy as np
import vectorplayer  # noqa: F401  registers the "vector_html" writer
from matplotlib.animation import FuncAnimation
from matplotlib.artist import Artist
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from klhelpers._checks import check_count, check_positive, float64_array
from klhelpers._shown import shown
from klhelpers.draw._panels import density_panel, loss_panel
from klhelpers.draw.contours import check_levels
from klhelpers.draw.styles import check_cmap
from klhelpers.fit import Trajectory

_LONE_WIDTH, _PANEL_WIDTH = 4.2, 3.5  # inches; two panels fit a page, and can be read on a phone
_ABOVE_AND_BELOW, _LOSS_HEIGHT = 0.3, 1.9  # inches: titles and labels beyond the square, a curve


def animate_fit(
    trajectories: Trajectory | Sequence[Trajectory],
    p,
    *,
    X1: ArrayLike,
    X2: ArrayLike,
    levels: ArrayLike,
    floors: ArrayLike | None = None,
    loss_curves: bool = False,
    stride: int = 1,
    interval: float | None = None,
    p_cmap: str | Colormap | None = None,
    q_cmap: str | Colormap | None = None,
) -> FuncAnimation:
    """Animate one or several fits side by side over the contours of their target.

    Parameters
    ----------
    trajectories : Trajectory or sequence of Trajectory
        Recorded fits of a bivariate Gaussian q, all with the same number of steps.  Each has
        a panel of its own.
    p : distribution
        The target; ``p.prob`` is called once, and nothing else of p is used.
    X1, X2 : array_like, shape (rows, columns)
        Mesh on which p's contours are drawn; its range is that of the panels.
    levels : array_like, shape (n,)
        Increasing positive densities: p and q have a contour at each.
    floors : array_like, shape (number of trajectories,), optional
        The least divergence that each fit could reach, in nats, drawn as a line in its loss
        curve.
    loss_curves : bool
        Draw each fit's loss curve, with a dot at the current step, beneath its panel.
    stride : int
        Steps from one frame to the next; the last step has a frame in any case.
    interval : float
        Milliseconds per frame; `frame_interval` of the number of frames by default.
    p_cmap, q_cmap : str or Colormap, optional
        Colour maps of p's and of q's contours, from the lowest level to the highest: those of the
        lecture are "cividis" and "plasma".  By default p is drawn in ink, and q in the colour of
        its direction, as `klhelpers.line_style` has it.

    Returns
    -------
    FuncAnimation
        Frame t shows p, q at step t · stride, the step and the divergence at that step.  pyplot
        does not know its figure, so that a notebook does not show it a second time, and any
        thread may draw it.

    Raises
    ------
    TypeError
        If `trajectories` holds something else, p has no ``prob``, or a number is not real.
    ValueError
        If there is no trajectory, they differ in length or are not bivariate, the levels or
        floors are invalid, p has no bivariate density, a colour map is
        unknown, or `interval` or `stride` is not positive.

    Notes
    -----
    Nothing is trained here.  The contours of p are computed on the mesh.  Those of q, a Gaussian,
    are drawn as exact ellipses, so that no grid blurs them.  All panels have the same levels;
    lines are the wider, the higher their level.
    """
    trajectories = _checked_trajectories(trajectories)
    if not callable(getattr(p, "prob", None)):
        raise TypeError(f"p must be a distribution with a density, p.prob; got {shown(p)}")
    if interval is not None:
        interval = check_positive("interval", interval)
    levels = check_levels(levels)
    cmaps = check_cmap("p_cmap", p_cmap), check_cmap("q_cmap", q_cmap)
    if levels[0] <= 0:
        raise ValueError(f"levels must be positive densities; got {levels[0]}")
    if floors is not None:
        if not loss_curves:
            raise ValueError("floors must come with loss_curves=True, where they are drawn")
        floors = float64_array("floors", floors)
        if floors.shape != (len(trajectories),) or not np.all(np.isfinite(floors)):
            raise ValueError(
                f"floors must be one finite number for each of the {len(trajectories)} "
                f"trajectories; got {shown(floors)}"
            )
    count = len(trajectories)
    width = _LONE_WIDTH if count == 1 else _PANEL_WIDTH
    heights = [width + _ABOVE_AND_BELOW, *([_LOSS_HEIGHT] if loss_curves else [])]
    fig = Figure(figsize=(width * count, sum(heights)), layout="constrained")
    axes = fig.subplots(len(heights), count, height_ratios=heights, squeeze=False)
    draws = []
    for column, trajectory in enumerate(trajectories):
        draws.append(density_panel(axes[0, column], trajectory, p, X1, X2, levels, *cmaps))
        if loss_curves:
            floor = None if floors is None else floors[column]
            draws.append(loss_panel(axes[1, column], trajectory, floor))

    def draw(step: int) -> list[Artist]:
        return [artist for draw_one in draws for artist in draw_one(step)]

    steps = frame_steps(trajectories[0].num_steps, check_count("stride", stride))
    draw(0)
    for _ in range(2):  # the second pass fits labels to the axes that the first made square
        fig.draw_without_rendering()
    fig.set_layout_engine("none")  # from here on, no frame moves the axes
    return FuncAnimation(
        fig,
        draw,
        frames=steps,
        init_func=lambda: [],  # frame 0 is drawn already; the default would draw it again
        interval=frame_interval(len(steps)) if interval is None else interval,
        repeat=False,  # a fit has an end: the player does not start over unless it is told to
    )


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


def _checked_trajectories(trajectories) -> list[Trajectory]:
    if isinstance(trajectories, Trajectory):
        trajectories = [trajectories]
    if not isinstance(trajectories, Sequence):
        raise TypeError(
            f"trajectories must be one Trajectory or several; got {shown(trajectories)}"
        )
    if not trajectories:
        raise ValueError("trajectories must hold at least one Trajectory; got none")
    for trajectory in trajectories:
        if not isinstance(trajectory, Trajectory):
            raise TypeError(f"trajectories must be Trajectory objects; got {shown(trajectory)}")
        if trajectory.loc.shape[1:] != (2,):
            raise ValueError(
                "trajectories must be of one bivariate q, loc of shape (num_steps + 1, 2); "
                f"got {trajectory.loc.shape}"
            )
    lengths = sorted({trajectory.num_steps for trajectory in trajectories})
    if len(lengths) > 1:
        raise ValueError(f"trajectories must have the same number of steps; got {shown(lengths)}")
    return list(trajectories)
