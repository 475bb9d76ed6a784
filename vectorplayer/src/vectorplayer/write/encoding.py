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
from itertools import groupby, pairwise

import numpy as np

from vectorplayer.types import DisplayList

Style = tuple[tuple[str, str], ...]

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
    text: bytes = SYMBOLS[symbols[symbols >= 0]].tobytes()
    return text.decode("ascii")


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


def style_table(styles: Sequence[Style]) -> list[tuple[int, dict[str, str]]]:
    """Write styles for the player, neighbours with the same attributes together.

    For each run of them there is their count, and for each attribute its values in the order of
    the styles.  A value is empty, or missing at the end, where it is the one before.

    Examples
    --------
    >>> black = ("stroke", "#000000")
    >>> style_table([(("fill", "#ffffff"), black), (("fill", "#eeeeee"), black)])
    [(2, {'fill': '#ffffff;#eeeeee', 'stroke': '#000000'})]
    """
    table = []
    for names, run in groupby(styles, lambda style: [name for name, _ in style]):
        rows = [[value for _, value in style] for style in run]
        columns = [_changes(column) for column in zip(*rows, strict=True)]
        table.append((len(rows), dict(zip(names, columns, strict=True))))
    return table


def _changes(values: Sequence[str]) -> str:
    """Join values, each of which is left out where it is the one before."""
    new = ["" if value == before else value for before, value in pairwise(["", *values])]
    return ";".join(new).rstrip(";")


def slot_stream(
    events: Sequence[tuple[int, DisplayList | None]], length: int, widths: np.ndarray
) -> str:
    """Write the events of a slot, of which the last one ends with frame ``length``.

    Parameters
    ----------
    events : sequence of tuple
        What the slot shows, and from which frame on.
    length : int
        Number of frames.
    widths : array of int
        How many numbers an item of each shape has.
    """
    integers: list[np.ndarray] = []
    before = EMPTY
    ends = [start for start, _ in events[1:]] + [length]
    for (start, display), end in zip(events, ends, strict=True):
        now = display or EMPTY
        changes, numbers = _difference(before, now, widths)
        header = [end - start, len(now.styles) - len(before.styles), len(changes) // 3]
        integers += [np.array(header, np.int64), changes, numbers]
        before = now
    return pack(np.concatenate(integers))


def _difference(
    before: DisplayList, now: DisplayList, widths: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the changed items (flat triples) and the numbers less those before."""
    if before.shapes == now.shapes and before.styles == now.styles:
        return np.zeros(0, int), now.numbers - before.numbers
    count = min(len(before.shapes), len(now.shapes))
    shapes, old_shapes = np.array(now.shapes, int), np.array(before.shapes, int)
    styles, old_styles = np.array(now.styles, int), np.array(before.styles, int)
    sizes, old_sizes = widths[shapes], widths[old_shapes]
    same = shapes[:count] == old_shapes[:count]
    goes_on, went_on = np.zeros(len(shapes), bool), np.zeros(len(old_shapes), bool)
    goes_on[:count] = went_on[:count] = same
    predicted = np.zeros_like(now.numbers)
    predicted[np.repeat(goes_on, sizes)] = before.numbers[np.repeat(went_on, old_sizes)]
    changed = ~goes_on
    changed[:count] |= styles[:count] != old_styles[:count]
    # An item of another shape may still continue the old one, as in a line that grows.
    starts, old_starts = sizes.cumsum() - sizes, old_sizes.cumsum() - old_sizes
    for item in np.flatnonzero(~same).tolist():
        common = min(sizes[item], old_sizes[item])
        new = now.numbers[starts[item] : starts[item] + common]
        old = before.numbers[old_starts[item] : old_starts[item] + common]
        if np.abs(new - old).sum() < np.abs(new).sum():
            goes_on[item] = True
            predicted[starts[item] : starts[item] + common] = old
    where = np.flatnonzero(changed)
    gaps = np.diff(where, prepend=-1) - 1
    triples = np.column_stack([gaps, styles[where], 2 * shapes[where] + goes_on[where]])
    return triples.ravel(), now.numbers - predicted
