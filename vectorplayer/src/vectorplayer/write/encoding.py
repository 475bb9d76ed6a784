"""Write what moves as short text: differences between frames as characters.

A stream is a list of integers.  For each event of a slot it holds

1. for how many frames the picture stays, how many items there are more than before, and how many
   of them changed their style or shape;
2. for each of these: how many items were passed over, the style, twice the shape (plus one where
   the new numbers continue the old ones, as in a line that grows);
3. the numbers of all items, each less the number at the same place of the same item before.

Small integers, most of them, are one character each; a run of zeros is two.
"""

import re
from collections.abc import Sequence

import numpy as np

from vectorplayer.types import DisplayList, Slot

# Printable characters that need no escape in JSON, in a script element or in an attribute.
ALPHABET = "".join(chr(code) for code in range(35, 127) if chr(code) not in "&'<>\\`")
LAST, MORE = 54, 31  # symbols that end a number, symbols that are followed by more
RUN = LAST + MORE  # the symbol of a run of zeros
SYMBOLS = np.frombuffer(ALPHABET.encode("ascii"), np.uint8)
LETTER_RUN = re.compile(r"([LQCS])\1+")
EMPTY = DisplayList(0, (), (), np.zeros(0, np.int32))


def pack(integers: np.ndarray) -> str:
    """Write integers as text.

    An integer n is written as z = 2n or -2n - 1.  If z < 54, the symbol of z ends it; else come
    the symbol 54 + (z - 54) % 31 and then (z - 54) // 31 in the same way.  The symbol 85 and a
    number k stand for k + 3 zeros.

    Examples
    --------
    >>> pack(np.array([0, -1, 1, 400]))
    '#$%a?'
    >>> pack(np.zeros(1000, int))
    '~qg#'
    """
    integers = np.asarray(integers, np.int64)
    values = np.where(integers < 0, -2 * integers - 1, 2 * integers)
    values, is_run = _fold_zeros(values)
    columns = [np.where(is_run, RUN, -1)]
    open_ = np.ones(len(values), bool)
    while open_.any():
        ends = values < LAST
        column = np.where(ends, values, LAST + (values - LAST) % MORE)
        columns.append(np.where(open_, column, -1))
        open_ &= ~ends
        values = np.where(ends, values, (values - LAST) // MORE)
    symbols = np.stack(columns, axis=1).ravel()
    return SYMBOLS[symbols[symbols >= 0]].tobytes().decode("ascii")


def _fold_zeros(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Replace each run of three or more zeros by one entry: its length less three, doubled."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (values == 0).view(np.int8), [0]])))
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= 3
    starts, ends = starts[long], ends[long]
    is_run = np.zeros(len(values), bool)
    is_run[starts] = True
    values = values.copy()
    values[starts] = 2 * (ends - starts - 3)
    depth = np.zeros(len(values) + 1, int)
    np.add.at(depth, starts + 1, 1)
    np.add.at(depth, ends, -1)
    keep = np.cumsum(depth)[:-1] == 0
    return values[keep], is_run[keep]


def width(shape: tuple[str, str]) -> int:
    """Return how many numbers an item of this shape has."""
    kind, text = shape
    return {"placed": 2, "image": 4}.get(kind) or 2 * (len(text) - text.count("Z"))


def shape_text(shape: tuple[str, str]) -> str:
    """Write a shape for the player: its operations with counts, ``=`` and an outline, or a URI.

    Examples
    --------
    >>> shape_text(("path", "MLLLLZ"))
    'ML4Z'
    """
    kind, text = shape
    if kind == "path":
        return LETTER_RUN.sub(lambda run: f"{run[1]}{len(run[0])}", text)
    return "=" + text if kind == "placed" else text


def slot_stream(slot: Slot, length: int, widths: Sequence[int]) -> str:
    """Write the events of a slot, of which the last one ends with frame ``length``."""
    integers: list[np.ndarray] = []
    before = EMPTY
    ends = [start for start, _ in slot.events[1:]] + [length]
    for (start, display), end in zip(slot.events, ends, strict=True):
        now = display or EMPTY
        changes, numbers = _difference(before, now, widths)
        header = [end - start, len(now.styles) - len(before.styles), len(changes) // 3, *changes]
        integers += [np.array(header, np.int64), numbers]
        before = now
    return pack(np.concatenate(integers))


def _difference(
    before: DisplayList, now: DisplayList, widths: Sequence[int]
) -> tuple[list[int], np.ndarray]:
    """Return the changed items (flat triples) and the numbers less those before."""
    if before.shapes == now.shapes and before.styles == now.styles:
        return [], now.numbers - before.numbers
    changes: list[int] = []
    predicted = np.zeros_like(now.numbers)
    old_at = new_at = last = 0
    for index, (style, shape) in enumerate(zip(now.styles, now.shapes, strict=True)):
        size = widths[shape]
        known = index < len(before.shapes)
        old_size = widths[before.shapes[index]] if known else 0
        common = min(size, old_size)
        old = before.numbers[old_at : old_at + common]
        goes_on = known and shape == before.shapes[index]
        if not (goes_on and style == before.styles[index]):
            if not goes_on and common:
                new = now.numbers[new_at : new_at + common]
                goes_on = bool(np.abs(new - old).sum() < np.abs(new).sum())
            changes += (index - last, style, 2 * shape + goes_on)
            last = index + 1
        if goes_on:
            predicted[new_at : new_at + common] = old
        old_at += old_size
        new_at += size
    return changes, now.numbers - predicted
