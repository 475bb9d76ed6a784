"""Which places in the drawing order last."""

from collections import Counter
from difflib import SequenceMatcher

import numpy as np
import pytest

from vectorplayer.types import DisplayList, Layer
from vectorplayer.write import timeline as module
from vectorplayer.write.timeline import Timeline, alignment


def layers(keys):
    """Return a frame in which each layer draws the same."""
    return [Layer((key,), DisplayList(0, (0,), (0,), np.array([1, 2]))) for key in keys]


CASES = {
    "nothing": ("", ""),
    "the first frame": ("", "aab"),
    "no change": ("abc", "abc"),
    "all gone": ("abc", ""),
    "more of a kind": ("taab", "taaab"),
    "fewer of a kind": ("taaab", "tab"),
    "one in the middle": ("abd", "abcd"),
    "another order": ("abcd", "bacd"),
    "both ends differ": ("xaaay", "zaaaaw"),
    "one kind after the other": ("aaabbb", "aabbbb"),
}


@pytest.mark.parametrize("name", CASES)
def test_an_alignment_covers_both_lists_in_order(name):
    old, new = CASES[name]
    parts = alignment(old, new)
    assert [k for a, _ in parts for k in a] == list(range(len(old)))
    assert [k for _, b in parts for k in b] == list(range(len(new)))
    for a, b in parts:
        pairs = zip(a, b, strict=False)
        assert all(old[i] == new[j] for i, j in pairs)
        assert (
            len(a) == len(b) or len({old[i] for i in a} | {new[j] for j in b}) == 1 or not (a and b)
        )


@pytest.mark.parametrize("name", CASES)
def test_slots_are_used_again(name):
    old, new = CASES[name]
    timeline = Timeline()
    for keys in (old, new, old, new):
        timeline.add(layers(keys))
    timeline.finish()
    shown = [
        [slot.key[0] for slot in timeline.slots if slot.at(frame) is not None] for frame in range(4)
    ]
    assert shown == [list(old), list(new)] * 2
    # No more slots than both lists hold together, what they share counted once.
    if name != "another order":
        assert Counter(slot.key[0] for slot in timeline.slots) == Counter(old) | Counter(new)


def test_the_work_grows_with_the_number_of_runs_alone(monkeypatch):
    compared = []

    class Counting(SequenceMatcher):
        def __init__(self, junk, old, new, **options):
            compared.append((len(old), len(new)))
            super().__init__(junk, old, new, **options)

    monkeypatch.setattr(module, "SequenceMatcher", Counting)
    timeline = Timeline()
    for count in (2000, 2017, 1990, 2050):
        timeline.add(layers(["title", *["circle"] * count, f"legend {count}"]))
    assert max(max(pair) for pair in compared) <= 8
    assert sum(slot.key == ("circle",) for slot in timeline.slots) == 2050
