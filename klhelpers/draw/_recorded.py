"""The density of a recorded q: exact for Gaussians, on the points of the figure for others.

A trajectory of another q holds the values of its variables.  They are put into q one recorded
step after the other, before the first frame is drawn: q can then change without changing a frame.
"""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from klhelpers.draw._values import density_of, values_at
from klhelpers.draw.contours import density_values, grid_contours
from klhelpers.draw.ellipses import contour_paths
from klhelpers.fit import Trajectory

_EVENLY, _AROUND = 101, 81  # points of a curve: over the panel, and around the mean


def recorded_contours(
    trajectory: Trajectory,
    q: Any,
    X1: NDArray[Any],
    X2: NDArray[Any],
    levels: NDArray[Any],
    entries: Sequence[int],
) -> dict[int, list[Path]]:
    """Contours of q at some entries of a trajectory, one path per level."""
    if trajectory.loc is not None and trajectory.scale_tril is not None:
        return {
            entry: contour_paths(trajectory.loc[entry], trajectory.scale_tril[entry], levels)
            for entry in entries
        }
    density = density_of("q", q)
    with _values_put_back(q):
        found = {}
        for entry in entries:
            trajectory.restore(q, int(trajectory.steps[entry]))
            values = density_values(density, X1, X2, name="the density of q")
            found[entry] = grid_contours(X1, X2, values, levels)
    return found


def recorded_curves(
    trajectory: Trajectory, q: Any, x: NDArray[Any], entries: Sequence[int]
) -> dict[int, tuple[NDArray[Any], NDArray[Any]]]:
    """Density of a one-dimensional q at some entries of a trajectory, as points (x, y)."""
    if trajectory.loc is not None and trajectory.scale_tril is not None:
        loc, scale = trajectory.loc[:, 0], trajectory.scale_tril[:, 0, 0]
        return {entry: _normal_curve(loc[entry], scale[entry], x) for entry in entries}
    density, points = density_of("q", q), as_events(x, q.event_shape)
    with _values_put_back(q):
        found = {}
        for entry in entries:
            trajectory.restore(q, int(trajectory.steps[entry]))
            found[entry] = x, values_at(density, points, name="the density of q")
    return found


def as_events(x: NDArray[Any], event_shape: Sequence[int]) -> NDArray[Any]:
    """Points of a line as a distribution takes them: (N,), or (N, 1) for vectors of length 1."""
    return x.reshape(-1, *event_shape)


def _normal_curve(loc: float, scale: float, x: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Sample a normal density so finely where it is high that no peak is lost."""
    around = loc + scale * np.linspace(-4, 4, _AROUND, dtype=np.float64)
    points = np.sort(np.append(np.linspace(x[0], x[-1], _EVENLY), np.clip(around, x[0], x[-1])))
    z = (points - loc) / scale
    return points, np.exp(-0.5 * z**2) / (scale * np.sqrt(2 * np.pi))


@contextlib.contextmanager
def _values_put_back(q: Any) -> Iterator[None]:
    """Give the variables of q the values back that they had before the block."""
    before = [(variable, variable.numpy().copy()) for variable in q.variables]
    try:
        yield
    finally:
        for variable, value in before:
            variable.assign(value)
