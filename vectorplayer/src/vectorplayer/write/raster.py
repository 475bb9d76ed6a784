"""Recorded frames as pixels: Agg paints the display lists, no artist is drawn again."""

import base64
import io
import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from matplotlib import colors
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, TransformedPath
from PIL import Image

from vectorplayer.record.paint import SLANTED
from vectorplayer.record.pathdata import path_data
from vectorplayer.types import DisplayList
from vectorplayer.write.encoding import width
from vectorplayer.write.recording import Recording

TOKEN = re.compile(r"[mlqcz]|-?(?:\d+\.?\d*|\.\d+)")
CODES = {"m": [Path.MOVETO], "l": [Path.LINETO], "q": [Path.CURVE3] * 2, "c": [Path.CURVE4] * 3}
CAPS = {"square": "projecting", "round": "round", "butt": "butt"}


class Raster:
    """Paint frames of a recording in their own size.

    Parameters
    ----------
    recording : Recording
    """

    def __init__(self, recording: Recording) -> None:
        recorder = recording.recorder
        self._slots, self._units = recording.timeline.slots, recorder.units
        self._shapes, self._styles = list(recorder.shapes), list(recorder.styles)
        self._clips = list(recorder.clips)
        self._height = recorder.height
        self._agg = RendererAgg(recorder.width, recorder.height, recorder.dpi)
        self._points = 72 / recorder.dpi  # per pixel
        self._to_pixels = Affine2D().scale(1 / self._units, -1 / self._units)
        self._to_pixels.translate(0, self._height)

    def image(self, frame: int) -> Image.Image:
        """Return a frame as an RGBA image."""
        self._agg.clear()
        for slot in self._slots:
            display = slot.at(frame)
            if display is not None:
                self._paint(display)
        return Image.fromarray(np.array(self._agg.buffer_rgba()))

    def _paint(self, display: DisplayList) -> None:
        at = 0
        for style_number, shape_number in zip(display.styles, display.shapes, strict=True):
            kind, text = self._shapes[shape_number]
            size = width((kind, text))
            numbers = display.numbers[at : at + size]
            at += size
            gc, face = self._graphics(dict(self._styles[style_number]), display.clip)
            if kind == "image":
                self._paint_image(gc, text, numbers / self._units)
            else:
                if kind == "path":
                    text = path_data(text, np.cumsum(numbers.reshape(-1, 2), axis=0))
                place = Affine2D() if kind == "path" else Affine2D().translate(*numbers)
                self._agg.draw_path(gc, _path(text), place + self._to_pixels, face)

    def _paint_image(self, gc: GraphicsContextBase, uri: str, box: np.ndarray) -> None:
        x, y, w, h = np.rint(box).astype(int)
        picture = _picture(uri)
        if picture.size != (w, h):
            picture = picture.resize((w, h))
        self._agg.draw_image(gc, x, self._height - y - h, np.asarray(picture)[::-1])

    def _graphics(
        self, style: dict[str, str], clip: int
    ) -> tuple[GraphicsContextBase, tuple[float, ...] | None]:
        """Return what Agg needs to know of a style and a clip, and the colour of the fill."""
        gc = GraphicsContextBase()
        gc.set_snap(False)  # the recorder did it
        gc.set_antialiased("shape-rendering" not in style)
        if not gc.get_antialiased():
            style = _as_touched(style, SLANTED * self._units)
        pixels = self._points / self._units
        gc.set_linewidth(float(style.get("stroke-width", 0)) * pixels)
        gc.set_foreground(_rgba(style, "stroke") or (0, 0, 0, 0), isRGBA=True)
        gc.set_capstyle(CAPS[style.get("stroke-linecap", "butt")])
        gc.set_joinstyle(style.get("stroke-linejoin", "miter"))
        if "stroke-dasharray" in style:
            lengths = [float(length) * pixels for length in style["stroke-dasharray"].split()]
            gc.set_dashes(float(style.get("stroke-dashoffset", 0)) * pixels, lengths)
        if self._clips[clip] is not None:
            x, y, w, h, outline = self._clips[clip]
            corners = self._to_pixels.transform([[x, y + h], [x + w, y]])
            gc.set_clip_rectangle(Bbox(corners))
            if outline:
                gc.set_clip_path(TransformedPath(_path(outline), self._to_pixels))
        return gc, _rgba(style, "fill")


def _as_touched(style: dict[str, str], spread: float) -> dict[str, str]:
    """Undo the widening of what has hard edges: Agg, unlike a browser, paints touched pixels."""
    wide = float(style.get("stroke-width", 0))
    if abs(wide - spread) < 0.01:  # a fill alone, which was widened by a line of its colour
        return {name: value for name, value in style.items() if not name.startswith("stroke")}
    narrow = style | {"stroke-width": str(max(wide - spread, 0))}
    if "stroke-dasharray" in style:
        lengths = [float(length) for length in style["stroke-dasharray"].split()]
        lengths[::2] = [max(length - spread, 0) for length in lengths[::2]]
        lengths[1::2] = [length + spread for length in lengths[1::2]]
        narrow["stroke-dasharray"] = " ".join(map(str, lengths))
    return narrow


def _rgba(style: dict[str, str], name: str) -> tuple[float, ...] | None:
    if name not in style:
        return None
    return colors.to_rgba(style[name], float(style.get(f"{name}-opacity", 1)))


@lru_cache(maxsize=4096)
def _path(data: str) -> Path:
    """Read the value of a ``d`` attribute as `path_data` writes it: relative, small letters."""
    vertices, codes = [], []
    here = start = np.zeros(2)
    for letter, numbers in _runs(data):
        if letter == "z":
            vertices.append(start)
            codes.append(Path.CLOSEPOLY)
            here = start
            continue
        points = numbers.reshape(-1, len(CODES[letter]), 2)
        # Each group is relative to the last point of the group before it.
        ends = here + np.cumsum(points[:, -1], axis=0)
        points = points + np.concatenate([here[None], ends[:-1]])[:, None]
        here = ends[-1]
        if letter == "m":
            start = here
        vertices += [*points.reshape(-1, 2)]
        codes += CODES[letter] * len(points)
    return Path(np.array(vertices), np.array(codes, Path.code_type))


def _runs(data: str) -> Iterator[tuple[str, np.ndarray]]:
    for letter, numbers in re.findall(r"([mlqcz])([^mlqcz]*)", data):
        yield letter, np.array(TOKEN.findall(numbers), float)


@lru_cache(maxsize=64)
def _picture(uri: str) -> Image.Image:
    data = base64.b64decode(uri.partition(",")[2])
    return Image.open(io.BytesIO(data)).convert("RGBA")
