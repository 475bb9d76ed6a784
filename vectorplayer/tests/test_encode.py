"""Integers as text, and frames as integers."""

import json
import re

import numpy as np
import pytest

from vectorplayer.types import DisplayList, width
from vectorplayer.write.encoding import (
    ALPHABET,
    LAST,
    MORE,
    RUN,
    _difference,
    pack,
    shape_text,
    slot_stream,
    style_table,
)  # fmt: skip


def unpack(text):
    """Read what `pack` wrote, by its description alone."""
    symbols = iter(ALPHABET.index(character) for character in text)
    found = []

    def number(symbol):
        if symbol < LAST:
            return symbol
        return symbol + MORE * number(next(symbols))

    for symbol in symbols:
        if symbol == RUN:
            found += [0] * (number(next(symbols)) // 2 + 3)
        else:
            z = number(symbol)
            found.append(-(z + 1) // 2 if z % 2 else z // 2)
    return found


def test_the_alphabet_needs_no_escape():
    assert len(set(ALPHABET)) == RUN + 1
    assert json.dumps(ALPHABET) == f'"{ALPHABET}"'
    assert not re.search(r"[&<>'\"\s]", ALPHABET)


@pytest.mark.parametrize(
    "integers",
    [
        [],
        [0],
        [0, 0],
        [0, 0, 0],
        [1, 0, 0, 0, 0, 2, 0, 0, 0],
        [0] * 5000 + [7],
        [26, 27, -27, -28, 923, 924, -925, 2**31 - 1, -(2**31)],
        list(range(-3000, 3000, 7)),
    ],
    ids=lambda integers: f"{len(integers)} integers",
)
def test_what_is_packed_can_be_read(integers):
    assert unpack(pack(np.array(integers, np.int64))) == integers


def test_the_largest_numbers_of_a_display_list_are_packed():
    """They are int32, and twice as large when they are packed."""
    largest = np.array([2**31 - 1, -(2**31)], np.int32)
    assert unpack(pack(largest)) == largest.tolist()


def test_random_integers():
    rng = np.random.default_rng(5)
    integers = rng.integers(-(10 ** rng.integers(0, 9, 2000)), 10 ** rng.integers(1, 9, 2000))
    integers[rng.uniform(size=2000) < 0.5] = 0
    assert unpack(pack(integers)) == integers.tolist()


def test_small_integers_take_one_character():
    assert len(pack(np.arange(-27, 27))) == 54


@pytest.mark.parametrize(
    ("integers", "text"),
    [
        ([0, -1, 1, 400], "#$%a?"),
        ([0, 0], "##"),
        ([0, 0, 0], "~#"),
        ([1, 0, 0, 0, 0, 1], "%~%%"),
        ([0] * 1000, "~qg#"),
        ([26, -27, 27], "[]^#"),
    ],
)
def test_each_number_has_one_spelling(integers, text):
    assert pack(np.array(integers)) == text


@pytest.mark.parametrize(
    ("shape", "numbers", "text"),
    [
        (("path", "MLLLZ"), 8, "ML3Z"),
        (("path", "MCCCMQQ"), 14, "MC3MQ2"),
        (("path", "MSSSZ"), 8, "MS3Z"),
        (("placed", "m1 2l3 4"), 2, "=m1 2l3 4"),
        (("image", "data:image/png;base64,A"), 4, "data:image/png;base64,A"),
    ],
)
def test_shapes(shape, numbers, text):
    assert width(shape) == numbers
    assert shape_text(shape) == text


def test_styles_can_be_read():
    """Each run has a column per attribute; what is missing is the value before."""
    lines = [(("stroke", color), ("stroke-width", width)) for color, width in ["a1", "b1", "b2"]]
    table = style_table([*lines, (), (("fill", "a"),), lines[0]])
    assert table == [
        (3, {"stroke": "a;b", "stroke-width": "1;;2"}),
        (1, {}),
        (1, {"fill": "a"}),
        (1, {"stroke": "a", "stroke-width": "1"}),
    ]


def display(styles, shapes, numbers):
    return DisplayList(0, tuple(styles), tuple(shapes), np.array(numbers, np.int32))


WIDTHS = np.array([2, 4, 6])  # numbers of an item of shape 0, 1, 2


def events_of(stream):
    """Read the events of a stream by its description alone."""
    integers = iter(unpack(stream))
    styles, shapes, numbers, found = [], [], [], []
    while (hold := next(integers, None)) is not None:
        count = len(styles) + next(integers)
        changes, index, fresh = next(integers), 0, set()
        old = [
            numbers[sum(WIDTHS[s] for s in shapes[:k]) :][: WIDTHS[shape]]
            for k, shape in enumerate(shapes)
        ]
        styles = (styles + [None] * count)[:count]
        shapes = (shapes + [None] * count)[:count]
        for _ in range(changes):
            index += next(integers)
            styles[index] = next(integers)
            shapes[index], goes_on = divmod(next(integers), 2)
            if not goes_on:
                fresh.add(index)
            index += 1
        numbers = []
        for k, shape in enumerate(shapes):
            before = [] if k in fresh or k >= len(old) else old[k]
            before = (before + [0] * WIDTHS[shape])[: WIDTHS[shape]]
            numbers += [next(integers) + value for value in before]
        found.append((hold, list(styles), list(shapes), list(numbers)))
    return found


def test_events_of_a_slot_can_be_read():
    shown = [
        (0, display([0, 1], [0, 1], [5, 6, 1, 2, 3, 4])),
        (3, display([0, 1], [0, 1], [6, 6, 1, 2, 3, 5])),  # moved
        (4, display([2, 1], [0, 1], [6, 6, 1, 2, 3, 5])),  # another style
        (5, display([2, 1], [0, 2], [6, 6, 1, 2, 3, 5, 9, 9])),  # grown
        (6, None),  # gone
        (8, display([1, 1, 1], [2, 0, 0], [90, 80, 70, 60, 50, 40, 1, 1, 2, 2])),
        (9, display([1], [1], [-90, 0, 0, 0])),  # fewer
    ]
    ends = [start for start, _ in shown[1:]] + [12]
    expected = [
        (
            end - start,
            *((list(d.styles), list(d.shapes), d.numbers.tolist()) if d else ([], [], [])),
        )
        for (start, d), end in zip(shown, ends, strict=True)
    ]
    assert events_of(slot_stream(shown, 12, WIDTHS)) == expected


@pytest.mark.parametrize(
    ("before", "now", "triples", "numbers"),
    [
        (([0], [0], [5, 6]), ([0], [0], [6, 6]), [], [1, 0]),
        (([0, 1], [0, 0], [1, 2, 3, 4]), ([0, 2], [0, 0], [1, 2, 3, 5]), [1, 2, 1], [0, 0, 0, 1]),
        (([0], [0], [5, 6]), ([0], [1], [5, 7, 9, 9]), [0, 0, 3], [0, 1, 9, 9]),
        (([0], [1], [5, 6, 7, 8]), ([0], [0], [5, 7]), [0, 0, 1], [0, 1]),
        (([0], [0], [50, 60]), ([0], [1], [-5, 0, 1, 1]), [0, 0, 2], [-5, 0, 1, 1]),
        (([0], [0], [2, 0]), ([0], [1], [1, 0, 1, 1]), [0, 0, 2], [1, 0, 1, 1]),
        (([0], [0], [1, 1]), ([0, 3], [0, 1], [1, 1, 5, 5, 5, 5]), [1, 3, 2], [0, 0, 5, 5, 5, 5]),
        (([0, 3], [0, 1], [1, 1, 5, 5, 5, 5]), ([0], [0], [1, 2]), [], [0, 1]),
        (
            ([0, 0, 0], [0, 1, 0], [1, 1, 2, 2, 2, 2, 3, 3]),
            ([0, 0, 0], [0, 0, 0], [1, 1, 2, 2, 3, 4]),
            [1, 0, 1],
            [0, 0, 0, 0, 0, 1],
        ),
        (
            ([0, 0], [1, 0], [9, 9, 9, 9, 4, 4]),
            ([0, 0], [0, 1], [9, 8, 4, 4, 7, 7]),
            [0, 0, 1, 0, 0, 3],
            [0, -1, 0, 0, 7, 7],
        ),
    ],
    ids="moved style grown shrunk unlike tie more fewer among two".split(),
)
def test_what_changes_from_one_frame_to_the_next(before, now, triples, numbers):
    """A triple: items passed over, style, twice the shape plus one if the numbers go on."""
    found = _difference(display(*before), display(*now), WIDTHS)
    assert [part.tolist() for part in found] == [triples, numbers]


def test_a_line_that_grows_does_not_cost_its_whole_length_each_time():
    points = np.random.default_rng(0).integers(-50, 50, 2 * 400)
    widths = 2 * np.arange(401)
    grown = [(k, display([0], [k + 1], points[: 2 * (k + 1)])) for k in range(400)]
    assert len(slot_stream(grown, 400, widths)) < 15 * 400
