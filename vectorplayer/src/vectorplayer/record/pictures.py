"""Raster pictures as ``data:`` URIs."""

import base64
import io

import numpy as np
from PIL import Image


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


def pixels_of(uri: str) -> np.ndarray:
    """Return the picture of a ``data:`` URI as RGBA."""
    data = base64.b64decode(uri.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
