"""Corners and hard edges, as Agg draws them."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Ellipse, Polygon
from matplotlib.transforms import IdentityTransform


def empty_axes(size=(4, 3)):
    fig = plt.figure(figsize=size)
    ax = fig.add_axes([0, 0, 1, 1], xlim=(0, 100 * size[0]), ylim=(0, 100 * size[1]))
    ax.axis("off")
    return fig, ax


def both(fig, tools, picture_of):
    """Return the picture of the only frame by Chromium, and by Agg."""
    anim = FuncAnimation(fig, lambda k: None, frames=1, init_func=lambda: [])
    return picture_of(tools.write(anim).html, [0])[0], tools.still(anim, 0)


def corner(ratio, tip, arm):
    """Return a line with a corner whose tip is ``ratio`` half widths away."""
    half = np.arcsin(1 / ratio)
    back = tip - arm * np.array([[np.cos(half), np.sin(half)], [np.cos(half), -np.sin(half)]])
    return np.array([back[0], tip, back[1]])


@pytest.mark.parametrize("kind", ["line", "polygon", "collection"])
def test_sharp_corners(kind, tools, picture_of):
    fig, ax = empty_axes((6, 6))
    for column, width in enumerate([1.2, 4, 10]):  # px, which is Agg's limit for the ratio
        for row, ratio in enumerate([1.5, 3, 5, 8, 11]):
            points = corner(ratio, np.array([120.3 + 200 * column, 60.4 + 120 * row]), arm=65)
            wide = width * 72 / fig.dpi
            if kind == "line":
                ax.plot(*points.T, "C0", lw=wide, solid_joinstyle="miter")
            elif kind == "polygon":
                ax.add_patch(Polygon(points, lw=wide, fc="none", ec="k", joinstyle="miter"))
            else:
                ax.add_collection(LineCollection([points], lw=wide, joinstyle="miter"))
    largest, _ = tools.difference(*both(fig, tools, picture_of))
    assert largest <= 40


def ink(picture, *box):
    """Return how many pixels are dark, by default in the whole picture."""
    return (np.asarray(picture.crop(box or None).convert("L")) < 128).sum()


@pytest.mark.parametrize("style", ["-", "--"])
def test_lines_without_antialiasing(style, tools, picture_of):
    fig, ax = empty_axes((6, 6))
    widths, angles = ([0.5, 1, 1.6, 3] if style == "-" else [1, 1.6, 3]), [0, 13, 30, 44, 90]
    for column, width in enumerate(widths):
        for row, angle in enumerate(angles):
            along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
            middle = np.array([70.3 + 140 * column, 539.6 - 120 * row])
            ends = middle + np.outer([-55, 55], along)
            lw = width * 72 / fig.dpi
            ax.plot(*ends.T, f"k{style}", lw=lw, aa=False, solid_capstyle="butt")
    ours, own = both(fig, tools, picture_of)
    assert set(np.unique(ours)) <= {0, 255}
    for column in range(len(widths)):
        for row in range(len(angles)):
            box = (140 * column, 120 * row, 140 * column + 140, 120 * row + 120)
            assert ink(ours, *box) == pytest.approx(ink(own, *box), rel=0.15, abs=8)


def test_markers_are_smooth_all_the_same(tools, picture_of):
    fig, ax = empty_axes()
    ax.plot([100, 200], [100, 200], "k*", ms=30, aa=False)
    ours, own = both(fig, tools, picture_of)
    assert len(np.unique(own)) > 10
    assert len(np.unique(ours)) > 10


def filled_patch(ax):
    ax.add_patch(Ellipse((200, 150), 90, 60, angle=20, fc="k", lw=0, aa=False))


def filled_collection(ax):
    corners = corner(3, np.array([300, 150]), arm=140)
    ax.add_collection(PolyCollection([corners, corners - (60, 40)], fc="k", ec="none", aa=False))


def points_in_pixels(ax):
    rng = np.random.default_rng(2)
    places = rng.uniform((0, 0), (400, 300), (200, 2))
    sizes = np.linspace(3, 5, 200)  # of one size they would be markers
    ax.scatter(*places.T, s=sizes, c="k", lw=0, aa=False, transform=IdentityTransform())


@pytest.mark.parametrize("make", [filled_patch, filled_collection, points_in_pixels])
def test_areas_without_antialiasing(make, tools, picture_of):
    fig, ax = empty_axes()
    make(ax)
    ours, own = both(fig, tools, picture_of)
    assert set(np.unique(ours)) <= {0, 255}
    assert ink(ours) == pytest.approx(ink(own), rel=0.03)
