"""The figure of the first explorer, the same in its panel and its player."""

from collections.abc import Callable

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from klhelpers.direction import ARROWS
from klhelpers.draw.ellipses import contour_paths
from klhelpers.draw.styles import (
    INK,
    contour_collection,
    contour_handle,
    contour_style,
    line_style,
)
from klhelpers.explore._bivariate import BivariateGaussian
from klhelpers.explore._comparison import Divergence, compare, sentence

LIMITS = (-5.0, 5.0)
LEVELS = np.geomspace(1e-3, 4, 10)  # densities, evenly spaced in their logarithm
_ANGLES = np.linspace(0, 2 * np.pi, 121)
_CIRCLE = np.array([np.cos(_ANGLES), np.sin(_ANGLES)])
# First and every so many points have a marker: where the outlines agree, both are seen.
_MARKED = {"reverse": (0, 30), "forward": (15, 30)}
_SIZE = (4.2, 6.0)  # inches, narrow enough for a phone
_LONGEST = 1000.0  # nats at the end of the bars' axis


def comparison_figure(
    *, numbers: bool = True
) -> tuple[Figure, Callable[[BivariateGaussian, BivariateGaussian], list[Artist]]]:
    """Return the figure, which pyplot does not know, and the function that draws p and q in it.

    Without `numbers`, the figure does not state the divergences.
    """
    fig = Figure(figsize=_SIZE, layout="constrained")
    top, bottom = fig.subplots(2, height_ratios=[4.4, 1.3])
    draw_top, draw_bottom = _contour_panel(top), _bar_panel(bottom, numbers=numbers)

    def draw(p: BivariateGaussian, q: BivariateGaussian) -> list[Artist]:
        divergences = compare(p, q)
        return draw_top(p, q, divergences) + draw_bottom(divergences)

    draw(BivariateGaussian((0, 0), (1, 1), 0.5), BivariateGaussian((0, 0), (1, 1), 0))
    fig.draw_without_rendering()  # settles the layout once ...
    fig.set_layout_engine("none")  # ... so that nothing moves the axes afterwards
    return fig, draw


def _contour_panel(ax: Axes) -> Callable[..., list[Artist]]:
    styles = {name: contour_style(name, LEVELS) for name in ("p", "q")}
    of_p, of_q = (contour_collection(style) for style in styles.values())
    for contours in (of_p, of_q):
        ax.add_collection(contours, autolim=False)
    best = []
    for direction, arrow in ARROWS.items():
        style = line_style(direction, linewidth=2, markevery=_MARKED[direction])
        best += ax.plot([], [], **style, label=f"least {arrow}, 1 sd")
    ax.set(xlim=LIMITS, ylim=LIMITS, xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    handles = [contour_handle(style, label=name) for name, style in styles.items()]
    ax.legend(
        handles=[*handles, *best],
        loc="lower center",
        bbox_to_anchor=(0.5, 1),
        ncols=2,
        frameon=False,
    )

    drawn: list[BivariateGaussian | None] = [None, None]

    def draw(
        p: BivariateGaussian, q: BivariateGaussian, divergences: tuple[Divergence, ...]
    ) -> list[Artist]:
        for place, (contours, new) in enumerate([(of_p, p), (of_q, q)]):
            if new != drawn[place]:  # an unchanged artist is not recorded again
                contours.set_paths(contour_paths(np.array(new.loc), new.scale_tril, LEVELS))
                drawn[place] = new
        for outline, divergence in zip(best, divergences, strict=True):
            center, radii = divergence.best.loc, divergence.best.scale  # one standard deviation
            outline.set_data(*(center[:, np.newaxis] + radii[:, np.newaxis] * _CIRCLE))
        return [of_p, of_q, *best]

    return draw


def _bar_panel(ax: Axes, *, numbers: bool) -> Callable[..., list[Artist]]:
    rows = range(len(ARROWS))
    colors = [line_style(direction)["color"] for direction in ARROWS]
    bars = ax.barh(rows, [0] * len(rows), height=0.34, color=colors)
    floors = [ax.plot([0, 0], [row - 0.17, row + 0.3], color=INK, lw=1.6)[0] for row in rows]
    texts = [
        ax.text(0.01, row - 0.26, "", transform=ax.get_yaxis_transform(), va="bottom")
        for row in rows
    ]
    ax.set_xscale("symlog", linthresh=1, linscale=1)  # straight up to 1 nat, logarithmic beyond
    ax.set(xlim=(0, _LONGEST), ylim=(1.4, -0.8), yticks=[])
    ax.set_xticks([0, 0.5, 1, 10, 100, 1000], ["0", "0.5", "1", "10", "100", "1000"])
    ax.set_xlabel("nats; the thin line is the floor")
    ax.spines[["top", "right", "left"]].set_visible(False)

    def draw(divergences: tuple[Divergence, ...]) -> list[Artist]:
        for bar, floor, text, divergence in zip(bars, floors, texts, divergences, strict=True):
            bar.set_width(divergence.value)
            floor.set_xdata([divergence.floor, divergence.floor])
            text.set_text(sentence(divergence) if numbers else divergence.arrow)
        return [*bars, *floors, *texts]

    return draw
