"""How things are painted: SVG attributes, clips, and pictures."""

import base64
import io
import math
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib import colors
from PIL import Image

from vectorplayer.record.pathdata import short

CAPS = {"projecting": "square", "round": "round"}  # "butt" is SVG's own default

Style = tuple[tuple[str, str], ...]


@lru_cache(maxsize=4096)
def attributes(
    face: tuple[float, ...] | None,
    edge: tuple[float, ...],
    width: float,
    dashes: tuple[float, ...],
    cap: str,
    join: str,
    smooth: bool,
) -> Style | None:
    """Return the SVG attributes of a fill and a line, None if both are invisible.

    Parameters
    ----------
    face, edge : tuple of float
        RGBA; no face is None.
    width : float
        Width of the line, in units.
    dashes : tuple of float
        The offset, then the lengths of dashes and gaps, in units.
    cap, join : str
        Matplotlib's names.
    smooth : bool
        Whether edges are smoothed.
    """
    style = {}
    if face is not None and face[3] > 0:
        style["fill"] = colors.to_hex(face)
        if face[3] < 1:
            style["fill-opacity"] = short(face[3], 4)
    if width > 0 and edge[3] > 0:
        style["stroke"] = colors.to_hex(edge)
        style["stroke-width"] = short(width, 2)
        if edge[3] < 1:
            style["stroke-opacity"] = short(edge[3], 4)
        if cap in CAPS:
            style["stroke-linecap"] = CAPS[cap]
        if join != "miter":
            style["stroke-linejoin"] = join
        offset, *lengths = dashes
        if lengths:
            style["stroke-dasharray"] = " ".join(short(length, 2) for length in lengths)
            if offset:
                style["stroke-dashoffset"] = short(offset, 2)
    if not style:
        return None
    if not smooth:
        style["shape-rendering"] = "crispEdges"
    return tuple(style.items())


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


def cropped_png(rgba: np.ndarray) -> tuple[str, tuple[int, int, int, int]] | None:
    """Return what is not empty in a picture: a ``data:`` URI, and x, y, width, height."""
    rows = np.flatnonzero(rgba[..., 3].any(axis=1))
    columns = np.flatnonzero(rgba[..., 3].any(axis=0))
    if len(rows) == 0:
        return None
    (top, bottom), (left, right) = rows[[0, -1]] + (0, 1), columns[[0, -1]] + (0, 1)
    buffer = io.BytesIO()
    part = np.ascontiguousarray(rgba[top:bottom, left:right])
    Image.fromarray(part).save(buffer, format="png")
    uri = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
    return uri, (left, top, right - left, bottom - top)
