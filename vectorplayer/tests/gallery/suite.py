"""The tests that each animation passes, and the halves of the gallery that two files run."""

from collections.abc import Callable
from types import ModuleType

import pytest
from matplotlib import __version_info__ as version_info

from gallery import (
    areas,
    bars,
    boxes,
    curved,
    fields,
    layouts,
    lines,
    looks,
    manners,
    paint,
    panels,
    points,
    rare,
    scales,
    shapes,
    ticks,
    words,
)
from gallery.compare import CROWDED, LIMIT, Distance, distance
from gallery.saving import animations, name_of, pixels, vectors
from vectorplayer import player_block

PLOTS = (areas, bars, fields, lines, paint, points, shapes)
FIGURES = (boxes, curved, layouts, looks, manners, panels, rare, scales, ticks, words)

WIDER = {
    # Small markers that overlap, hatches cut by ragged edges.
    "bars.box_plots": CROWDED,
    "fields.filled_contours": CROWDED,
    "fields.triangles": CROWDED,
    "areas.stems_and_spans": CROWDED,
    "looks.rasterized": CROWDED,
    "layouts.marginal_histograms": CROWDED,
    "scales.categories": CROWDED,
    "points.small_squares": CROWDED,
    # Far more vertices than pixels: it shows which of them are left out.
    "lines.noise": CROWDED,
    # Which pixels a line takes that is not antialiased, or the stem of a letter.
    "looks.not_antialiased": Distance(fine=70, broad=20),
    "rare.plain_letters": Distance(fine=36, broad=30),
    # The outline runs along a line and back; Agg counts its edge pixels twice.
    "points.wind": Distance(fine=110, broad=40),
    "shapes.energy_flows": Distance(fine=70, broad=20),
}

TEXTS = {"areas.stacked", "rare.clip_paths", "rare.plain_letters", "words.right_to_left"}
OLDER = pytest.mark.skipif(
    version_info < (3, 11),
    reason="before Matplotlib 3.11 the tests let Agg draw texts as outlines, for want of letters "
    "without hinting: they are placed, clipped and smoothed otherwise",
)


def parametrize(metafunc: pytest.Metafunc, modules: tuple[ModuleType, ...]) -> None:
    """Run a test for each animation of the modules."""
    makes = animations(*modules)
    # Each is played back; to draw it by other means takes longer, and every third stands for all.
    played_back = metafunc.function.__name__ == "test_what_is_played_back_is_what_would_be_drawn"
    always = makes if played_back else makes[::3]
    metafunc.parametrize("make", [_case(make, make not in always) for make in makes])


def _case(make: Callable, takes_long: bool):
    name = name_of(make)
    marks = [pytest.mark.thorough] * takes_long + [OLDER] * (name in TEXTS)
    return pytest.param(make, id=name, marks=marks)


def test_it_looks_as_in_agg(make, player_page):
    """Frames are shown forwards, then backwards, by one player."""
    limit = WIDER.get(name_of(make), LIMIT)
    own = pixels(make).pictures
    last = len(own) - 1
    frames = (0, 3 * last // 4, last, last // 4, last // 2)
    shots = player_page.pictures(vectors(make), frames, len(own))
    for frame, shot in zip(frames, shots, strict=True):
        found = distance(shot, own[frame])
        assert found.within(limit), f"frame {frame}: {found}"


def test_the_last_frame_is_seen_without_scripts(make, page_without_scripts):
    limit = WIDER.get(name_of(make), LIMIT)
    assert distance(page_without_scripts.still(vectors(make)), pixels(make).pictures[-1]).within(
        limit
    )


def test_what_is_played_back_is_what_would_be_drawn(make):
    assert vectors(make) == vectors(make, trust=False)


def test_it_is_not_larger_than_to_jshtml(make):
    """The block that all players of a page share is left out; `to_jshtml` repeats its own."""
    own = vectors(make).removeprefix(player_block())
    assert len(own.encode()) <= len(pixels(make).html.encode())
