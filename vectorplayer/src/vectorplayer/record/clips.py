"""What clips an artist: a rectangle on whole pixels, and an outline."""

import math

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.transforms import Affine2D

from vectorplayer.record.outlines import flattened, letters_and_points, to_grid
from vectorplayer.record.pathdata import path_data

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
    rectangle, (path, transform) = gc.get_clip_rectangle(), gc.get_clip_path()
    if path is not None and not (outline and len(path.vertices)):
        path = None  # as in Agg, where an empty path clips nothing
    if rectangle is None and path is None:
        return None
    whole = (0, 0, width, height)
    box = whole if rectangle is None else clip_box(rectangle.extents, width, height)
    in_units = tuple(round(side * units) for side in box)
    if path is not None:
        path, matrix = flattened(path, transform, flip)
        cleaned = path.transformed(Affine2D(matrix)).cleaned(remove_nans=True, curves=True)
        ops, points = letters_and_points(cleaned.vertices, cleaned.codes)
        return (*in_units, path_data(ops, to_grid(points, units)) or "M0 0")
    return None if box == whole else (*in_units, "")


def clip_box(extents: np.ndarray, width: float, height: float) -> tuple[float, ...]:
    """Return a clip rectangle as x, y, width, height in whole pixels, as in Agg.

    Parameters
    ----------
    extents : array of float
        Left, bottom, right and top in pixels, y upwards.
    width, height : float
        Size of the canvas, which clips as well.
    """
    left, bottom, right, top = extents.tolist()
    left, right = math.floor(left + 0.5), math.floor(right + 0.5)
    top, bottom = math.floor(height - top + 0.5), math.floor(height - bottom + 0.5)
    x0, x1, y0, y1 = max(0, left), min(width, right), max(0, top), min(height, bottom)
    return (x0, y0, max(x1 - x0, 0), max(y1 - y0, 0))
