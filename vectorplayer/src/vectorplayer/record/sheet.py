"""The sheet that a recorder writes on: items in drawing order, and their styles and shapes."""

from typing import Any

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Transform

from vectorplayer.record.clips import Clip
from vectorplayer.record.outlines import flattened, outline, to_grid, without_joins
from vectorplayer.record.paint import Paint, attributes
from vectorplayer.record.pathdata import path_data
from vectorplayer.record.pictures import cropped_png
from vectorplayer.record.points import codes_of, vertices_of
from vectorplayer.types import Catalogue, DisplayList, joined

FINE = 10  # placed outlines are kept ten times finer than places: they are stored only once
STRAIGHT_DOWN = np.diag([1.0, -1, 1])


class Sheet:
    """Collect items, and number their styles, shapes and clips.

    Parameters
    ----------
    width, height : float
        Size of the canvas in pixels.
    units : float
        Grid lines per pixel.
    tolerance : float
        How far an outline may run from its vertices, in pixels.
    """

    def __init__(self, width: float, height: float, units: float, tolerance: float) -> None:
        self.width, self.height, self.units, self.tolerance = width, height, units, tolerance
        self.styles, self.shapes, self.clips = Catalogue(), Catalogue(), Catalogue()
        self.flip = np.array([[1.0, 0, 0], [0, -1, height], [0, 0, 1]])
        self.paints: dict[int | None, Paint] = {}  # what the styles were made from
        self.items: list[DisplayList] = []
        self._outlines: dict[tuple[Any, ...], str] = {}
        self._styles: dict[tuple[Paint, bool], int | None] = {}

    def take(self) -> list[DisplayList]:
        """Return what was added since the last call, one list for each run of equal clips."""
        items, self.items = self.items, []
        return joined(items)

    def style(self, paint: Paint, *, straight: bool = False) -> int | None:
        """Return the number of the style of a paint, None where nothing would be seen."""
        key = paint, straight
        if key not in self._styles:
            style = attributes(paint, self.units, straight=straight)
            number = None if style is None else self.styles.number(style)
            self._styles[key] = number
            self.paints.setdefault(number, paint)
        return self._styles[key]

    def clip(self, clip: Clip | None) -> int:
        """Return the number of a clip."""
        return self.clips.number(clip)

    def add(
        self, clip: int, styles: tuple[Any, ...], shapes: tuple[int, ...], numbers: np.ndarray
    ) -> None:
        """Add items as they are."""
        if shapes:
            self.items.append(DisplayList(clip, styles, shapes, numbers))

    def add_path(
        self, clip: int, paint: Paint, path: Path, matrix: np.ndarray, *,
        filled: bool, snap: bool | None, sketch: tuple[float, float, float] | None,
    ) -> None:  # fmt: skip
        """Add a path; its numbers are steps from vertex to vertex."""
        ops, points = outline(
            path, matrix, units=self.units, tolerance=self.tolerance,
            canvas=(self.width, self.height), filled=filled, paint=paint, snap=snap, sketch=sketch,
        )  # fmt: skip
        if len(paint.dashes) > 1:
            ops, points = without_joins(ops, points)
        if ops:
            steps = points.copy()
            steps[1:] -= points[:-1]
            straight = not paint.smooth and _is_straight(ops, steps)
            style = self.style(paint, straight=straight)
            self.add(clip, (style,), (self.shapes.number(("path", ops)),), steps.ravel())

    def placed_shape(
        self, paint: Paint, path: Path, matrix: np.ndarray, *, snap: bool
    ) -> int | None:
        """Return the number of an outline that is put at places, None if it draws nothing."""
        codes = codes_of(path)
        letters = None if codes is None else codes.tobytes()
        key = (vertices_of(path).tobytes(), letters, matrix.tobytes(), snap and paint.width)
        if key not in self._outlines:
            ops, points = outline(
                path, matrix, units=self.units * FINE, tolerance=0.0, canvas=None, filled=True,
                paint=paint, snap=snap, sketch=None,
            )  # fmt: skip
            self._outlines[key] = path_data(ops, points, FINE) if ops else ""
        d = self._outlines[key]
        return self.shapes.number(("placed", d)) if d else None

    def add_marks(
        self,
        clip: int,
        paint: Paint,
        path: Path,
        transform: Transform,
        places: np.ndarray,
        *,
        snap: bool,
    ) -> None:
        """Add the same outline at several places (display coordinates, y upwards)."""
        places = places[np.isfinite(places).all(axis=1)] * (1, -1) + (0, self.height)
        if snap:  # tick marks stay sharp, as in Agg
            places = np.floor(places + 0.5)
        shape = self.placed_shape(paint, *flattened(path, transform, STRAIGHT_DOWN), snap=snap)
        if shape is not None:
            styles, shapes = (self.style(paint),) * len(places), (shape,) * len(places)
            self.add(clip, styles, shapes, to_grid(places, self.units).ravel())

    def add_glyph(self, clip: int, style: int, d: str, place: tuple[float, float]) -> None:
        """Add a finished outline at a place (pixels, y downwards)."""
        numbers = to_grid(np.array([place]), self.units).ravel()
        self.add(clip, (style,), (self.shapes.number(("placed", d)),), numbers)

    def add_picture(self, rgba: np.ndarray) -> None:
        """Add a picture of the size of the canvas, which is clipped already."""
        picture = cropped_png(rgba)
        if picture is not None:
            uri, box = picture
            shape = self.shapes.number(("image", uri))
            numbers = to_grid(np.array(box), self.units)
            self.add(self.clip(None), (self.styles.number(()),), (shape,), numbers)


def _is_straight(ops: str, steps: np.ndarray) -> bool:
    """Tell whether all lines of a path run along the axes."""
    letters = np.frombuffer(ops.replace("Z", "").encode(), np.uint8)
    return bool((steps[letters != ord("M")] == 0).any(axis=1).all())
