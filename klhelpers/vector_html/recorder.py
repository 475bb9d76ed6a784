"""A Matplotlib renderer that writes down what it is asked to draw.

A *display list* is a sequence of items.  An item has a style (its paint), a shape and a few
integers.  A shape is one of

- ``("path", ops)``: the integers are the vertices, each relative to the one before it;
- ``("placed", d)``: a finished outline (a glyph, a marker); the integers are its place;
- ``("image", uri)``: a raster picture; the integers are x, y, width and height.

Coordinates are counted in ``precision`` pixels, from the top left corner.
"""

import base64
import io
import itertools
import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from .curves import knots
from .svg import path_data, short
from .words import Words

FINE = 10  # placed outlines are kept ten times finer than places: they are stored only once
FAR = 2**24  # units; no screen shows what lies beyond, and the integers stay small
CAPS = {"projecting": "square", "round": "round"}  # "butt" is SVG's own default
STOP, CURVE3, CURVE4 = (bytes([code]) for code in (Path.STOP, Path.CURVE3, Path.CURVE4))
OPS = bytes.maketrans(bytes([Path.MOVETO, Path.LINETO, 3, 4, Path.CLOSEPOLY]), b"MLQCZ")
LINES = re.compile(r"(ML*)(Z?)")
SMOOTHABLE = 12  # vertices; below that a curve through knots saves nothing


class DisplayList(NamedTuple):
    """Items that share a clip, in drawing order, as columns."""

    clip: int
    styles: tuple[int, ...]
    shapes: tuple[int, ...]
    numbers: np.ndarray

    def same(self, other: "DisplayList | None") -> bool:
        """Tell whether both lists draw the same picture."""
        return self is other or (
            other is not None
            and self[:3] == other[:3]
            and np.array_equal(self.numbers, other.numbers)
        )


class Catalogue(dict):
    """Numbers things in the order in which they are first seen."""

    def number(self, thing: Any) -> int:
        """Return the number of ``thing``, a new one if it was not seen before."""
        return self.setdefault(thing, len(self))


class Recorder(RendererBase):
    """Collect display lists instead of painting.

    Parameters
    ----------
    width, height : float
        Size of the canvas in pixels.
    dpi : float
        Pixels per inch.
    precision : float
        Size of the coordinate grid in pixels.
    tolerance : float
        How far, in pixels, a line may run from its vertices once those that it hardly needs
        are left out.  0 keeps all.

    Notes
    -----
    Hatched paths, meshes and Gouraud triangles are painted by Agg as well and stand in the list
    as images.
    """

    def __init__(
        self, width: float, height: float, dpi: float, *, precision: float, tolerance: float
    ) -> None:
        super().__init__()
        self.width, self.height, self.dpi = width, height, dpi
        self.units = 1 / precision  # per pixel
        self.tolerance = tolerance
        self.styles, self.shapes, self.clips = Catalogue(), Catalogue(), Catalogue()
        self._agg = RendererAgg(width, height, dpi)
        self._flip = np.array([[1.0, 0, 0], [0, -1, height], [0, 0, 1]])
        self._items: list[tuple[int, int, int, int, np.ndarray]] = []
        self._outlines: dict[tuple, str] = {}
        self._words = Words(self._text2path, dpi / 72, self.units * FINE)

    def record(self, draw: Callable[["Recorder"], None]) -> list[DisplayList]:
        """Run ``draw(self)`` and return what it drew, one list for each run of equal clips."""
        outer, self._items = self._items, []
        try:
            draw(self)
            return self.take()
        finally:
            self._items = outer

    def take(self) -> list[DisplayList]:
        """Return what was drawn since the last call."""
        items, self._items = self._items, []
        lists, start = [], 0
        for end in range(1, len(items) + 1):
            if end == len(items) or items[end][0] != items[start][0]:
                run = items[start:end]
                styles = [style for _, style, _, count, _ in run for style in (style,) * count]
                shapes = [shape for _, _, shape, count, _ in run for shape in (shape,) * count]
                numbers = np.concatenate([numbers for *_, numbers in run])
                lists.append(DisplayList(run[0][0], tuple(styles), tuple(shapes), numbers))
                start = end
        return lists

    # -- what Matplotlib asks of a renderer ----------------------------------------------------

    def draw_path(self, gc, path, transform, rgbFace=None):  # noqa: D102
        if gc.get_hatch():
            return self._paint(lambda agg: agg.draw_path(gc, path, transform, rgbFace))
        style = self._style(gc, rgbFace)
        if style is not None:
            self._add_path(self._clip(gc), style, path, transform, gc, filled=rgbFace is not None)

    def draw_markers(  # noqa: D102
        self,
        gc,
        marker_path,
        marker_trans,
        path,
        trans,
        rgbFace=None,
    ):
        if gc.get_hatch():
            return super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)
        style = self._style(gc, rgbFace)
        places = [v[-2:] for v, _ in path.iter_segments(trans, simplify=False) if len(v)]
        if style is not None and places:
            clip, filled = self._clip(gc), rgbFace is not None
            self._place(clip, style, marker_path, marker_trans, np.array(places), gc, filled=filled)

    def draw_path_collection(  # noqa: D102
        self, gc, master_transform, paths, all_transforms, offsets, offset_trans,
        facecolors, edgecolors, linewidths, linestyles, antialiaseds, urls, offset_position,
        **kwargs,
    ):  # fmt: skip
        outlines = list(self._iter_collection_raw_paths(master_transform, paths, all_transforms))
        if gc.get_hatch() or not outlines:
            return super().draw_path_collection(
                gc, master_transform, paths, all_transforms, offsets, offset_trans, facecolors,
                edgecolors, linewidths, linestyles, antialiaseds, urls, offset_position, **kwargs,
            )  # fmt: skip
        places = offset_trans.transform(offsets) if len(offsets) else np.zeros((1, 2))
        paints = zip(
            *map(_cycle, (facecolors, edgecolors, linewidths, linestyles, antialiaseds)),
            strict=False,
        )
        clip, known = self._clip(gc), {}
        # Few outlines at many places, as in a scatter plot: each outline is kept once.
        scattered = len(outlines) < len(places)
        for index in range(max(len(outlines), len(places))):
            face, edge, width, dashes, smooth = next(paints)
            place = places[index % len(places)]
            path, transform = outlines[index % len(outlines)]
            face = None if face is None or (len(face) == 4 and face[3] == 0) else tuple(face)
            edge = (0, 0, 0, 0) if edge is None else tuple(edge)
            key = (face, edge, width, id(dashes), smooth)
            if key not in known:
                known[key] = self._paint_number(
                    face, edge, gc.get_linewidth() if width is None else width,
                    dashes or gc.get_dashes(), gc.get_capstyle(), gc.get_joinstyle(), smooth,
                )  # fmt: skip
            style = known[key]
            if style is None or not np.isfinite(place).all():
                continue
            if scattered:
                self._place(clip, style, path, transform, place[None], gc, filled=face is not None)
                continue
            if place.any():
                transform = transform.frozen().translate(*place)
            self._add_path(clip, style, path, transform, gc, filled=face is not None)

    def draw_quad_mesh(self, *args, **kwargs):  # noqa: D102
        self._paint(lambda agg: agg.draw_quad_mesh(*args, **kwargs), args[0])

    def draw_gouraud_triangles(self, gc, *args):  # noqa: D102
        self._paint(lambda agg: agg.draw_gouraud_triangles(gc, *args), gc)

    def draw_image(self, gc, x, y, im, transform=None):  # noqa: D102
        self._paint(lambda agg: agg.draw_image(gc, x, y, im), gc)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):  # noqa: D102
        color = gc.get_rgb()
        alpha = gc.get_alpha() if len(color) == 3 or gc.get_forced_alpha() else color[3]
        style = self._paint_number((*color[:3], alpha), (0, 0, 0, 0), 0, (0, None), "", "miter", 1)
        if style is None:
            return
        clip = self._clip(gc)
        for outline, dx, dy in self._words.run(s, prop, angle, ismath, mtext):
            self._add(clip, style, outline, self._to_units(np.array([[x + dx, y + dy]])))

    def start_filter(self):  # noqa: D102
        raise NotImplementedError("an agg_filter works on pixels and cannot be kept as vectors")

    def get_text_width_height_descent(self, s, prop, ismath):  # noqa: D102
        if ismath == "TeX":
            return super().get_text_width_height_descent(s, prop, ismath)
        return self._words.measure(s, prop, ismath)

    def points_to_pixels(self, points):  # noqa: D102
        return points * self.dpi / 72

    def get_canvas_width_height(self):  # noqa: D102
        return self.width, self.height

    def option_image_nocomposite(self):  # noqa: D102
        return True  # each image keeps its own place between the artists

    # -- items ---------------------------------------------------------------------------------

    def _add(self, clip: int, style: int, shape: tuple, numbers: np.ndarray) -> None:
        count = len(numbers) if shape[0] == "placed" else 1
        self._items.append((clip, style, self.shapes.number(shape), count, numbers.ravel()))

    def _add_path(self, clip, style, path, transform, gc, *, filled: bool) -> None:
        ops, points = self._outline(path, transform, gc, filled=filled)
        if ops:
            steps = points.copy()
            steps[1:] -= points[:-1]
            self._add(clip, style, ("path", ops), steps)

    def _place(self, clip, style, path, transform, places, gc, *, filled: bool) -> None:
        """Add the same outline at several places (display coordinates, y upwards)."""
        places = places[np.isfinite(places).all(axis=1)] * (1, -1) + (0, self.height)
        if not len(places):
            return
        if gc.get_snap():  # tick marks stay sharp, as in Agg
            places = np.floor(places + 0.5)
        matrix = np.diag([1.0, -1, 1]) @ transform.get_matrix()
        key = (path.vertices.tobytes(), None if path.codes is None else path.codes.tobytes())
        key = (*key, matrix.tobytes(), filled, gc.get_snap(), self._line_width(gc))
        if key not in self._outlines:
            cleaned = path.cleaned(
                Affine2D(matrix),
                remove_nans=True,
                curves=True,
                stroke_width=self._line_width(gc),
                snap=bool(gc.get_snap()),
            )
            ops, points = _ops_and_points(cleaned)
            points = np.rint(points * (self.units * FINE)).astype(int)
            self._outlines[key] = path_data(ops, points, FINE) if ops else ""
        if self._outlines[key]:
            self._add(clip, style, ("placed", self._outlines[key]), self._to_units(places))

    def _outline(self, path, transform, gc, *, filled: bool) -> tuple[str, np.ndarray]:
        """Return the drawing operations of a path and their (n, 2) vertices in units.

        Matplotlib's own pipeline transforms the path, leaves out what is not finite, clips lines
        to the canvas, and snaps to pixels, as it does for a PNG.  Curves stay curves.
        """
        if not transform.is_affine:
            path, transform = transform.transform_path_non_affine(path), transform.get_affine()
        matrix = self._flip @ transform.get_matrix()
        codes, sketch = path.codes, gc.get_sketch_params()
        letters = b"" if codes is None else codes.tobytes()
        curved = CURVE3 in letters or CURVE4 in letters
        if curved and sketch is None:  # nothing to clip or to snap
            points = path.vertices @ matrix[:2, :2].T + matrix[:2, 2]
            if np.isfinite(points).all() and STOP not in letters:
                ops = letters.translate(OPS).decode()
                if "Z" in ops:
                    points = points[codes != Path.CLOSEPOLY]
                return ops, self._to_units(points)
        ops, points = _ops_and_points(
            path.cleaned(
                Affine2D(matrix),
                remove_nans=True,
                clip=None if filled else (-1.0, -1.0, self.width + 1, self.height + 1),
                curves=True,
                stroke_width=self._line_width(gc),
                snap=gc.get_snap(),
                sketch=sketch,
            )
        )
        if self.tolerance > 0 and not (filled or curved) and len(points) > 2:
            return self._thin_out(ops, points)
        return ops, self._to_units(points)

    def _thin_out(self, ops: str, points: np.ndarray) -> tuple[str, np.ndarray]:
        """Draw smooth lines through fewer knots, other lines through fewer vertices."""
        letters, pieces, index = [], [], 0
        for line in LINES.finditer(ops):
            part = points[index : index + len(line[1])]
            index += len(line[1])
            closed = line[2] == "Z" or (len(part) > 3 and bool((part[0] == part[-1]).all()))
            few = None
            if len(part) >= SMOOTHABLE:
                few = knots(part, closed=closed, tolerance=self.tolerance, units=self.units)
            if few is not None:
                letters.append("M" + "S" * (len(few) - 1) + ("Z" if closed else ""))
            else:
                few = self._to_units(_simplified(part, closed=closed, tolerance=self.tolerance))
                letters.append("M" + "L" * (len(few) - 1) + line[2])
            pieces.append(few)
        return "".join(letters), np.concatenate(pieces)

    def _to_units(self, points: np.ndarray) -> np.ndarray:
        return np.rint(np.clip(points * self.units, -FAR, FAR)).astype(np.int32)

    def _line_width(self, gc) -> float:
        return 0.0 if gc.get_rgb()[3] == 0 else self.points_to_pixels(gc.get_linewidth())

    def _style(self, gc: GraphicsContextBase, face) -> int | None:
        """Return the number of a style, None where nothing would be seen."""
        if face is not None:
            alpha = gc.get_alpha() if len(face) == 3 or gc.get_forced_alpha() else face[3]
            face = (*face[:3], alpha)
        return self._paint_number(
            face, gc.get_rgb(), gc.get_linewidth(), gc.get_dashes(), gc.get_capstyle(),
            gc.get_joinstyle(), gc.get_antialiased(),
        )  # fmt: skip

    def _paint_number(self, face, edge, width, dashes, cap, join, smooth) -> int | None:
        offset, lengths = dashes
        scale = self.points_to_pixels(self.units)
        lengths = () if lengths is None else tuple(float(length) * scale for length in lengths)
        style = _attributes(
            face, edge, width * scale, (float(offset or 0) * scale, *lengths), cap, join, smooth
        )
        return None if style is None else self.styles.number(style)

    def _clip(self, gc: GraphicsContextBase) -> int:
        """Return the number of the clip."""
        return self.clips.number(self._clip_shape(gc))

    def _clip_shape(self, gc: GraphicsContextBase) -> tuple | None:
        """Return the clip as ``(x, y, width, height, d)`` in units, None for the whole canvas."""
        box = gc.get_clip_rectangle()
        path, transform = gc.get_clip_path()
        if box is None and path is None:
            return None
        x0, y0, x1, y1 = 0, 0, self.width, self.height
        if box is not None:  # rounded to whole pixels, as in Agg
            left, bottom, right, top = box.extents
            left, right = math.floor(left + 0.5), math.floor(right + 0.5)
            top, bottom = (math.floor(self.height - y + 0.5) for y in (top, bottom))
            x0, x1, y0, y1 = max(x0, left), min(x1, right), max(y0, top), min(y1, bottom)
        d = ""
        if path is not None:
            flipped = path.transformed(transform).transformed(Affine2D(self._flip))
            ops, points = _ops_and_points(flipped.cleaned(remove_nans=True, curves=True))
            d = path_data(ops, self._to_units(points)) or "M0 0"
        elif (x0, y0, x1, y1) == (0, 0, self.width, self.height):
            return None
        corners = np.rint(np.array([x0, y0, max(x1 - x0, 0), max(y1 - y0, 0)]) * self.units)
        return (*map(int, corners), d)

    # -- raster --------------------------------------------------------------------------------

    def _paint(self, draw: Callable[[RendererAgg], None], gc=None) -> None:
        """Let Agg paint on an empty canvas and keep the picture."""
        self._agg.clear()
        draw(self._agg)
        rgba = np.asarray(self._agg.buffer_rgba())
        rows = np.flatnonzero(rgba[..., 3].any(axis=1))
        columns = np.flatnonzero(rgba[..., 3].any(axis=0))
        if len(rows) == 0:
            return
        (top, bottom), (left, right) = rows[[0, -1]], columns[[0, -1]]
        part = np.ascontiguousarray(rgba[top : bottom + 1, left : right + 1])
        buffer = io.BytesIO()
        Image.fromarray(part).save(buffer, format="png")
        uri = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
        box = self._to_units(np.array([[left, top], [right + 1 - left, bottom + 1 - top]]))
        clip = self.clips.number(None)  # Agg has clipped already
        self._add(clip, self.styles.number(()), ("image", uri), box)


def _ops_and_points(cleaned: Path) -> tuple[str, np.ndarray]:
    """Return the letters of a cleaned path and the vertices that they use."""
    codes = cleaned.codes
    ops = codes[codes != Path.STOP].tobytes().translate(OPS).decode()
    points = cleaned.vertices[(codes != Path.STOP) & (codes != Path.CLOSEPOLY)]
    return (ops, points) if ops.strip("MZ") else ("", points[:0])  # lone points draw nothing


def _simplified(points: np.ndarray, *, closed: bool, tolerance: float) -> np.ndarray:
    """Leave out vertices of a polyline that are closer than ``tolerance`` to the line."""
    line = Path(np.concatenate([points, points[:1]]) if closed else points)
    line.should_simplify, line.simplify_threshold = True, tolerance
    thin = line.cleaned(simplify=True).vertices[:-1]  # the last one marks the end
    return thin[:-1] if closed and len(thin) > 2 and (thin[0] == thin[-1]).all() else thin


def _cycle(values) -> Any:
    """Repeat the values for ever, None if there are none."""
    return itertools.cycle(values) if len(values) else itertools.repeat(None)


@lru_cache(maxsize=4096)
def _attributes(face, edge, width, dashes, cap, join, smooth) -> tuple | None:
    """Return the SVG attributes of a fill and a stroke (RGBA), None if both are invisible."""
    style = {}
    if face is not None and face[3] > 0:
        style["fill"] = mpl.colors.to_hex(face)
        if face[3] < 1:
            style["fill-opacity"] = short(face[3], 4)
    if width > 0 and edge[3] > 0:
        style["stroke"] = mpl.colors.to_hex(edge)
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
