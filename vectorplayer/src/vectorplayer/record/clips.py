"""What clips an artist: a rectangle on whole pixels, and an outline."""

import math
from collections.abc import Sequence
from typing import cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from vectorplayer.record.outlines import flattened, letters_and_points, to_grid
from vectorplayer.record.pathdata import path_data
from vectorplayer.record.points import vertices_of

Clip = tuple[int, int, int, int, str]


def clip_of(
    gc: GraphicsContextBase,
    width: float,
    height: float,
    units: float,
    flip: np.ndarray,
    *,
    outline: bool,
) -> Clip | None:
    """Return what a graphics context clips to: x, y, width, height in units, path data.

    It is None where nothing but the canvas clips.  Without ``outline`` only a rectangle clips.
    """
    rectangle = gc.get_clip_rectangle()
    # Matplotlib's types have a TransformedPath here; it is what that was made from.
    path, transform = cast("tuple[Path | None, Transform]", gc.get_clip_path())
    if path is not None and not (outline and len(vertices_of(path))):
        path = None  # as in Agg, where an empty path clips nothing
    if rectangle is None and path is None:
        return None
    whole = (0.0, 0.0, width, height)
    box = whole if rectangle is None else clip_box(rectangle.extents, width, height)
    x, y, wide, high = (round(side * units) for side in box)
    if path is not None:
        flat, matrix = flattened(path, transform, flip)
        cleaned = flat.transformed(Affine2D(matrix)).cleaned(remove_nans=True, curves=True)
        ops, points = letters_and_points(cleaned)
        return x, y, wide, high, path_data(ops, to_grid(points, units)) or "M0 0"
    return None if box == whole else (x, y, wide, high, "")


def clip_box(
    extents: Sequence[float] | np.ndarray, width: float, height: float
) -> tuple[float, float, float, float]:
    """Return a clip rectangle as x, y, width, height in whole pixels, as in Agg.

    Parameters
    ----------
    extents : array of float
        Left, bottom, right and top in pixels, y upwards.
    width, height : float
        Size of the canvas, which clips as well.
    """
    left, bottom, right, top = map(float, extents)
    left, right = math.floor(left + 0.5), math.floor(right + 0.5)
    top, bottom = math.floor(height - top + 0.5), math.floor(height - bottom + 0.5)
    x0, x1, y0, y1 = max(0, left), min(width, right), max(0, top), min(height, bottom)
    return (x0, y0, max(x1 - x0, 0), max(y1 - y0, 0))
