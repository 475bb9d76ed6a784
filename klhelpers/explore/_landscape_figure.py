"""The figure of the third explorer: both divergences over a plane, with the paths of fits."""

from collections.abc import Callable

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from klhelpers.direction import ARROWS, heading
from klhelpers.draw.styles import GREY, INK, line_style
from klhelpers.explore._descent import Descent
from klhelpers.explore._planes import PLANES
from klhelpers.nats import format_nats

_SIZE = (7, 4.6)  # inches
_MESH = 81
_ABOVE = np.array([0.02, 0.1, 0.3, 0.7, 1.5, 3, 6, 12, 25, 50, 100, 200])  # nats above the floor
_WIDTHS = np.linspace(1.4, 0.6, len(_ABOVE))  # points; the lower, the wider
_SHADE = "#e4e4e4"  # on which the paths have a contrast of 3:1


class LandscapeFigure:
    """Contours, which depend on the target, and paths, which depend on all settings."""

    def __init__(self, descent: Descent) -> None:
        self.fig = Figure(figsize=_SIZE, layout="constrained")
        axes = self.fig.subplots(1, 2)
        self._panels = {
            direction: _Panel(ax, direction) for direction, ax in zip(ARROWS, axes, strict=True)
        }
        self.fig.legend(handles=_legend(), loc="outside upper center", ncols=2, frameon=False)
        self._surface: tuple[str, float] | None = None
        self.set_surface(descent)
        self.fig.draw_without_rendering()
        self.fig.set_layout_engine("none")  # the axes do not move afterwards

    def set_surface(self, descent: Descent) -> bool:
        """Draw contours and shade for the target of `descent`; return whether they changed."""
        surface = (descent.plane, descent.shape)
        if self._surface == surface:
            return False
        self._surface = surface
        for panel in self._panels.values():
            panel.set_surface(*surface)
        return True

    def draw(self, paths: dict[str, NDArray], step: int) -> list[Artist]:
        """Draw both paths up to a step."""
        return [
            artist
            for direction, panel in self._panels.items()
            for artist in panel.draw(paths[direction], step)
        ]


class _Panel:
    def __init__(self, ax: Axes, direction: str) -> None:
        self.ax, self.direction = ax, direction
        self._drawn: list[Artist] = []
        (self._line,) = ax.plot([], [], **line_style(direction, marker="", linewidth=2, zorder=3))
        dot = line_style(direction, linestyle="none", zorder=4)
        (self._start,) = ax.plot([], [], **dot, markerfacecolor="white")
        (self._here,) = ax.plot([], [], **dot)
        (self._best,) = ax.plot([], [], "x", color=INK, markersize=8, zorder=3)
        self._title = ax.set_title(f"{heading(direction)} = 0.0000 nats", loc="left", size="medium")

    def set_surface(self, name: str, shape: float) -> None:
        plane, ax = PLANES[name], self.ax
        for artist in self._drawn:
            artist.remove()
        x, y = (np.linspace(low, high, _MESH) for low, high in plane.limits)
        X, Y = np.meshgrid(x, y)
        best = plane.optimum(shape, self.direction)
        floor = plane.kl(shape, self.direction, *best)
        heights = plane.kl(shape, self.direction, X, Y)
        contours = ax.contour(
            X, Y, heights, levels=floor + _ABOVE, colors=GREY, linewidths=_WIDTHS, zorder=2
        )
        # A positive factor makes the determinant less steep, so that the contour at zero, which is
        # interpolated between mesh points, is accurate.
        sign = np.linalg.det(plane.hessian(shape, self.direction, X, Y)) * np.exp(4 * Y)
        shade = ax.contourf(X, Y, sign, levels=[-np.inf, 0], colors=[_SHADE], zorder=1)
        self._drawn = [contours, shade]
        self._best.set_data([best[0]], [best[1]])
        ax.set(xlim=plane.limits[0], ylim=plane.limits[1], xlabel=plane.x, ylabel=plane.y)

    def draw(self, path: NDArray, step: int) -> list[Artist]:
        self._line.set_data(path[: step + 1, 0], path[: step + 1, 1])
        self._start.set_data(path[:1, 0], path[:1, 1])
        self._here.set_data(path[step : step + 1, 0], path[step : step + 1, 1])
        self._title.set_text(f"{heading(self.direction)} = {format_nats(path[step, 2])} nats")
        return [self._line, self._start, self._here, self._title]


def _legend() -> list[Artist]:
    return [
        *(Line2D([], [], **line_style(name), label=f"fit by {ARROWS[name]}") for name in ARROWS),
        Line2D([], [], color=INK, marker="x", linestyle="none", label="optimum"),
        Patch(color=_SHADE, label="not convex"),
    ]


def landscape_figure(descent: Descent) -> tuple[Figure, Callable[..., list[Artist]]]:
    """Return the figure and the function that draws the paths up to a step."""
    landscape = LandscapeFigure(descent)
    return landscape.fig, landscape.draw
