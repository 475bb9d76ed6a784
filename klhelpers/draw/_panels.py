"""The panels of an animated fit: densities of p and q, and the loss curve.

A panel draws what stays the same at once, and returns the function that draws one entry of the
record.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from klhelpers.direction import heading
from klhelpers.draw._fits import Fit, event_shape
from klhelpers.draw._recorded import as_events, recorded_contours, recorded_curves
from klhelpers.draw._values import Density, values_at
from klhelpers.draw.contours import plot_density_contours
from klhelpers.draw.styles import contour_collection, contour_handle, contour_style, line_style
from klhelpers.fit import Trajectory
from klhelpers.nats import format_nats

Draw = Callable[[int], list[Artist]]
"""Draws one entry of a trajectory; returns what has changed."""

_HIGHEST = 3  # times the height of p and of the fitted q, in a panel of one dimension


def contour_panel(
    ax: Axes,
    fit: Fit,
    *,
    p: Density,
    mesh: tuple[ArrayLike, ArrayLike, NDArray[Any]],
    cmaps: tuple[Any, Any],
    entries: Sequence[int],
) -> Draw:
    """Draw p in two dimensions; return the function that draws the contours of q.

    `mesh` holds X1, X2 and the levels, `cmaps` the colour maps of p and of q.
    """
    X1, X2, levels = mesh
    trajectory = fit.trajectory
    p_style = contour_style("p", levels, cmap=cmaps[0])
    q_style = contour_style(trajectory.direction, levels, cmap=cmaps[1])
    plot_density_contours(p, X1, X2, p_style, ax=ax)
    paths = recorded_contours(*fit, np.asarray(X1), np.asarray(X2), levels, entries)
    contours = contour_collection(q_style)
    ax.add_collection(contours, autolim=False)
    ax.set(
        xlim=(np.min(X1), np.max(X1)),
        ylim=(np.min(X2), np.max(X2)),
        xlabel="$x_1$",
        ylabel="$x_2$",
        aspect="equal",
    )
    ax.legend(
        handles=[contour_handle(p_style, label="p"), contour_handle(q_style, label="q")],
        loc="upper left",
        edgecolor="none",
    )
    set_title = _title(ax, trajectory)

    def draw(entry: int) -> list[Artist]:
        contours.set_paths(paths[entry])
        return [contours, set_title(entry)]

    return draw


def curve_panel(
    ax: Axes,
    fit: Fit,
    *,
    p: Density,
    x: NDArray[Any],
    entries: Sequence[int],
    shape_of_p: tuple[int, ...] | None,
) -> Draw:
    """Draw p in one dimension; return the function that draws the density of q.

    A p that does not state its event shape gets points in that of q.
    """
    trajectory = fit.trajectory
    shape = event_shape(fit) if shape_of_p is None else shape_of_p
    p_values = values_at(p, as_events(x, shape))
    curves = recorded_curves(*fit, x, entries)
    ax.plot(x, p_values, **line_style("p", label="p"))
    (curve,) = ax.plot([], [], **line_style(trajectory.direction, marker="", label="q"))
    heights = {entry: float(np.max(y)) for entry, (_, y) in curves.items()}
    fitted = max(float(np.max(p_values)), heights[max(heights)])
    top = min(max(fitted, *heights.values()), _HIGHEST * fitted)
    ax.set(xlim=(x[0], x[-1]), ylim=(0, 1.08 * top), xlabel="$x$", ylabel="density")
    ax.legend(loc="upper left", edgecolor="none")
    set_title = _title(ax, trajectory)

    def draw(entry: int) -> list[Artist]:
        curve.set_data(*curves[entry])
        return [curve, set_title(entry)]

    return draw


def _title(ax: Axes, trajectory: Trajectory) -> Callable[[int], Artist]:
    name = heading(trajectory.direction)
    title = ax.set_title(f"{name}\n", loc="left")

    def set_title(entry: int) -> Artist:
        step, loss = trajectory.steps[entry], trajectory.loss[entry]
        title.set_text(f"{name}\nStep {step}: {format_nats(loss)} nats")
        return title

    return set_title


def loss_panel(ax: Axes, trajectory: Trajectory, floor: float | None) -> Draw:
    """Draw a loss curve and its floor; return the function that moves the dot to one entry."""
    direction, steps, loss = trajectory.direction, trajectory.steps, trajectory.loss
    ax.plot(steps, loss, **line_style(direction, marker="", label=trajectory.arrow))
    if floor is not None:
        ax.axhline(floor, **line_style("reference"), label=f"floor, {format_nats(floor)} nats")
    (dot,) = ax.plot(steps[:1], loss[:1], **line_style(direction, linestyle="none"))
    ax.set(xlabel="step", ylabel=f"{trajectory.arrow} (nats)")
    if np.min(loss) >= 0:  # an estimate, or one up to a constant, can be negative
        ax.set_ylim(bottom=0)
    ax.legend(loc="upper right", frameon=False)  # "best" would be computed in every frame

    def draw(entry: int) -> list[Artist]:
        dot.set_data([steps[entry]], [loss[entry]])
        return [dot]

    return draw
