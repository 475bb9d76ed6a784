"""Where display lists draw: boxes in the units of the picture."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from vectorplayer.record.pathdata import read_path_data
from vectorplayer.types import DisplayList, Shape, Slot, width


class Box(NamedTuple):
    """Left, top, right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def joined(self, other: "Box") -> "Box":
        """Return the box around both."""
        return Box(*map(min, self[:2], other[:2]), *map(max, self[2:], other[2:]))


def around(boxes: Iterable[Box]) -> Box | None:
    """Return the box around all, None if there are none."""
    found = None
    for box in boxes:
        found = box if found is None else found.joined(box)
    return found


def slot_box(
    slot: Slot, shapes: Sequence[Shape], clip: tuple[Any, ...] | None, grow: float
) -> Box | None:
    """Return the box of all that a slot shows in any frame, None if that is nothing.

    Parameters
    ----------
    slot : Slot
    shapes : sequence of Shape
    clip : tuple or None
        What clips the slot; its box stands for what is drawn there.
    grow : float
        How far lines may reach over their vertices.
    """
    shown = [display for _, display in slot.events if display is not None and display.shapes]
    if not shown:
        return None
    if clip is not None:
        x, y, w, h, d = clip
        low, high = _outline(d) if d else ((x, y), (x + w, y + h))
        return Box(max(x, low[0]), max(y, low[1]), min(x + w, high[0]), min(y + h, high[1]))
    box = around(display_box(display, shapes) for display in shown)
    if box is None:
        return None
    left, top, right, bottom = box
    return Box(left - grow, top - grow, right + grow, bottom + grow)


def display_box(display: DisplayList, shapes: Sequence[Shape]) -> Box:
    """Return the box around the vertices of a display list that is not empty."""
    used = {number: shapes[number] for number in set(display.shapes)}
    sizes = np.array([width(used[number]) for number in display.shapes])
    ends = sizes.cumsum()
    rows = []
    for number, (kind, text) in used.items():
        which = np.flatnonzero(np.array(display.shapes) == number)
        numbers = display.numbers[(ends[which] - width((kind, text)))[:, None] + _range(text, kind)]
        if kind == "image":
            points = np.concatenate([numbers[:, :2], numbers[:, :2] + numbers[:, 2:]])
        elif kind == "placed":
            low, high = _outline(text)
            points = np.concatenate([numbers + low, numbers + high])
        else:
            points = numbers.reshape(len(which), -1, 2).cumsum(axis=1).reshape(-1, 2)
        rows += [points.min(axis=0), points.max(axis=0)]
    low, high = np.min(rows, axis=0), np.max(rows, axis=0)
    return Box(*low.tolist(), *high.tolist())


def _range(text: str, kind: str) -> np.ndarray:
    return np.arange(width((kind, text)))


@lru_cache(maxsize=4096)
def _outline(d: str) -> tuple[np.ndarray, np.ndarray]:
    _, points = read_path_data(d)
    return points.min(axis=0), points.max(axis=0)
