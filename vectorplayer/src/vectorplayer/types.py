"""The records that the stages of the writer hand on: display lists, layers, slots.

A *display list* is a sequence of items.  An item has a style (its paint), a shape and a few
integers.  A shape is one of

- ``("path", ops)``: the integers are the vertices, each relative to the one before it;
- ``("placed", d)``: a finished outline (a glyph, a marker); the integers are its place;
- ``("image", uri)``: a raster picture; the integers are x, y, width and height.

Coordinates are counts of ``precision`` pixels, from the top left corner.
"""

import itertools
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

Shape = tuple[str, str]


class DisplayList(NamedTuple):
    """Items that share a clip, in drawing order, as columns.

    ``styles`` and ``shapes`` have one entry per item, ``numbers`` as many as its shape asks for.
    """

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


def width(shape: Shape) -> int:
    """Return how many numbers an item of this shape has."""
    kind, text = shape
    return {"placed": 2, "image": 4}.get(kind) or 2 * (len(text) - text.count("Z"))


class Catalogue(dict[Any, int]):
    """Numbers things in the order in which they are first seen."""

    def number(self, thing: Any) -> int:
        """Return the number of ``thing``, a new one if it was not seen before."""
        return self.setdefault(thing, len(self))


def joined(lists: list[DisplayList]) -> list[DisplayList]:
    """Return one display list for each run of lists with the same clip."""
    merged = []
    for clip, run in groupby(lists, lambda display: display.clip):
        _, styles, shapes, numbers = zip(*run, strict=True)
        chain = itertools.chain.from_iterable
        merged.append(
            DisplayList(clip, tuple(chain(styles)), tuple(chain(shapes)), np.concatenate(numbers))
        )
    return merged


@dataclass(frozen=True, slots=True)
class Layer:
    """What one artist drew: where it stands in the figure, its display list, its text."""

    key: tuple[Any, ...]
    display: DisplayList
    text: str = ""


@dataclass(slots=True)
class Slot:
    """One place in the drawing order; ``events`` lists what it shows from which frame on."""

    key: tuple[Any, ...]
    events: list[tuple[int, DisplayList | None]] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    seen: int = -1

    def put(self, frame: int, layer: Layer) -> None:
        """Show a layer in a frame (frames come in order)."""
        self.close(frame)
        self.seen = frame
        if not self.events or not layer.display.same(self.events[-1][1]):
            self.events.append((frame, layer.display))
        if not self.texts or self.texts[-1][1] != layer.text:
            self.texts.append((frame, layer.text))

    def close(self, frame: int) -> None:
        """Show nothing between the last frame that was put and this one."""
        if self.seen < frame - 1:
            self.events.append((self.seen + 1, None))
            self.texts.append((self.seen + 1, ""))

    def at(self, frame: int) -> DisplayList | None:
        """Return what is shown in a frame."""
        shown = None
        for start, display in self.events:
            if start > frame:
                break
            shown = display
        return shown

    @property
    def still(self) -> bool:
        """Whether the picture is the same in all frames."""
        return len(self.events) == 1
