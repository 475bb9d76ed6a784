"""Densities evaluated at points: how one is asked, and what may come back."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import float64_array
from klhelpers._shown import shown

Density = Callable[[NDArray[Any]], ArrayLike]


def density_of(name: str, distribution: Any) -> Density:
    """Return ``prob`` of a distribution, or the exponential of ``log_prob`` if it has no prob.

    Raises TypeError if it has neither; `name` is that of the argument.
    """
    if callable(getattr(distribution, "prob", None)):
        density: Density = distribution.prob
        return density
    if callable(getattr(distribution, "log_prob", None)):
        return lambda points: np.exp(np.asarray(distribution.log_prob(points), np.float64))
    raise TypeError(
        f"{name} must be a distribution with a density, {name}.prob or {name}.log_prob; "
        f"got {shown(distribution)}"
    )


def values_at(
    density: Density, points: NDArray[Any], *, name: str = "density"
) -> NDArray[np.float64]:
    """Evaluate a density at N points, shape (N,) or (N, d), and check the N values."""
    values = float64_array(f"the values of {name}", density(points))
    count = len(points)
    if values.shape != (count,):
        raise ValueError(
            f"{name} must return one value for each of the N points, "
            f"shape ({count},); got {values.shape}"
        )
    if np.any(np.isnan(values)):
        wrong = np.flatnonzero(np.isnan(values))
        raise ValueError(
            f"{name} must not return NaN; it did at {len(wrong)} of {count} points, "
            f"first at {_point(points[wrong[0]])}"
        )
    if np.any(values < 0):
        wrong = np.flatnonzero(values < 0)
        raise ValueError(
            f"{name} must not be negative; it is at {len(wrong)} of {count} points, first "
            f"{values[wrong[0]]} at {_point(points[wrong[0]])}: pass p.prob, the "
            "density, and not p.log_prob, its logarithm"
        )
    return values


def _point(coordinates: NDArray[Any]) -> str:
    return f"({', '.join(str(number) for number in np.atleast_1d(coordinates))})"
