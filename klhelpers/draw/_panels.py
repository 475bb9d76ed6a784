"""The two panels of an animated fit: contours of p and q, and the loss curve.

A panel draws what stays the same at once, and returns the function that draws one step.
"""

from collections.abc import Callable

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from numpy.typing import ArrayLike, NDArray

from klhelpers.direction import heading
from klhelpers.draw.contours import plot_density_contours
from klhelpers.draw.ellipses import contour_paths
from klhelpers.draw.styles import (
    contour_collection,
    contour_handle,
    contour_style,
    line_style,
)
from klhelpers.fit import Trajectory
from klhelpers.nats import format_nats


def density_panel(
    ax: Axes,
    trajectory: Trajectory,
    p,
    X1: ArrayLike,
    X2: ArrayLike,
    levels: NDArray,
    p_cmap: str | Colormap | None,
    q_cmap: str | Colormap | None,
) -> Callable[[int], list[Artist]]:
    """Draw p and the axes of a panel; return the function that draws one step of q."""
    p_style = contour_style("p", levels, cmap=p_cmap)
    q_style = contour_style(trajectory.direction, levels, cmap=q_cmap)
    plot_density_contours(p.prob, X1, X2, p_style, ax=ax)
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
    name = heading(trajectory.direction)
    title = ax.set_title(f"{name}\n", loc="left")

    def draw(step: int) -> list[Artist]:
        contours.set_paths(contour_paths(trajectory.loc[step], trajectory.scale_tril[step], levels))
        title.set_text(f"{name}\nStep {step}: {format_nats(trajectory.loss[step])} nats")
        return [contours, title]

    return draw


def loss_panel(
    ax: Axes, trajectory: Trajectory, floor: float | None
) -> Callable[[int], list[Artist]]:
    """Draw a loss curve and its floor; return the function that moves the dot to one step."""
    direction = trajectory.direction
    ax.plot(trajectory.loss, **line_style(direction, marker="", label=trajectory.arrow))
    if floor is not None:
        ax.axhline(floor, **line_style("reference"), label=f"floor, {format_nats(floor)} nats")
    (dot,) = ax.plot([0], trajectory.loss[:1], **line_style(direction, linestyle="none"))
    ax.set(xlabel="step", ylabel=f"{trajectory.arrow} (nats)")
    ax.set_ylim(bottom=0)
    ax.legend(loc="upper right", frameon=False)  # "best" would be computed in every frame

    def draw(step: int) -> list[Artist]:
        dot.set_data([step], [trajectory.loss[step]])
        return [dot]

    return draw
