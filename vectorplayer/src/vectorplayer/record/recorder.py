"""A Matplotlib renderer that writes down what it is asked to draw.

Over 200 lines, since a renderer is one class whose methods Matplotlib names.
"""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform

from vectorplayer import compat
from vectorplayer.errors import RasterFallbackWarning
from vectorplayer.record.clips import clip_of
from vectorplayer.record.collection import add_collection
from vectorplayer.record.outlines import flattened, runs_along_axes
from vectorplayer.record.paint import Paint, dashes_of, in_pixels
from vectorplayer.record.repaint import Painter
from vectorplayer.record.sheet import FINE, Sheet
from vectorplayer.record.words import Words
from vectorplayer.types import DisplayList

NO_HATCHES = "their patterns would need ids in the page; a higher dpi makes them sharper"
NO_MESHES = "a mesh may have a million cells; pcolor keeps vectors"
NO_SHADING = 'SVG does not shade between three colours; shading="flat" keeps vectors'
NO_FILTERS = "a filter works on pixels; a higher dpi makes them sharper"
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
        How far, in pixels, an outline may run from its vertices once those that it hardly needs
        are left out.  0 keeps all.

    Notes
    -----
    What has no vectors (images, meshes, Gouraud triangles) or none without references to other
    elements (hatches) is painted by Agg, and stands in the list as a picture.  All but images
    come with a `RasterFallbackWarning`, once per kind.

    Attributes
    ----------
    has_drawings : bool
        Whether lines or areas are kept as pictures, whose colours are fixed: hatches and filters.
        Images and meshes, whose colours mean something, are none.
    least_text : float or None
        Smallest font size so far, in pixels.
    paints : dict of int to Paint
        What each style was made from.
    """

    def __init__(
        self, width: float, height: float, dpi: float, *, precision: float, tolerance: float
    ) -> None:
        super().__init__()
        self.width, self.height, self.dpi = width, height, dpi
        self.units = 1 / precision  # per pixel
        self._sheet = sheet = Sheet(width, height, self.units, tolerance)
        self.styles, self.shapes, self.clips = sheet.styles, sheet.shapes, sheet.clips
        self.paints = sheet.paints
        self.has_drawings = False
        self.least_text: float | None = None
        self._warned: set[str] = set()
        self._filtered: list[list[DisplayList]] = []  # what was drawn before each open filter
        self._agg: Any = RendererAgg(width, height, dpi)
        self._words = Words(compat.text_to_path(self), dpi / 72, self.units * FINE)

    def record(self, draw: Callable[["Recorder"], None]) -> list[DisplayList]:
        """Run ``draw(self)`` and return what it drew, one list for each run of equal clips."""
        outer, self._sheet.items = self._sheet.items, []
        try:
            draw(self)
            return self.take()
        finally:
            self._sheet.items = outer

    def take(self) -> list[DisplayList]:
        """Return what was drawn since the last call."""
        return self._sheet.take()

    def forget_fonts(self) -> None:
        """Look fonts up anew: the settings that name them have changed."""
        self._words.forget()

    def warn_of_pictures(self, kind: str, why: str) -> None:
        """Warn that something is kept as pictures, once per kind."""
        if kind not in self._warned:
            self._warned.add(kind)
            warnings.warn(
                f"{kind} are kept as pictures at {self.dpi:g} dpi, not as vectors: {why}",
                RasterFallbackWarning,
                stacklevel=2,
            )

    # -- what Matplotlib asks of a renderer ----------------------------------------------------

    def draw_path(  # noqa: D102
        self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None
    ) -> None:
        if gc.get_hatch():
            self.has_drawings = True
            self.warn_of_pictures("hatches", NO_HATCHES)
            self._paint(lambda agg: agg.draw_path(gc, path, transform, rgbFace))
            return
        paint = self._paint_of(gc, rgbFace)
        if paint.filled or paint.lined:
            flat = flattened(path, transform, self._sheet.flip)
            self._sheet.add_path(
                self._clip(gc), paint, *flat, filled=rgbFace is not None,
                snap=gc.get_snap(), sketch=gc.get_sketch_params(),
            )  # fmt: skip

    def draw_markers(  # noqa: D102
        self, gc: GraphicsContextBase, marker_path: Path, marker_trans: Transform, path: Path,
        trans: Transform, rgbFace: Any = None,
    ) -> None:  # fmt: skip
        # Agg smooths markers always.
        paint = self._paint_of(gc, rgbFace)._replace(smooth=True)
        places = [v[-2:] for v, _ in path.iter_segments(trans, simplify=False) if len(v)]
        if places and (paint.filled or paint.lined):
            snap = gc.get_snap()
            if snap is None:
                snap = runs_along_axes(marker_path, marker_trans)
            self._sheet.add_marks(
                self._clip(gc), paint, marker_path, marker_trans, np.array(places), snap=bool(snap)
            )

    def draw_path_collection(  # noqa: D102
        self, gc: GraphicsContextBase, master_transform: Transform, paths: Any,
        all_transforms: Any, offsets: Any, offset_trans: Transform, facecolors: Any,
        edgecolors: Any, linewidths: Any, linestyles: Any, antialiaseds: Any,
        *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        if gc.get_hatch():
            self.has_drawings = True
            self.warn_of_pictures("hatches", NO_HATCHES)
            self._paint(
                lambda agg: agg.draw_path_collection(
                    gc, master_transform, paths, all_transforms, offsets, offset_trans,
                    facecolors, edgecolors, linewidths, linestyles, antialiaseds, *args, **kwargs,
                )
            )  # fmt: skip
            return
        places = offset_trans.transform(offsets) if len(offsets) else np.zeros((1, 2))
        paints = (facecolors, edgecolors, linewidths, linestyles, antialiaseds)
        add_collection(
            self._sheet, self._clip(gc), gc, self.points_to_pixels(1.0),
            master_transform.get_matrix(), paths, all_transforms, places, paints,
        )  # fmt: skip

    def draw_quad_mesh(self, *args: Any, **kwargs: Any) -> None:  # noqa: D102
        self.warn_of_pictures("meshes", NO_MESHES)
        self._paint(lambda agg: agg.draw_quad_mesh(*args, **kwargs))

    def draw_gouraud_triangles(  # noqa: D102
        self, gc: GraphicsContextBase, triangles_array: Any, colors_array: Any, transform: Any
    ) -> None:
        self.warn_of_pictures("Gouraud triangles", NO_SHADING)
        given = gc, triangles_array, colors_array, transform
        self._paint(lambda agg: agg.draw_gouraud_triangles(*given))

    def draw_image(  # noqa: D102
        self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None
    ) -> None:
        self._paint(lambda agg: agg.draw_image(gc, x, y, im))

    def draw_text(  # noqa: D102
        self, gc: GraphicsContextBase, x: float, y: float, s: str, prop: FontProperties,
        angle: float, ismath: Any = False, mtext: Text | None = None,
    ) -> None:  # fmt: skip
        color = gc.get_rgb()
        alpha = gc.get_alpha() if len(color) == 3 or gc.get_forced_alpha() else color[3]
        paint = Paint((*color[:3], alpha), INVISIBLE, 0.0, smooth=bool(gc.get_antialiased()))
        style = self._sheet.style(paint, straight=True)  # letters are never widened
        if style is not None:
            clip = self._clip(gc, outline=False)  # as in Agg
            size = self.points_to_pixels(prop.get_size_in_points())
            self.least_text = min(size, self.least_text or size)
            for d, dx, dy in self._words.run(s, prop, angle, ismath, mtext):
                self._sheet.add_glyph(clip, style, d, (x + dx, y + dy))

    def start_filter(self) -> None:  # noqa: D102
        self._filtered.append(self._sheet.items)
        self._sheet.items = []

    def stop_filter(self, filter_func: Any) -> None:  # noqa: D102
        self.has_drawings = True
        self.warn_of_pictures("filtered artists", NO_FILTERS)
        pixels = Painter(self).paint(*self.take())
        self._sheet.items = self._filtered.pop()

        def draw(agg: Any) -> None:
            agg.start_filter()
            agg.draw_image(agg.new_gc(), 0, 0, pixels[::-1])
            agg.stop_filter(filter_func)

        self._paint(draw)

    def get_text_width_height_descent(  # noqa: D102
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        if ismath:  # the layout depends on how savefig measures, down to a margin of a pixel
            width, height, descent = self._agg.get_text_width_height_descent(s, prop, ismath)
            return width, height, descent
        return self._words.measure(s, prop)

    def points_to_pixels(self, points: Any) -> Any:  # noqa: D102
        return points * self.dpi / 72

    def get_canvas_width_height(self) -> tuple[float, float]:  # noqa: D102
        return self.width, self.height

    def option_image_nocomposite(self) -> bool:  # noqa: D102
        return True  # each image keeps its own place between the artists

    # -- how it is done ------------------------------------------------------------------------

    def _paint(self, draw: Callable[[Any], object]) -> None:
        """Let Agg paint on an empty canvas, which also clips, and keep the picture."""
        self._agg.clear()
        draw(self._agg)
        self._sheet.add_picture(np.asarray(self._agg.buffer_rgba()))

    def _paint_of(self, gc: GraphicsContextBase, face: Any) -> Paint:
        if face is not None:
            alpha = gc.get_alpha() if len(face) == 3 or gc.get_forced_alpha() else face[3]
            face = (*face[:3], alpha)
        edge, pixels = gc.get_rgb(), self.points_to_pixels(1.0)
        width = gc.get_linewidth() * pixels if edge[3] > 0 else 0.0
        return Paint(
            face, edge, width, in_pixels(dashes_of(gc), pixels),
            gc.get_capstyle(), gc.get_joinstyle(), bool(gc.get_antialiased()),
        )  # fmt: skip

    def _clip(self, gc: GraphicsContextBase, *, outline: bool = True) -> int:
        clip = clip_of(gc, self.width, self.height, self.units, self._sheet.flip, outline=outline)
        return self._sheet.clip(clip)
