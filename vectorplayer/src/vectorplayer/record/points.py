"""Vertices and codes of Matplotlib's paths: they are arrays, and its types say array-like."""

from typing import Any, cast

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray


def vertices_of(path: Path) -> NDArray[np.float64]:
    """Return the vertices of a path, shape (n, 2)."""
    return cast(NDArray[np.float64], path.vertices)


def codes_of(path: Path) -> NDArray[Any] | None:
    """Return the codes of a path, shape (n,); None for one polyline."""
    return cast("NDArray[Any] | None", path.codes)
