"""Colours and markers of points that are told apart by where they end."""

from itertools import combinations

import pytest
from matplotlib.colors import to_rgb

from klhelpers import end_style, line_style

STYLES = [end_style(index) for index in range(4)]


def luminance(color):
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_markers_and_colours_differ_from_each_other_and_from_all_lines():
    for one, other in combinations(STYLES, 2):
        assert one["color"] != other["color"] and one["marker"] != other["marker"]
    lines = {line_style(name)["color"] for name in ("p", "q", "reverse", "forward", "reference")}
    assert lines.isdisjoint(style["color"] for style in STYLES)


def test_colours_have_a_contrast_of_three_on_white():
    assert all(1.05 / (luminance(style["color"]) + 0.05) >= 3 for style in STYLES)


def test_points_are_not_joined():
    assert {style["linestyle"] for style in STYLES} == {""}


@pytest.mark.parametrize("index", [True, 0.5, "0"])
def test_what_is_no_whole_number_is_an_error(index):
    with pytest.raises(TypeError, match="index must be a whole number"):
        end_style(index)


@pytest.mark.parametrize(("index", "rule"), [(-1, "at least 0; got -1"), (4, "from 0 to 3; got 4")])
def test_other_indices_are_errors(index, rule):
    with pytest.raises(ValueError, match=f"index must be {rule}"):
        end_style(index)
