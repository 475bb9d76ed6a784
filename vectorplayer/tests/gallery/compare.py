"""How far two pictures are apart, whatever way each smooths its edges.

Agg puts markers, ticks, rectangles and texts on whole pixels, at most half a pixel from where they
belong.  So each picture is compared with the *range* of the other's colours within one pixel: what
lies outside that range is missing, left over, in another place or in another colour.  This is done
at two scales: a blur of one pixel shows what is small, such as a letter or a thin line; a blur of
four pixels averages the edges away and shows colours, widths and sizes that are slightly wrong.
"""

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter


class Distance(NamedTuple):
    """Largest excess of a pixel at both scales, of 255."""

    fine: int
    broad: int

    def within(self, limit: "Distance") -> bool:
        """Tell whether neither scale exceeds its limit."""
        return self.fine <= limit.fine and self.broad <= limit.broad


LIMIT = Distance(fine=36, broad=10)
# Where shapes overlap that Agg moves to whole pixels, each on its own.
CROWDED = Distance(fine=60, broad=14)


def distance(one: Image.Image, other: Image.Image) -> Distance:
    """Return how far two RGB pictures of the same size are apart."""
    assert one.size == other.size
    return Distance(*(max(_excess(one, other, s), _excess(other, one, s)) for s in (1, 4)))


def _excess(picture: Image.Image, other: Image.Image, scale: float) -> int:
    """Return how far the picture leaves the range of the other's colours nearby."""
    blur = ImageFilter.GaussianBlur(scale)
    picture, other = picture.filter(blur), other.filter(blur)
    low, high = (
        np.asarray(other.filter(extreme(3)), int)
        for extreme in (ImageFilter.MinFilter, ImageFilter.MaxFilter)
    )
    values = np.asarray(picture, int)
    return int(np.maximum(low - values, values - high).max(initial=0))
