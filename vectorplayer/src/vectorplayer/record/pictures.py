"""Raster pictures as ``data:`` URIs."""

import base64
import io
from typing import Any

import numpy as np
from PIL import Image

PIXELS_PER_COLOR = 16  # at least, for a palette to be worth its bytes


def cropped_png(rgba: np.ndarray) -> tuple[str, tuple[int, int, int, int]] | None:
    """Return what is not empty in a picture: a ``data:`` URI, and x, y, width, height."""
    rows = np.flatnonzero(rgba[..., 3].any(axis=1))
    columns = np.flatnonzero(rgba[..., 3].any(axis=0))
    if len(rows) == 0:
        return None
    (top, bottom), (left, right) = rows[[0, -1]] + (0, 1), columns[[0, -1]] + (0, 1)
    png = _png(Image.fromarray(np.ascontiguousarray(rgba[top:bottom, left:right])))
    uri = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    return uri, (left, top, right - left, bottom - top)


def plain_size(rgba: np.ndarray) -> int:
    """Return how many characters a picture takes that is written as Matplotlib writes it."""
    buffer = io.BytesIO()
    Image.fromarray(rgba).save(buffer, format="png")
    return 4 * -(-len(buffer.getvalue()) // 3)


def _png(picture: Image.Image) -> bytes:
    """Return a picture as PNG: with a palette if it has few colours, without a useless alpha."""
    colors: Any = picture.getcolors(min(256, picture.width * picture.height // PIXELS_PER_COLOR))
    more: dict[str, Any] = {}
    if colors:
        picture, more = _with_palette(picture, [color for _, color in colors])
    elif picture.getchannel(3).getextrema() == (255, 255):
        picture = picture.convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, format="png", **more)
    return buffer.getvalue()


def _with_palette(
    picture: Image.Image, colors: list[tuple[int, ...]]
) -> tuple[Image.Image, dict[str, bytes]]:
    """Return a picture with a palette, and what its PNG says of transparency."""
    table = np.array(sorted(colors, key=lambda color: color[3]), np.uint8)  # opaque ones last
    values = table.view(np.uint32).ravel()
    order = np.argsort(values)
    pixels = np.asarray(picture).view(np.uint32)[..., 0]
    index = order[np.searchsorted(values, pixels, sorter=order)].astype(np.uint8)
    small = Image.fromarray(index)
    small.putpalette(table[:, :3].tobytes())
    alpha = table[table[:, 3] < 255, 3]
    return small, {"transparency": alpha.tobytes()} if len(alpha) else {}


def pixels_of(uri: str) -> np.ndarray:
    """Return the picture of a ``data:`` URI as RGBA."""
    data = base64.b64decode(uri.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
