"""Put the layers of all frames into slots: places in the drawing order that last.

A slot that shows the same picture in all frames belongs to the still background.  The identity of
artists does not count: frames that clear their Axes and draw anew give the same slots as frames
that update.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from vectorplayer.types import Layer, Slot


class Timeline:
    """The slots of an animation, in drawing order."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.length = 0
        self._keys: list[tuple[Any, ...]] = []
        self._current: list[Slot] = []

    def add(self, layers: Sequence[Layer]) -> None:
        """Append a frame."""
        keys = [layer.key for layer in layers]
        if keys != self._keys:
            self._keys, self._current = keys, self._align(keys)
        for slot, layer in zip(self._current, layers, strict=True):
            slot.put(self.length, layer)
        self.length += 1

    def finish(self) -> None:
        """Close the slots that the last frame does not show."""
        for slot in self.slots:
            slot.close(self.length)

    def _align(self, keys: list[tuple[Any, ...]]) -> list[Slot]:
        """Return a slot for each key, in order; make those that are missing."""
        known = [slot.key for slot in self.slots]
        slots: list[Slot] = []
        current: list[Slot] = []
        for old, new in alignment(known, keys):
            both = min(len(old), len(new))
            added = [Slot(key) for key in keys[new.start + both : new.stop]]
            current += self.slots[old.start : old.start + both] + added
            slots += self.slots[old.start : old.stop] + added
        self.slots = slots
        return current

    def moving_texts(self) -> set[str]:
        """Return all texts that do not stand still."""
        return {text for slot in self.slots if len(slot.texts) > 1 for _, text in slot.texts}


def alignment(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[range, range]]:
    """Return which parts of two lists of keys belong together, in order.

    Each part of the old list and its partner hold equal keys alone, or one of them is empty.
    What both lists begin or end with is found at once; between, runs of equal keys are compared
    as wholes.  Thousands of artists of one kind, of which some come or go, take no longer than
    they are many.

    Examples
    --------
    >>> alignment("aab", "aaab")
    [(range(0, 2), range(0, 2)), (range(0, 0), range(2, 3)), (range(2, 3), range(3, 4))]
    """
    shortest = min(len(old), len(new))
    head = next((k for k in range(shortest) if old[k] != new[k]), shortest)
    rest = shortest - head
    tail = next((k for k in range(rest) if old[-1 - k] != new[-1 - k]), rest)
    old_runs = _runs(old, range(head, len(old) - tail))
    new_runs = _runs(new, range(head, len(new) - tail))
    matcher = SequenceMatcher(
        None,
        [old[run.start] for run in old_runs],
        [new[run.start] for run in new_runs],
        autojunk=False,
    )
    parts = [(range(head), range(head))]
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        if tag == "equal":
            parts += zip(old_runs[i0:i1], new_runs[j0:j1], strict=True)
        else:
            parts += [(run, range(0)) for run in old_runs[i0:i1]]
            parts += [(range(0), run) for run in new_runs[j0:j1]]
    parts.append((range(len(old) - tail, len(old)), range(len(new) - tail, len(new))))
    return [(a, b) for a, b in parts if a or b]


def _runs(keys: Sequence[Any], part: range) -> list[range]:
    """Return the runs of equal keys within a part of a list."""
    edges = [k for k in part if k == part.start or keys[k] != keys[k - 1]]
    return [range(a, b) for a, b in pairwise([*edges, part.stop])]
