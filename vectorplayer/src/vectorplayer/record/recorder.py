"""A Matplotlib renderer that writes down what it is asked to draw."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Affine2D

from vectorplayer import compat
from vectorplayer.record.outlines import flattened, letters_and_points, outline, to_grid
from vectorplayer.record.paint import attributes, clip_box, cropped_png
from vectorplayer.record.pathdata import path_data
from vectorplayer.record.words import Words
from vectorplayer.types import Catalogue, DisplayList, Item, as_lists

FINE = 10  # placed outlines are kept ten times finer than places: they are stored only once
INVISIBLE = (0.0, 0.0, 0.0, 0.0)


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
    What has no vectors (images, meshes, Gouraud triangles) or none without references to other
    elements (hatches) is painted by Agg, and stands in the list as a picture.
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
        self._items: list[Item] = []
        self._outlines: dict[tuple, str] = {}
        self._words = Words(compat.text_to_path(self), dpi / 72, self.units * FINE)

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
        return as_lists(items)

    # -- what Matplotlib asks of a renderer ----------------------------------------------------

    def draw_path(self, gc, path, transform, rgbFace=None):  # noqa: D102
        if gc.get_hatch():
            return self._paint(lambda agg: agg.draw_path(gc, path, transform, rgbFace))
        style = self._style(gc, rgbFace)
        if style is not None:
            clip, filled = self._clip(gc), rgbFace is not None
            self._add_path(clip, style, path, transform, gc, self._line_width(gc), filled)

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):  # noqa: D102
        if gc.get_hatch():
            return super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)
        style = self._style(gc, rgbFace)
        places = [v[-2:] for v, _ in path.iter_segments(trans, simplify=False) if len(v)]
        if style is not None and places:
            clip, places = self._clip(gc), np.array(places)
            width = self._line_width(gc)
            self._place(clip, style, marker_path, marker_trans, places, gc, width)

    def draw_path_collection(  # noqa: D102
        self, gc, master_transform, paths, all_transforms, offsets, offset_trans,
        facecolors, edgecolors, linewidths, linestyles, antialiaseds, urls, offset_position,
        **kwargs,
    ):  # fmt: skip
        outlines = list(compat.raw_paths(self, master_transform, paths, all_transforms))
        if gc.get_hatch() or not outlines:
            return super().draw_path_collection(
                gc, master_transform, paths, all_transforms, offsets, offset_trans, facecolors,
                edgecolors, linewidths, linestyles, antialiaseds, urls, offset_position, **kwargs,
            )  # fmt: skip
        places = offset_trans.transform(offsets) if len(offsets) else np.zeros((1, 2))
        paints = map(_cycle, (facecolors, edgecolors, linewidths, linestyles, antialiaseds))
        items = zip(
            range(max(len(outlines), len(places))),
            itertools.cycle(outlines), itertools.cycle(places), *paints, strict=False,
        )  # fmt: skip
        clip, cap, join = self._clip(gc), gc.get_capstyle(), gc.get_joinstyle()
        # Few outlines at many places, as in a scatter plot: each outline is kept once.
        scattered = len(outlines) < len(places)
        for _, (path, transform), place, face, edge, width, dashes, smooth in items:
            face = None if face is None or (len(face) == 4 and face[3] == 0) else tuple(face)
            edge = INVISIBLE if edge is None else tuple(edge)
            width = 0.0 if edge[3] == 0 else gc.get_linewidth() if width is None else width
            style = self._number(face, edge, width, dashes or gc.get_dashes(), cap, join, smooth)
            if style is None or not np.isfinite(place).all():
                continue
            width = self.points_to_pixels(width)
            if scattered:
                self._place(clip, style, path, transform, place[None], gc, width)
            else:
                if place.any():
                    transform = transform.frozen().translate(*place)
                self._add_path(clip, style, path, transform, gc, width, face is not None)

    def draw_quad_mesh(self, *args, **kwargs):  # noqa: D102
        self._paint(lambda agg: agg.draw_quad_mesh(*args, **kwargs))

    def draw_gouraud_triangles(self, *args):  # noqa: D102
        self._paint(lambda agg: agg.draw_gouraud_triangles(*args))

    def draw_image(self, gc, x, y, im, transform=None):  # noqa: D102
        self._paint(lambda agg: agg.draw_image(gc, x, y, im))

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):  # noqa: D102
        color = gc.get_rgb()
        alpha = gc.get_alpha() if len(color) == 3 or gc.get_forced_alpha() else color[3]
        style = self._number((*color[:3], alpha), INVISIBLE, 0.0, (0, None), "", "miter", True)
        if style is not None:
            clip = self._clip(gc)
            for shape, dx, dy in self._words.run(s, prop, angle, ismath, mtext):
                place = to_grid(np.array([[x + dx, y + dy]]), self.units)
                self._add(clip, style, shape, place)

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

    def _add(self, clip: int, style: int, shape: tuple[str, str], numbers: np.ndarray) -> None:
        count = len(numbers) if shape[0] == "placed" else 1
        self._items.append(Item(clip, style, self.shapes.number(shape), count, numbers.ravel()))

    def _add_path(self, clip, style, path, transform, gc, width, filled: bool) -> None:
        """Add a path; its numbers are steps from vertex to vertex."""
        ops, points = outline(
            *flattened(path, transform, self._flip),
            units=self.units,
            tolerance=self.tolerance,
            clip=None if filled else (-1.0, -1.0, self.width + 1, self.height + 1),
            width=width,
            snap=gc.get_snap(),
            sketch=gc.get_sketch_params(),
        )
        if ops:
            steps = points.copy()
            steps[1:] -= points[:-1]
            self._add(clip, style, ("path", ops), steps)

    def _place(self, clip, style, path, transform, places, gc, width) -> None:
        """Add the same outline at several places (display coordinates, y upwards)."""
        places = places[np.isfinite(places).all(axis=1)] * (1, -1) + (0, self.height)
        snap = bool(gc.get_snap())
        if snap:  # tick marks stay sharp, as in Agg
            places = np.floor(places + 0.5)
        path, matrix = flattened(path, transform, np.diag([1.0, -1, 1]))
        codes = None if path.codes is None else path.codes.tobytes()
        key = (path.vertices.tobytes(), codes, matrix.tobytes(), snap and width)
        if key not in self._outlines:
            ops, points = outline(
                path, matrix, units=self.units * FINE, tolerance=0.0, clip=None, width=width,
                snap=snap, sketch=None,
            )  # fmt: skip
            self._outlines[key] = path_data(ops, points, FINE) if ops else ""
        if self._outlines[key] and len(places):
            self._add(clip, style, ("placed", self._outlines[key]), to_grid(places, self.units))

    def _paint(self, draw: Callable[[RendererAgg], None]) -> None:
        """Let Agg paint on an empty canvas, which also clips, and keep the picture."""
        self._agg.clear()
        draw(self._agg)
        picture = cropped_png(np.asarray(self._agg.buffer_rgba()))
        if picture is not None:
            uri, box = picture
            nothing = self.clips.number(None), self.styles.number(())
            self._add(*nothing, ("image", uri), to_grid(np.array(box), self.units))

    # -- styles and clips ----------------------------------------------------------------------

    def _line_width(self, gc: GraphicsContextBase) -> float:
        return 0.0 if gc.get_rgb()[3] == 0 else self.points_to_pixels(gc.get_linewidth())

    def _style(self, gc: GraphicsContextBase, face: Any) -> int | None:
        """Return the number of a style, None where nothing would be seen."""
        if face is not None:
            alpha = gc.get_alpha() if len(face) == 3 or gc.get_forced_alpha() else face[3]
            face = (*face[:3], alpha)
        line = gc.get_rgb(), gc.get_linewidth(), gc.get_dashes()
        ends = gc.get_capstyle(), gc.get_joinstyle(), bool(gc.get_antialiased())
        return self._number(face, *line, *ends)

    def _number(self, face, edge, width, dashes, cap, join, smooth) -> int | None:
        offset, lengths = dashes
        scale = self.points_to_pixels(self.units)
        lengths = () if lengths is None else tuple(float(length) * scale for length in lengths)
        dashes = (float(offset or 0) * scale, *lengths)
        style = attributes(face, edge, width * scale, dashes, cap, join, smooth)
        return None if style is None else self.styles.number(style)

    def _clip(self, gc: GraphicsContextBase) -> int:
        """Return the number of the clip: x, y, width, height, outline; None for no clip."""
        box = gc.get_clip_rectangle()
        path, transform = gc.get_clip_path()
        shape = clip_box(box, self.width, self.height, self.units)
        if path is not None:
            path, matrix = flattened(path, transform, self._flip)
            cleaned = path.transformed(Affine2D(matrix)).cleaned(remove_nans=True, curves=True)
            ops, points = letters_and_points(cleaned.vertices, cleaned.codes)
            d = path_data(ops, to_grid(points, self.units)) or "M0 0"
            return self.clips.number((*shape, d))
        if shape == clip_box(None, self.width, self.height, self.units):
            return self.clips.number(None)
        return self.clips.number((*shape, ""))


def _cycle(values: Any) -> Any:
    """Repeat the values for ever, None if there are none."""
    return itertools.cycle(values) if len(values) else itertools.repeat(None)
