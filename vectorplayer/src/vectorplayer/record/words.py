"""Text as outlines: each glyph is drawn once, each word is laid out once."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

from vectorplayer import compat
from vectorplayer.record.outlines import letters_and_used
from vectorplayer.record.pathdata import path_data

WORD = re.compile(r" *[^ ]+| +")
# Unicode's bidirectional classes that change the order of the glyphs: letters and numbers of
# right-to-left scripts, and the controls that embed or override such a run.
RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}
FORGET = 4096  # words; a number that is new in every frame is not worth keeping for ever


class _Layout(NamedTuple):
    """Glyphs and boxes with their places, and the extent, in pixels, y upwards."""

    glyphs: list[tuple[str, np.ndarray, np.ndarray, float, float, float]]
    boxes: list[Any]
    advance: float
    bounds: tuple[float, float, float, float]


class Words:
    """Lay out texts and write their glyphs as outlines.

    Parameters
    ----------
    text_to_path : `~matplotlib.textpath.TextToPath`
    pixels : float
        Pixels per point.
    fine_units : float
        Grid of the outlines, in grid lines per pixel.
    """

    def __init__(self, text_to_path: TextToPath, pixels: float, fine_units: float) -> None:
        self._to_path, self._pixels, self._fine = text_to_path, pixels, fine_units
        self._layouts: dict[tuple[Any, ...], _Layout] = {}
        self._outlines: dict[tuple[Any, ...], str] = {}
        self._boxes: dict[str, tuple[float, float, float, float]] = {}

    def forget(self) -> None:
        """Lay all words out anew."""
        self._layouts.clear()

    def measure(self, s: str, prop: FontProperties) -> tuple[float, float, float]:
        """Return width, height and descent in pixels, as Matplotlib measures without hinting."""
        if not _left_to_right(s):
            sizes = self._to_path.get_text_width_height_descent(s, prop, ismath=False)
            width, height, descent = (size * self._pixels for size in sizes)
            return width, height, descent
        left, bottom, right, top = 0.0, np.inf, 0.0, -np.inf
        pen = 0.0
        for layout in self._parts(s, prop, None, None):
            x0, y0, x1, y1 = layout.bounds
            left, right = min(left, pen + x0), max(right, pen + x1)
            bottom, top = min(bottom, y0), max(top, y1)
            pen += layout.advance
        if bottom > top:
            bottom = top = 0.0
        return max(right, pen) - left, top - bottom, -bottom

    def run(
        self, s: str, prop: FontProperties, angle: float, ismath: bool | str, mtext: Text | None
    ) -> list[tuple[str, float, float]]:
        """Return the outlines of a line of text and their places from its start, y downwards."""
        features, language = compat.shaping(mtext)
        if ismath:
            parts = [self._math(s, prop, ismath)]
        else:
            parts = self._parts(s, prop, features, language)
        turn = Affine2D().rotate_deg(-angle).get_matrix()[:2, :2]
        run, pen = [], 0.0
        for part in parts:
            for name, vertices, codes, x, y, size in part.glyphs:
                key = (name, size, angle)
                if key not in self._outlines:
                    self._outlines[key] = self._outline(vertices, codes, size, turn)
                if self._outlines[key]:
                    run.append((self._outlines[key], *(turn @ (pen + x, -y))))
            for vertices, codes in part.boxes:
                outline = self._outline(
                    np.array(vertices), np.array(codes, np.uint8), part.advance, turn
                )
                run.append((outline, 0.0, 0.0))
            pen += part.advance
        return run

    def _parts(
        self,
        s: str,
        prop: FontProperties,
        features: tuple[str, ...] | None,
        language: Any,
    ) -> list[_Layout]:
        """Return the layout of each word with the blanks before it, or of the whole text.

        Words can be laid out alone only from left to right.  Features and a language may join
        words, too.
        """
        whole = features or language or not _left_to_right(s)
        size = prop.get_size_in_points()
        font_key = (hash(prop), size, features, str(language))
        parts, font = [], None
        for word in [s] if whole else WORD.findall(s):
            key = (word, font_key)
            layout = self._layouts.get(key)
            if layout is None:
                font = font or compat.font_of(self._to_path, prop)
                found, outlines = compat.glyphs(
                    self._to_path, font, word if whole else word + " ", features, language
                )
                # The blank after a word tells how far the word reaches.
                end = 0.0 if whole else found.pop()[1]
                layout = self._layout(found, outlines, end, size * self._pixels)
                if len(self._layouts) > FORGET:
                    self._layouts.clear()
                self._layouts[key] = layout
            parts.append(layout)
        return parts

    def _layout(
        self,
        found: list[tuple[str, float, float, float]],
        outlines: Mapping[str, tuple[np.ndarray, np.ndarray]],
        advance: float,
        size: float,
    ) -> _Layout:
        scale = size / self._to_path.FONT_SCALE
        glyphs = []
        x0, y0, x1, y1 = 0.0, np.inf, 0.0, -np.inf
        for name, x, y, _ in found:
            vertices, codes = outlines[name]
            if len(vertices):
                if name not in self._boxes:
                    inked = vertices[codes != Path.CLOSEPOLY]
                    self._boxes[name] = (*inked.min(axis=0), *inked.max(axis=0))
                left, bottom, right, top = self._boxes[name]
                x0, x1 = min(x0, (x + left) * scale), max(x1, (x + right) * scale)
                y0, y1 = min(y0, (y + bottom) * scale), max(y1, (y + top) * scale)
            glyphs.append((name, vertices, codes, x * scale, y * scale, scale))
        return _Layout(glyphs, [], advance * scale, (x0, y0, x1, y1))

    def _math(self, s: str, prop: FontProperties, ismath: bool | str) -> _Layout:
        key = (s, hash(prop), prop.get_size_in_points(), ismath)
        if key not in self._layouts:
            write = self._to_path.get_glyphs_tex if ismath == "TeX" else None
            found, outlines, boxes = (write or self._to_path.get_glyphs_mathtext)(prop, s)
            scale = prop.get_size_in_points() * self._pixels / self._to_path.FONT_SCALE
            glyphs = [
                (name, *outlines[name], x * scale, y * scale, grow * scale)
                for name, x, y, grow in found
            ]
            self._layouts[key] = _Layout(glyphs, boxes, scale, (0.0, 0.0, 0.0, 0.0))
        return self._layouts[key]

    def _outline(
        self, vertices: np.ndarray, codes: np.ndarray, scale: float, turn: np.ndarray
    ) -> str:
        """Write an outline as path data, y downwards."""
        if len(codes) == 0:
            return ""
        ops, points = letters_and_used(vertices, codes)
        points = (points * (scale, -scale)) @ turn.T
        return path_data(ops, np.rint(points * self._fine).astype(int), 10)


def _left_to_right(text: str) -> bool:
    """Tell whether the glyphs of a text stand in the order of its characters."""
    classes = map(unicodedata.bidirectional, set(text))
    return RIGHT_TO_LEFT.isdisjoint(classes)
