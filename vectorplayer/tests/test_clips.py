"""What clips an artist: on whole pixels, within the canvas, by an outline."""

import numpy as np
import pytest
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, TransformedPath

from vectorplayer.record.clips import clip_box, clip_of

WIDTH, HEIGHT = 100.0, 50.0
FLIP = np.array([[1.0, 0.0, 0.0], [0.0, -1.0, HEIGHT], [0.0, 0.0, 1.0]])


@pytest.mark.parametrize(
    ("extents", "box"),
    [
        ([10, 5, 30, 25], (10, 25, 20, 20)),
        ([10.4, 5.4, 30.6, 25.6], (10, 24, 21, 21)),
        ([10.5, 5.5, 30.5, 25.5], (11, 25, 20, 20)),
        ([-10, -10, 200, 200], (0, 0, 100, 50)),
        ([-10, 10, 20, 60], (0, 0, 20, 40)),
        ([90, -5, 110, 10], (90, 40, 10, 10)),
        ([120, 5, 130, 25], (120, 25, 0, 20)),
        ([10, 60, 30, 70], (10, 0, 20, 0)),
    ],
)
def test_rectangles_are_rounded_and_end_with_the_canvas(extents, box):
    assert clip_box(extents, WIDTH, HEIGHT) == box


def context(extents=None, path=None, scale=10):
    gc = GraphicsContextBase()
    if extents is not None:
        gc.set_clip_rectangle(Bbox.from_extents(*extents))
    if path is not None:
        gc.set_clip_path(TransformedPath(path, Affine2D().scale(scale)))
    return gc


def clip(gc, outline=True):
    return clip_of(gc, WIDTH, HEIGHT, 10, FLIP, outline=outline)


TRIANGLE = Path([[1, 1], [4, 1], [1, 3], [1, 1]], closed=True)


def test_the_canvas_is_no_clip():
    assert clip(context()) is None
    assert clip(context([0, 0, WIDTH, HEIGHT])) is None
    assert clip(context([-5, -5, 500, 500])) is None


def test_a_rectangle_in_units():
    assert clip(context([10, 5, 30, 25])) == (100, 250, 200, 200, "")


def test_an_outline_clips_within_the_canvas_or_a_rectangle():
    outline = "m100 400l300 0-300-200z"
    assert clip(context(path=TRIANGLE)) == (0, 0, 1000, 500, outline)
    assert clip(context([10, 5, 30, 25], TRIANGLE)) == (100, 250, 200, 200, outline)


def test_outlines_can_be_left_to_others():
    assert clip(context(path=TRIANGLE), outline=False) is None
    assert clip(context([10, 5, 30, 25], TRIANGLE), outline=False) == (100, 250, 200, 200, "")


def test_an_empty_outline_clips_nothing():
    empty = Path(np.empty((0, 2)))
    assert clip(context(path=empty)) is None
    assert clip(context([10, 5, 30, 25], empty)) == (100, 250, 200, 200, "")


def test_an_outline_beyond_float64_clips_all():
    far = Path([[1e300, 1e300], [2e300, 1e300]])
    assert clip(context(path=far, scale=1e10)) == (0, 0, 1000, 500, "M0 0")
