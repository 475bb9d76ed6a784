"""Display lists as elements: each kind of item, what is shared, and what clips."""

import numpy as np
import pytest

from vectorplayer.types import DisplayList
from vectorplayer.write.svg import MANY, REFERENCE, WORTH, clipped, definitions, defs, svg_items

RED, BLUE = (("fill", "#ff0000"),), (("fill", "#0000ff"),)
LINE = (("fill", "none"), ("stroke", "#0000ff"), ("stroke-width", "10"))
DOTTED = (("fill", "none"), ("stroke", "#0000ff"), ("stroke-dasharray", "1"))
STYLES = [RED, BLUE, LINE, DOTTED]
SHAPES = [
    ("path", "ML"),
    ("placed", "m1 0l2 2z"),
    ("image", "data:image/png;base64,AA"),
    ("placed", "m0 0l9 9z"),
    ("path", "MLLZ"),
]


def items(styles, shapes, numbers, **options):
    display = DisplayList(0, tuple(styles), tuple(shapes), np.array(numbers))
    return svg_items(display, SHAPES, STYLES, **options)


def test_nothing_is_no_element():
    assert svg_items(None, SHAPES, STYLES) == ""


def test_a_path_is_the_sum_of_its_steps():
    assert items([2], [0], [5, 6, 3, -1]) == (
        '<path fill="none" stroke="#0000ff" stroke-width="10" d="m5 6l3-1"/>'
    )
    assert items([2], [4], [5, 6, 3, -1, 0, 4]).endswith('d="m5 6l3-1 0 4z"/>')


def test_an_image_fills_its_box():
    assert items([0], [2], [1, 2, 30, 40]) == (
        '<image fill="#ff0000" x="1" y="2" width="30" height="40" preserveAspectRatio="none"'
        ' href="data:image/png;base64,AA"/>'
    )


def test_outlines_of_one_fill_share_an_element():
    assert items([0, 0, 1], [1, 3, 1], [1, 2, 3, 4, 5, 6]) == (
        '<path fill="#ff0000" d="M1 2m1 0l2 2zM3 4m0 0l9 9z"/>'
        '<path fill="#0000ff" d="M5 6m1 0l2 2z"/>'
    )


def test_another_item_ends_what_is_shared_and_the_order_stays():
    assert items([0, 2, 0], [1, 0, 1], [1, 2, 0, 0, 1, 1, 3, 4]) == (
        '<path fill="#ff0000" d="M1 2m1 0l2 2z"/>'
        '<path fill="none" stroke="#0000ff" stroke-width="10" d="m0 0l1 1"/>'
        '<path fill="#ff0000" d="M3 4m1 0l2 2z"/>'
    )


def test_outlines_with_lines_stand_alone():
    one = (
        '<path fill="none" stroke="#0000ff" stroke-width="10" '
        'transform="translate({} {})" d="m1 0l2 2z"/>'
    )
    assert items([2, 2], [1, 1], [1, 2, 3, 4]) == one.format(1, 2) + one.format(3, 4)


def test_a_defined_outline_is_used():
    assert items([0], [1], [1, 2], ids={"m1 0l2 2z": "a0"}) == (
        '<use fill="#ff0000" x="1" y="2" href="#a0"/>'
    )


@pytest.mark.parametrize("count", [MANY - 1, MANY])
def test_many_items_have_what_they_share_written_once(count):
    styles = [2, 3] * (count // 2) + [2] * (count % 2)
    text = items(styles, [1] * count, np.zeros(2 * count, int))
    shared, own = ' fill="none" stroke="#0000ff"', [' stroke-width="10"', ' stroke-dasharray="1"']
    each = "" if count >= MANY else shared
    elements = "".join(
        f'<path{each}{own[style - 2]} transform="translate(0 0)" d="m1 0l2 2z"/>'
        for style in styles
    )
    assert text == (f"<g{shared}>{elements}</g>" if count >= MANY else elements)


def test_many_items_that_share_nothing_have_no_group():
    text = items([0, 1] * MANY, [1] * 2 * MANY, np.zeros(4 * MANY, int))
    assert "<g" not in text and text.count("<path") == 2 * MANY


def definitions_of(size, uses, kind="placed"):
    shapes = [("path", "ML"), (kind, "x" * size)]
    half = DisplayList(0, (0,) * uses, (1,) * uses, np.zeros(2 * uses, int))
    return definitions([half, half], shapes, "m")


def test_an_outline_is_defined_if_that_saves_enough():
    size = REFERENCE + 100  # each use after the first saves a hundred characters
    uses = 21
    assert (2 * uses - 1) * 100 >= WORTH > (2 * uses - 3) * 100
    assert definitions_of(size, uses) == {"x" * size: "m0"}
    assert definitions_of(size, uses - 1) == {}
    assert definitions_of(size, uses, "image") == {}


def test_exactly_what_it_has_to_save_is_enough():
    assert WORTH % 5 == 0
    assert list(definitions_of(REFERENCE + WORTH // 5, 3)) == ["x" * (REFERENCE + WORTH // 5)]
    assert definitions_of(REFERENCE + WORTH // 5 - 1, 3) == {}


def test_definitions_as_text():
    assert defs({}) == ""
    assert defs({"m0 0z": "m0", "m1 1z": "m1"}) == (
        '<defs><path id="m0" d="m0 0z"/><path id="m1" d="m1 1z"/></defs>'
    )


def test_a_clip_is_a_picture_within_the_picture():
    assert clipped("<path/>", None) == "<path/>"
    assert clipped("", (1, 2, 3, 4, "")) == ""
    box = (
        '<svg x="1" y="2" width="30" height="40" viewBox="1 2 30 40"'
        ' style="width:30px;height:40px;max-width:none">{}</svg>'
    )
    assert clipped("<path/>", (1, 2, 30, 40, "")) == box.format("<path/>")
    assert clipped("<path/>", (1, 2, 30, 40, "m0 0z")) == box.format(
        "<g style=\"clip-path:path('m0 0z') view-box\"><path/></g>"
    )
