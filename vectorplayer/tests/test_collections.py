"""Collections of many items: the same picture as one by one, and few bytes."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from matplotlib.collections import (
    CircleCollection,
    EllipseCollection,
    LineCollection,
    PathCollection,
    PolyCollection,
)
from matplotlib.path import Path

RNG = np.random.default_rng(3)
PLACES = RNG.uniform(0.05, 0.95, (60, 2))
SQUARE = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])


def triangles(ax):
    corners = PLACES[:, None] + RNG.normal(size=(60, 3, 2)) * 0.05
    return PolyCollection(corners, fc=["C0", "C1", "none"], ec=["k", "r"], lw=[0.5, 2])


def squares(ax):
    """Squares that Matplotlib snaps to pixels, in lines of odd and even width."""
    corners = PLACES[:, None] + SQUARE * 0.03
    return PolyCollection(corners, fc="C2", ec="k", lw=np.array([1, 2, 3]) * 0.72, alpha=0.5)


def squares_without_antialiasing(ax):
    corners = PLACES[:, None] + SQUARE * 0.03
    return PolyCollection(corners, fc=["C2", "C3"], ec="none", aa=False)


def segments(ax):
    ends = np.stack([PLACES, PLACES + RNG.normal(size=(60, 2))], axis=1)  # some leave the canvas
    return LineCollection(ends, colors=["C0", "C1"], ls=["-", "--"])


def axial_segments(ax):
    lines = [
        [(x, y), (x + 0.1 * (k % 2), y + 0.1 * (1 - k % 2))] for k, (x, y) in enumerate(PLACES)
    ]
    return LineCollection(lines, colors="k", lw=1)


def with_holes_and_gaps(ax):
    corners = np.concatenate([SQUARE, SQUARE[:1], SQUARE[::-1] / 2, SQUARE[3:] / 2]) * 0.04
    codes = [1, 2, 2, 2, 79, 1, 2, 2, 2, 79]
    turned = corners @ [[0.8, 0.6], [-0.6, 0.8]]
    paths = [Path(turned + place, codes) for place in PLACES]
    paths[7] = Path(np.full((4, 2), np.nan))
    paths[9] = Path(np.zeros((0, 2)))
    paths[11] = Path(np.array([[0.1, 0.1], [np.nan, 0.5], [0.5, 0.2], [0.6, 0.6], [0.2, 0.7]]))
    return PathCollection(paths, fc="C4", ec="k")


def ellipses(ax):
    sizes = RNG.uniform(0.02, 0.1, (2, 60))
    return EllipseCollection(
        *sizes, RNG.uniform(0, 180, 60), units="x", offsets=PLACES, fc=["C5", "C6"],
        transOffset=ax.transData, alpha=0.6,
    )  # fmt: skip


def circles_of_many_sizes(ax):
    return CircleCollection(
        RNG.uniform(5, 300, 60), offsets=PLACES, transOffset=ax.transData, fc="none", ec="C0"
    )


@pytest.mark.parametrize(
    "make",
    [
        triangles, squares, squares_without_antialiasing, segments, axial_segments,
        with_holes_and_gaps, ellipses, circles_of_many_sizes,
    ],
)  # fmt: skip
def test_it_looks_as_in_matplotlib(make, tools, picture_of):
    fig, ax = plt.subplots(figsize=(4, 3))
    drawn = make(ax)
    if make is ellipses or make is circles_of_many_sizes:
        drawn.set_offset_transform(ax.transData)
    ax.add_collection(drawn)

    def draw(k):
        ax.set(xlim=(k / 10, 1), ylim=(0, 1 + k / 10))

    anim = FuncAnimation(fig, draw, frames=2, init_func=lambda: [])
    for frame, picture in enumerate(picture_of(tools.write(anim).html, [0, 1])):
        largest, mean = tools.difference(picture, tools.still(anim, frame))
        assert largest <= 65
        assert mean <= 1.2


def scatter(count, colors=None):
    fig, ax = plt.subplots()
    rng = np.random.default_rng(0)
    places = rng.normal(size=(count, 2))
    points = ax.scatter(*places.T, s=rng.uniform(1, 60, count), c=colors, alpha=0.5)
    ax.set(xlim=(-4, 4), ylim=(-4, 4))

    def draw(k):
        points.set_offsets(places + k * rng.normal(size=(count, 2)) / 20)

    return FuncAnimation(fig, draw, frames=6, init_func=lambda: [])


@pytest.mark.parametrize("colored", [False, True])
def test_ten_thousand_points_take_fewer_bytes_than_pictures(colored, tools):
    anim = scatter(10_000, np.linspace(0, 1, 10_000) if colored else None)
    assert len(tools.write(anim).html) < 0.8 * len(anim.to_jshtml())


def test_the_markup_of_many_points_shows_them_without_a_script(tools, picture_of):
    anim = scatter(2000)
    html = tools.write(anim).html
    assert "<use " in html
    (bare,), (played,) = picture_of(html, [None]), picture_of(html, [5])
    assert tools.difference(bare, played)[0] <= 10


def test_outlines_that_are_defined_once_have_ids_of_their_own_animation(tools):
    pages = [tools.write(scatter(count)).html for count in (2000, 2001)]
    ids = [set(re.findall(r'<path id="([^"]+)"', page)) for page in pages]
    assert ids[0]
    assert ids[1]
    assert not ids[0] & ids[1]
