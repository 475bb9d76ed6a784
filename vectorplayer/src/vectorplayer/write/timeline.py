"""Put the layers of all frames into slots: places in the drawing order that last.

A slot that shows the same picture in all frames belongs to the still background.  Nothing here
looks at the identity of artists: frames that clear their Axes and draw anew give the same
slots as frames that update.
"""

from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher

from vectorplayer.types import Layer, Slot


class Timeline:
    """The slots of an animation, in drawing order."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.length = 0
        self._keys: list[tuple] = []
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

    def _align(self, keys: list[tuple]) -> list[Slot]:
        """Return a slot for each key, in order; make those that are missing."""
        known = [slot.key for slot in self.slots]
        matcher = SequenceMatcher(None, known, keys, autojunk=False)
        slots, current = [], []
        for _, i0, i1, j0, j1 in matcher.get_opcodes():
            if known[i0:i1] == keys[j0:j1]:
                matched = self.slots[i0:i1]
                slots += matched
            else:
                matched = [Slot(key) for key in keys[j0:j1]]
                slots += self.slots[i0:i1] + matched
            current += matched
        self.slots = slots
        return current

    def moving_texts(self) -> set[str]:
        """Return all texts that do not stand still."""
        return {text for slot in self.slots if len(slot.texts) > 1 for _, text in slot.texts}

    def captions(self) -> list[str]:
        """Return for each frame the texts that do not stand still, joined."""
        moving = [slot.texts for slot in self.slots if len(slot.texts) > 1]
        captions = []
        for frame in range(self.length):
            shown = (_latest(texts, frame) for texts in moving)
            captions.append("   ".join(text for text in shown if text))
        return captions


def _latest(texts: list[tuple[int, str]], frame: int) -> str:
    """Return the text in force at a frame."""
    place = bisect_right(texts, frame, key=lambda entry: entry[0])
    return texts[place - 1][1] if place else ""
