"""A lower bound of the size of the vectors, for animations that are hopelessly large.

It counts what `vectorplayer.write.encoding` cannot avoid to write: the text of each outline and
picture once, and the symbols of the numbers that are not zero after the difference was taken.
"""

from itertools import islice

import numpy as np

from vectorplayer.types import Catalogue, DisplayList, width
from vectorplayer.write.encoding import EMPTY, LAST, MORE
from vectorplayer.write.timeline import Timeline

# The least magnitudes whose symbols are at least one, two and three; see `encoding.pack`.
MAGNITUDES = (1, LAST // 2 + 1, (LAST + MORE * LAST) // 2 + 1)


class LeastSize:
    """The least number of bytes that the frames so far take.

    Parameters
    ----------
    timeline : Timeline
    shapes : Catalogue
        The shapes that the timeline's display lists refer to.
    """

    def __init__(self, timeline: Timeline, shapes: Catalogue) -> None:
        self._timeline, self._shapes = timeline, shapes
        self._widths = np.zeros(0, int)
        self._bytes = 0

    def update(self) -> int:
        """Count the newest frame; return the bytes of all frames so far."""
        known = len(self._widths)
        new = list(islice(reversed(self._shapes), len(self._shapes) - known))[::-1]
        self._widths = np.concatenate([self._widths, [width(shape) for shape in new]]).astype(int)
        self._bytes += sum(len(text) for kind, text in new if kind != "path")
        newest = self._timeline.length - 1
        for slot in self._timeline.slots:
            start, display = slot.events[-1]
            if start == newest and display is not None:
                before = slot.events[-2][1] if len(slot.events) > 1 else None
                self._bytes += self._symbols(before or EMPTY, display)
        return self._bytes

    def _symbols(self, before: DisplayList, now: DisplayList) -> int:
        """Return how many symbols the numbers take at least.

        The encoder writes a number of an item either as it is, or less the number that the same
        item had at the same place.
        """
        if now.shapes == before.shapes:
            return _symbols(now.numbers - before.numbers)
        new, old = self._widths[list(now.shapes)], self._widths[list(before.shapes)]
        both = min(len(new), len(old))
        common = np.minimum(new[:both], old[:both])
        steps = np.arange(common.sum()) - np.repeat(np.cumsum(common) - common, common)
        places, sources = (
            np.repeat((np.cumsum(widths) - widths)[:both], common) + steps for widths in (new, old)
        )
        earlier = np.zeros_like(now.numbers)
        earlier[places] = before.numbers[sources]
        return _symbols(np.minimum(np.abs(now.numbers), np.abs(now.numbers - earlier)))


def _symbols(numbers: np.ndarray) -> int:
    sizes = np.abs(numbers)
    return sum(int(np.count_nonzero(sizes >= magnitude)) for magnitude in MAGNITUDES)
