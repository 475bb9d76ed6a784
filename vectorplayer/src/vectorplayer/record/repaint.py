"""Paint display lists with Agg, as pixels."""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any, Protocol

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform, TransformedPath

from vectorplayer.record.paint import Paint
from vectorplayer.record.pathdata import read_path_data, splines_as_cubics
from vectorplayer.record.pictures import pixels_of
from vectorplayer.record.points import codes_of, vertices_of
from vectorplayer.types import Catalogue, DisplayList, width

CODES = {
    "M": Path.MOVETO,
    "L": Path.LINETO,
    "Q": Path.CURVE3,
    "C": Path.CURVE4,
    "Z": Path.CLOSEPOLY,
}
CLEAR = (0.0, 0.0, 0.0, 0.0)


class Tables(Protocol):
    """What display lists refer to; see `recorder.Recorder`."""

    width: float
    height: float
    units: float
    shapes: Catalogue
    clips: Catalogue
    paints: dict[int | None, Paint]


class Painter:
    """Paint what a recorder has recorded.

    Parameters
    ----------
    recorder : Recorder
        Whose tables the display lists refer to.
    """

    def __init__(self, recorder: Tables) -> None:
        self._shapes, self._clips = list(recorder.shapes), list(recorder.clips)
        self._paints, self._units, self._height = recorder.paints, recorder.units, recorder.height
        self._agg: Any = RendererAgg(recorder.width, recorder.height, 72)  # a point is a pixel
        scale = 1 / self._units
        self._to_pixels = Affine2D().scale(scale, -scale).translate(0, self._height)
        self._outlines: dict[int, Path] = {}

    def paint(self, *lists: DisplayList) -> np.ndarray:
        """Return the picture of display lists: RGBA, of the size of the canvas."""
        self._agg.clear()
        for display in lists:
            gc = self._agg.new_gc()
            gc.set_snap(False)  # they are snapped already
            self._set_clip(gc, self._clips[display.clip])
            for ends, run in groupby(self._items(display), lambda item: item[0] and item[0].ends):
                paints, drawn = zip(*run, strict=True)
                if ends is None:
                    for uri, box in drawn:
                        self._draw_picture(gc, uri, box)
                else:
                    gc.set_capstyle(ends[0])
                    gc.set_joinstyle(ends[1])
                    self._draw(gc, paints, drawn)
        return np.asarray(self._agg.buffer_rgba())

    def _items(self, display: DisplayList) -> Iterator[tuple[Paint | None, Any]]:
        """Yield a paint and an outline, in grid lines, or None, a URI and a box."""
        at, paints = 0, map(self._paints.get, display.styles)
        for shape, run in groupby(display.shapes):
            kind, text = self._shapes[shape]
            count = len(list(run))
            size = count * width((kind, text))
            numbers = display.numbers[at : at + size].reshape(count, -1)
            at += size
            drawn = (
                [(text, box) for box in numbers] if kind == "image" else self._paths(shape, numbers)
            )
            yield from zip(islice(paints, count), drawn, strict=True)

    def _paths(self, shape: int, numbers: np.ndarray) -> list[Path]:
        """Return the outlines of items of the same shape."""
        kind, text = self._shapes[shape]
        steps = numbers.reshape(len(numbers), -1, 2)
        if kind == "path":
            points = steps.cumsum(axis=1)
            if "S" in text:
                return [_path(*splines_as_cubics(text, item)) for item in points]
            codes: np.ndarray | None
            codes, vertices = _with_ends(text, points)
        else:
            if shape not in self._outlines:
                self._outlines[shape] = _path(*read_path_data(text))
            codes = codes_of(self._outlines[shape])
            vertices = vertices_of(self._outlines[shape]) + steps
        return [Path(item, codes) for item in vertices]

    def _draw_picture(self, gc: GraphicsContextBase, uri: str, box: np.ndarray) -> None:
        x, y, _, height = np.rint(box / self._units).astype(int)
        pixels = np.ascontiguousarray(pixels_of(uri)[::-1])  # Agg's first row is the lowest
        self._agg.draw_image(gc, x, self._height - y - height, pixels)

    def _draw(
        self, gc: GraphicsContextBase, paints: tuple[Paint, ...], paths: tuple[Path, ...]
    ) -> None:
        self._agg.draw_path_collection(
            gc,
            self._to_pixels,
            list(paths),
            np.zeros((0, 3, 3)),
            np.zeros((0, 2)),
            IdentityTransform(),
            np.array([paint.face or CLEAR for paint in paints]),
            np.array([paint.edge for paint in paints]),
            np.array([paint.width for paint in paints]),
            [(paint.dashes[0], paint.dashes[1:] or None) for paint in paints],
            np.array([paint.smooth for paint in paints]),
            [None],
            "screen",
        )

    def _set_clip(self, gc: GraphicsContextBase, clip: tuple[Any, ...] | None) -> None:
        if clip is not None:
            x, y, width, height, d = clip
            corners = np.array([[x, y + height], [x + width, y]], float)
            gc.set_clip_rectangle(Bbox(self._to_pixels.transform(corners)))
            if d:
                gc.set_clip_path(TransformedPath(_path(*read_path_data(d)), self._to_pixels))


def _path(ops: str, points: np.ndarray) -> Path:
    codes, vertices = _with_ends(ops, points)
    return Path(vertices, codes)


def _with_ends(ops: str, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return codes for operations, and vertices with one more for each ``CLOSEPOLY``."""
    codes = np.array([CODES[letter] for letter in ops], np.uint8)
    vertices = np.zeros((*points.shape[:-2], len(codes), 2))
    vertices[..., codes != Path.CLOSEPOLY, :] = points
    return codes, vertices
