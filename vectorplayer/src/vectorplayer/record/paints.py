"""The paints of a collection: few different ones, shared by many items."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice, repeat
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase

from vectorplayer.record.paint import Paint, dashes_of, in_pixels
from vectorplayer.types import Catalogue

NO_EDGE = (0.0, 0.0, 0.0, 0.0)


def different_paints(
    count: int,
    gc: GraphicsContextBase,
    pixels: float,
    faces: Any,
    edges: Any,
    widths: Sequence[float],
    dashes: Sequence[Any],
    smooths: Sequence[bool],
) -> tuple[list[Paint], np.ndarray]:
    """Return the different paints of a collection, and the index of that of each item."""
    if not len(edges):  # Agg snaps as if there were no line, and not one that cannot be seen
        widths = [0.0]
    rows = zip(
        _cycled(_levels(faces), None),
        _cycled(_levels(edges), NO_EDGE),
        _cycled([float(width) * pixels for width in widths], gc.get_linewidth() * pixels),
        _cycled([in_pixels(line, pixels) for line in dashes], in_pixels(dashes_of(gc), pixels)),
        _cycled([bool(smooth) for smooth in smooths], True),
        strict=False,
    )
    known = Catalogue()
    which = np.array([known.number(row) for row in islice(rows, count)])
    ends = gc.get_capstyle(), gc.get_joinstyle()
    paints = [
        Paint(face, edge, width, dashes, *ends, smooth)
        for face, edge, width, dashes, smooth in known
    ]
    return paints, which


def _cycled(values: Sequence[Any], default: Any) -> Iterator[Any]:
    """Repeat the values for ever, or the default if there are none."""
    return cycle(values) if len(values) else repeat(default)


def _levels(colors: Any) -> list[tuple[float, ...]]:
    """Return colours on the grid of what SVG tells apart, so that equal ones are known as such."""
    if not len(colors):
        return []
    colors = np.array(colors, float)
    colors[:, :3] = np.rint(colors[:, :3] * 255) / 255
    colors[:, 3:] = np.rint(colors[:, 3:] * 10_000) / 10_000
    return list(map(tuple, colors.tolist()))
