"""Gaussians of live figures: as NumPy arrays, as distributions, as outlines."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from klhelpers.direction import ARROWS, ordered
from klhelpers.divergences import kl_gaussian
from klhelpers.draw.styles import line_style
from klhelpers.nats import format_nats
from klhelpers.optima import kl_floor

_ANGLES = np.linspace(0, 2 * np.pi, 121)
_CIRCLE = np.array([np.cos(_ANGLES), np.sin(_ANGLES)])


def scale_tril(scale: Sequence[float], correlation: float) -> NDArray[np.float64]:
    """Lower-triangular factor of a covariance, shape (2, 2)."""
    s1, s2 = scale
    root = np.sqrt((1 - correlation) * (1 + correlation))
    return np.array([[s1, 0.0], [correlation * s2, s2 * root]])


def distribution(loc: Sequence[float], scale: Sequence[float], correlation: float) -> Any:
    """Make a ``tfd.MultivariateNormalTriL``, float64; this loads TensorFlow."""
    from klhelpers.quiet_tensorflow import tfp

    return tfp.distributions.MultivariateNormalTriL(
        loc=np.array(loc, np.float64), scale_tril=scale_tril(scale, correlation)
    )


def draw_outlines(
    ax: Axes, loc: ArrayLike, tril: NDArray[Any], radii: Sequence[float], **style: Any
) -> None:
    """Draw the ellipses that lie `radii` standard deviations from the mean."""
    for radius in radii:
        ax.plot(*(np.array(loc)[:, np.newaxis] + radius * tril @ _CIRCLE), **style)


def draw_bars(
    ax: Axes,
    p: tuple[ArrayLike, NDArray[Any]],
    q: tuple[ArrayLike, NDArray[Any]],
    family: str,
) -> None:
    """Draw both divergences of two Gaussians (mean, factor) as bars, with the family's floors."""
    for row, (direction, arrow) in enumerate(ARROWS.items()):
        first, second = ordered(direction, p, q)
        value = float(kl_gaussian(*first, *second))
        ax.barh(row, value, height=0.4, color=line_style(direction)["color"])
        floor = float(kl_floor(p[1], direction=direction, family=family))
        ax.plot([floor, floor], [row - 0.2, row + 0.3], **line_style("reference"))
        ax.text(0, row - 0.28, f"{arrow} = {format_nats(value)} nats")
    ax.set(xlim=(0, 4), ylim=(1.6, -0.8), xticks=range(5), yticks=[], xlabel="nats")
