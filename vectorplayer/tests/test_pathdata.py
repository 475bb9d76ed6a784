"""Path data: what is written, in which letters, and read back."""

import numpy as np
import pytest

from vectorplayer.record.curves import bezier
from vectorplayer.record.pathdata import path_data, read_path_data, short, splines_as_cubics

KNOTS = np.array([[0, 0], [40, 10], [60, 50], [20, 80]])


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1.0, 2, "1"),
        (0.5, 3, "0.5"),
        (-0.126, 2, "-0.13"),
        (100, 0, "100"),
        (100.0, 1, "100"),
        (1e-9, 2, "0"),
    ],
)
def test_numbers_are_no_longer_than_needed(value, digits, text):
    assert short(value, digits) == text


CASES = {
    "a line": ("ML", [[1, 2], [4, 1]], "m1 2l3-1"),
    "a run of lines": ("MLL", [[1, 2], [4, 1], [5, 5]], "m1 2l3-1 1 4"),
    "a point": ("M", [[-3, 2]], "m-3 2"),
    "a quadratic": ("MQQ", [[0, 0], [5, 5], [10, 0]], "m0 0q5 5 10 0"),
    "two cubics": (
        "MCCCCCC",
        [[1, 1], [2, 1], [3, 2], [3, 3], [3, 4], [2, 5], [1, 5]],
        "m1 1c1 0 2 1 2 2 0 1-1 2-2 2",
    ),
    "after a triangle": (
        "MLLZML",
        [[1, 1], [5, 1], [1, 4], [2, 2], [3, 2]],
        "m1 1l4 0-4 3zm1 1l1 0",
    ),
    "a line after a curve": ("MQQL", [[0, 0], [5, 5], [10, 0], [12, 1]], "m0 0q5 5 10 0l2 1"),
}


@pytest.mark.parametrize("name", CASES)
def test_outlines_are_written_in_relative_moves_and_read_back(name):
    ops, points, text = CASES[name]
    assert path_data(ops, np.array(points)) == text
    found, rows = read_path_data(text)
    assert (found, rows.tolist()) == (ops, points)


def test_tenths_of_units_are_written_with_one_decimal():
    assert path_data("ML", np.array([[10, 25], [-5, 25]]), 10) == "m1 2.5l-1.5 0"


def test_no_outline_has_no_vertices():
    ops, rows = read_path_data("")
    assert (ops, rows.shape) == ("", (0, 2))


def test_without_splines_nothing_changes():
    points = np.array([[0, 0], [1, 1]])
    assert splines_as_cubics("ML", points)[0] == "ML"
    assert splines_as_cubics("ML", points)[1] is points


@pytest.mark.parametrize("end", ["", "Z"])
def test_a_spline_becomes_the_cubics_through_its_knots(end):
    cubics = bezier(KNOTS, closed=end == "Z").reshape(-1, 2)
    ops, points = splines_as_cubics("MSSS" + end, KNOTS)
    assert ops == "M" + "C" * len(cubics) + end
    np.testing.assert_array_equal(points, [KNOTS[0], *cubics])
    written, rounded = path_data("MSSS" + end, 100 * KNOTS), np.rint(100 * np.array(points))
    assert written.count("z") == len(end)
    np.testing.assert_allclose(read_path_data(written)[1], rounded, atol=60)


def test_splines_stand_between_other_outlines():
    before, after = np.array([[1, 2], [3, 4], [5, 4]]), np.array([[7, 8], [9, 8]])
    first, second = KNOTS, KNOTS + 100
    ops, points = splines_as_cubics(
        "MLLZ" + "MSSS" + "ML" + "MSSSZ", np.concatenate([before, first, after, second])
    )
    a, b = (bezier(first, closed=False), bezier(second, closed=True))
    a, b = a.reshape(-1, 2), b.reshape(-1, 2)
    assert ops == "MLLZ" + "M" + "C" * len(a) + "ML" + "M" + "C" * len(b) + "Z"
    np.testing.assert_array_equal(
        points, np.concatenate([before, first[:1], a, after, second[:1], b])
    )
