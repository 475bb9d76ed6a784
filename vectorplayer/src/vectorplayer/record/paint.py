"""How things are painted: from the words of a graphics context to SVG attributes."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from matplotlib import colors
from matplotlib.backend_bases import GraphicsContextBase

from vectorplayer.record.pathdata import short

CAPS = {"projecting": "square", "round": "round"}  # "butt" is SVG's own default
MITER_LIMIT = 4.0  # SVG's own default
WIDTH_DIGITS = 2  # decimals of a width in pixels: lines whose width varies share their styles
# Without antialiasing, Agg paints every pixel that an outline touches, and a browser those whose
# centre it covers.  An outline that is wider by a pixel square gives the same pixels.  It is a bit
# narrower than that along the axes, so that an edge between two pixels stays there.
STRAIGHT, SLANTED = 0.95, 1.27  # px; the width of a square, and its mean over all directions

RGBA = tuple[float, float, float, float]
Style = tuple[tuple[str, str], ...]


class Paint(NamedTuple):
    """A fill and a line, in Matplotlib's words.

    Widths and dashes are in pixels.  The first of the dashes is their offset.
    """

    face: RGBA | None
    edge: RGBA
    width: float
    dashes: tuple[float, ...] = (0.0,)
    cap: str = "butt"
    join: str = "miter"
    smooth: bool = True

    @property
    def ends(self) -> tuple[str, str]:
        """How lines end and join."""
        return self.cap, self.join

    @property
    def lined(self) -> bool:
        """Whether a line is seen."""
        return self.width > 0 and self.edge[3] > 0

    @property
    def filled(self) -> bool:
        """Whether a fill is seen."""
        return self.face is not None and self.face[3] > 0


def dashes_of(gc: GraphicsContextBase) -> tuple[float | None, Sequence[float] | None]:
    """Return the dashes of a graphics context, whose lengths Matplotlib's types call array-like."""
    return cast("tuple[float | None, Sequence[float] | None]", gc.get_dashes())


def in_pixels(
    dashes: tuple[float | None, Sequence[float] | None], pixels: float
) -> tuple[float, ...]:
    """Return Matplotlib's dashes, an offset and lengths in points, as a `Paint` has them."""
    offset, lengths = dashes
    return tuple(float(length) * pixels for length in (offset or 0, *(lengths or ())))


def attributes(paint: Paint, units: float, *, straight: bool = False) -> Style | None:
    """Return the SVG attributes of a paint, None if it is invisible.

    Parameters
    ----------
    paint : Paint
    units : float
        Units of the SVG per pixel.
    straight : bool, default: False
        Whether what is painted has no edges but along the axes.
    """
    if not (paint.filled or paint.lined):
        return None
    style = {}
    if paint.face is not None and paint.filled:
        style["fill"] = colors.to_hex(paint.face)
        if paint.face[3] < 1:
            style["fill-opacity"] = short(paint.face[3], 4)
    limit = paint.width  # Agg takes the width in pixels for the limit
    if not paint.smooth and (paint.lined or not straight):  # straight areas fill whole pixels
        paint = _touched(paint, STRAIGHT if straight else SLANTED)
    if paint.lined:
        style["stroke"] = colors.to_hex(paint.edge)
        style["stroke-width"] = short(round(paint.width, WIDTH_DIGITS) * units, 2)
        if paint.edge[3] < 1:
            style["stroke-opacity"] = short(paint.edge[3], 4)
        if paint.cap in CAPS:
            style["stroke-linecap"] = CAPS[paint.cap]
        if paint.join != "miter":
            style["stroke-linejoin"] = paint.join
        elif limit <= 1:  # SVG's limit may not be less than 1, and no corner is within 1
            style["stroke-linejoin"] = "bevel"
        elif round(limit, 2) != MITER_LIMIT:
            style["stroke-miterlimit"] = short(limit, 2)
        offset, *lengths = paint.dashes
        if lengths:
            style["stroke-dasharray"] = " ".join(short(length * units, 2) for length in lengths)
            if offset:
                style["stroke-dashoffset"] = short(offset * units, 2)
    if not paint.smooth:
        style["shape-rendering"] = "crispEdges"
    return tuple(style.items())


def _touched(paint: Paint, spread: float) -> Paint:
    """Widen what is painted without antialiasing by ``spread`` pixels."""
    if not paint.lined:
        if paint.face is None or paint.face[3] != 1:
            return paint
        return paint._replace(edge=paint.face, width=spread)
    offset, *lengths = paint.dashes
    if not lengths:
        return paint._replace(width=paint.width + spread)
    # Agg rounds the width of dashed lines, and their dashes to half pixels.
    lengths = [int(length) + 0.5 for length in lengths]
    longer = min(spread, *lengths[1::2])
    lengths[::2] = [length + longer for length in lengths[::2]]
    lengths[1::2] = [length - longer for length in lengths[1::2]]
    width = max(float(round(paint.width)), 0.5) + spread
    return paint._replace(width=width, dashes=(offset + longer / 2, *lengths))
