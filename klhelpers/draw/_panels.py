"""The two panels of an animated fit: contours of p and q, and the loss curve.

A panel draws what stays the same at once, and returns the function that draws one step.
"""

from collections.abc import Callable

import numpy as np
from matplotlib import colormaps
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import Normalize
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from klhelpers.draw.contours import plot_density_contours
from klhelpers.draw.ellipses import contour_paths
from klhelpers.fit import Trajectory
from klhelpers.nats import format_nats

P_STYLE = {"cmap": "cividis", "alpha": 0.6, "linestyles": "dashed", "linewidths": 0.9}
Q_CMAP, Q_LINEWIDTH = "plasma", 1.2


def density_panel(
    ax: Axes, trajectory: Trajectory, p, X1: ArrayLike, X2: ArrayLike, levels: NDArray
) -> Callable[[int], list[Artist]]:
    """Draw p and the axes of a panel; return the function that draws one step of q."""
    plot_density_contours(p.prob, X1, X2, P_STYLE | {"levels": levels}, ax=ax)
    low, high = float(levels[0]), float(levels[-1])
    norm = Normalize(low, high if high > low else low + 1)
    colors = colormaps[Q_CMAP](norm(levels))
    contours = PathCollection([], facecolors="none", edgecolors=colors, linewidths=Q_LINEWIDTH)
    ax.add_collection(contours, autolim=False)
    ax.set(
        xlim=(np.min(X1), np.max(X1)),
        ylim=(np.min(X2), np.max(X2)),
        xlabel="$x_1$",
        ylabel="$x_2$",
        aspect="equal",
    )
    middle = len(levels) // 2
    p_color = colormaps[P_STYLE["cmap"]](norm(levels[middle]))
    ax.legend(
        handles=[
            Line2D([], [], color=p_color, linestyle="--", label="p"),
            Line2D([], [], color=colors[middle], label="q"),
        ],
        loc="upper left",
        edgecolor="none",
    )
    title = ax.set_title("\n", loc="left")

    def draw(step: int) -> list[Artist]:
        contours.set_paths(contour_paths(trajectory.loc[step], trajectory.scale_tril[step], levels))
        title.set_text(
            f"Step {step}\n{trajectory.arrow} = {format_nats(trajectory.loss[step])} nats"
        )
        return [contours, title]

    return draw


def loss_panel(
    ax: Axes, trajectory: Trajectory, floor: float | None
) -> Callable[[int], list[Artist]]:
    """Draw a loss curve and its floor; return the function that moves the dot to one step."""
    (curve,) = ax.plot(trajectory.loss, color="tab:blue", label=trajectory.arrow)
    if floor is not None:
        ax.axhline(floor, color="black", linestyle=":", label=f"floor, {format_nats(floor)} nats")
    (dot,) = ax.plot([0], trajectory.loss[:1], "o", color=curve.get_color())
    ax.set(xlabel="step", ylabel=f"{trajectory.arrow} (nats)")
    ax.set_ylim(bottom=0)
    ax.legend(loc="upper right", frameon=False)  # "best" would be computed in every frame

    def draw(step: int) -> list[Artist]:
        dot.set_data([step], [trajectory.loss[step]])
        return [dot]

    return draw
