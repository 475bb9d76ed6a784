"""The lines of p, of q and of the two directions: the same in every figure.

================  ======  ===========  ======
what              colour  line         marker
================  ======  ===========  ======
target p          ink     dashed       none
approximation q   green   solid        none
reverse, KL(q‖p)  blue    solid        circle
forward, KL(p‖q)  orange  dash-dotted  square
reference value   ink     dotted       none
================  ======  ===========  ======
"""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.collections import PathCollection
from matplotlib.colors import Colormap, Normalize
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from klhelpers._shown import shown
from klhelpers.draw.contours import check_levels

# All have a contrast of at least 3:1 on white, as have their counterparts on a dark page, and
# differ for colour-blind readers; the lines and the markers differ without any colour.
INK, GREY = "#1a1a1a", "#767676"
_LONG_DASH_DOT = (0, (8, 1.8, 1.5, 1.8))  # not to be taken for p's short dashes
_STYLES: dict[str, dict[str, Any]] = {
    "p": {"color": INK, "linestyle": "--"},
    "q": {"color": "#009e73", "linestyle": "-"},
    "reverse": {"color": "#0057a8", "linestyle": "-", "marker": "o"},
    "forward": {"color": "#d55e00", "linestyle": _LONG_DASH_DOT, "marker": "s"},
    "reference": {"color": INK, "linestyle": ":"},
}
_WIDTHS = 0.8, 1.3  # points, of the lowest and of the highest contour
_WIDTHS_OF_P = 0.6, 0.9  # behind those of q


def line_style(name: str, **changes: Any) -> dict[str, Any]:
    """Look up how the lines of one thing are drawn, as keywords of ``Axes.plot``.

    Parameters
    ----------
    name : {"p", "q", "reverse", "forward", "reference"}
        The target, an approximation where no direction is at issue, what one direction fits, or
        a value to compare with, such as a floor.
    **changes : Any
        Keywords of ``Axes.plot`` to add or to replace, for example ``marker=""``.

    Returns
    -------
    dict
        ``color`` and ``linestyle``, for a direction also ``marker``, and the changes.

    Raises
    ------
    ValueError
        If the name is unknown.

    Notes
    -----
    A marker is drawn at every point; ``markevery`` leaves some out.

    Examples
    --------
    >>> line_style("reverse", markevery=25)
    {'color': '#0057a8', 'linestyle': '-', 'marker': 'o', 'markevery': 25}
    """
    if not (isinstance(name, str) and name in _STYLES):
        raise ValueError(f"name must be one of {', '.join(_STYLES)}; got {shown(name)}")
    return _STYLES[name] | changes


def contour_style(
    name: str, levels: ArrayLike, *, cmap: str | Colormap | None = None
) -> dict[str, Any]:
    """Look up how the contours of one thing are drawn, as keywords of ``Axes.contour``.

    Parameters
    ----------
    name : {"p", "q", "reverse", "forward", "reference"}
        As for `line_style`.
    levels : array_like, shape (n,)
        Increasing densities.
    cmap : str or Colormap, optional
        Colours from the lowest level to the highest, instead of the one of `name`.

    Returns
    -------
    dict
        ``levels``, ``colors``, ``linestyles`` and ``linewidths``.

    Raises
    ------
    TypeError, ValueError
        If the name or the colour map is unknown, or the levels do not increase.

    Notes
    -----
    One colour for all levels; the higher the level, the wider the line.

    Examples
    --------
    >>> style = contour_style("q", [0.1, 0.2, 0.3])
    >>> style["colors"], style["linewidths"].round(2).tolist()
    ('#009e73', [0.8, 1.05, 1.3])
    """
    line, levels, cmap = line_style(name), check_levels(levels), check_cmap("cmap", cmap)
    return {
        "levels": levels,
        "colors": line["color"] if cmap is None else _level_colors(cmap, levels),
        "linestyles": [line["linestyle"]],
        "linewidths": np.linspace(*(_WIDTHS_OF_P if name == "p" else _WIDTHS), len(levels)),
    }


def _level_colors(cmap: str | Colormap, levels: NDArray[np.float64]) -> NDArray[Any]:
    low, high = levels[0], levels[-1]
    places = Normalize(low, high if high > low else low + 1)(levels)
    return np.asarray(colormaps.get_cmap(cmap)(places))


def check_cmap(name: str, cmap: Any) -> str | Colormap | None:
    """Return `cmap` if it is None, a colour map or the name of one, else raise ValueError."""
    if cmap is None or isinstance(cmap, Colormap):
        return cmap
    if isinstance(cmap, str) and cmap in colormaps:
        return cmap
    raise ValueError(f"{name} must be a colour map or the name of one; got {shown(cmap)}")


def contour_collection(style: dict[str, Any]) -> PathCollection:
    """Make the empty collection for the contours of a moving q, one path per level."""
    return PathCollection(
        [],
        facecolors="none",
        edgecolors=style["colors"],
        linestyles=style["linestyles"],
        linewidths=style["linewidths"],
        zorder=2,  # that of Axes.contour: what is added later lies above
    )


def contour_handle(style: dict[str, Any], *, label: str) -> Line2D:
    """Make the line of a legend that stands for all contours: that of the middle level."""
    middle, colors = len(style["levels"]) // 2, style["colors"]
    return Line2D(
        [],
        [],
        color=colors if isinstance(colors, str) else colors[middle],
        linestyle=style["linestyles"][0],
        linewidth=style["linewidths"][middle],
        label=label,
    )
