"""What clips an artist: a rectangle on whole pixels, and an outline."""

import math
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.transforms import Affine2D

from vectorplayer.record.outlines import flattened, letters_and_points, to_grid
from vectorplayer.record.pathdata import path_data

Clip = tuple[int, int, int, int, str]


def clip_of(
    gc: GraphicsContextBase, width: float, height: float, units: float, flip: np.ndarray
) -> Clip | None:
    """Return what a graphics context clips to: x, y, width, height in units, path data.

    It is None where nothing but the canvas clips.
    """
    box = clip_box(gc.get_clip_rectangle(), width, height, units)
    path, transform = gc.get_clip_path()
    if path is not None:
        path, matrix = flattened(path, transform, flip)
        cleaned = path.transformed(Affine2D(matrix)).cleaned(remove_nans=True, curves=True)
        ops, points = letters_and_points(cleaned.vertices, cleaned.codes)
        return (*box, path_data(ops, to_grid(points, units)) or "M0 0")
    return None if box == clip_box(None, width, height, units) else (*box, "")


def clip_box(
    box: Any | None, width: float, height: float, units: float
) -> tuple[int, int, int, int]:
    """Return a clip rectangle as x, y, width, height in units, on whole pixels as in Agg."""
    x0, y0, x1, y1 = 0, 0, width, height
    if box is not None:
        left, bottom, right, top = box.extents
        left, right = math.floor(left + 0.5), math.floor(right + 0.5)
        top, bottom = (math.floor(height - y + 0.5) for y in (top, bottom))
        x0, x1, y0, y1 = max(x0, left), min(x1, right), max(y0, top), min(y1, bottom)
    return tuple(round(side * units) for side in (x0, y0, max(x1 - x0, 0), max(y1 - y0, 0)))
