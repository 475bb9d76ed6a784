"""What is wrong in a picture is noticed at the limits that the gallery allows.

Each fault is put into the vectors of a small animation and compared with Matplotlib's picture of
the right one, through the same browser as all others.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import gallery
import matplotlib.pyplot as plt
import numpy as np
import pytest
from gallery import compare, saving, suite
from gallery import page as pages
from gallery.compare import CROWDED, LIMIT, distance
from gallery.saving import animations, name_of, pixels, vectors
from matplotlib.animation import FuncAnimation

X = np.linspace(0, 6, 60)
PIXEL = 3 / 98  # in data units: the Axes is 98 pixels high


def scene(
    *, shift=0, color="C0", width=1.5, markers=(0, 1, 2), alpha=0.3, tick="0.4", word="illness",
    size=5, marker_color="C1", box_shift=0, stays=False,
):  # fmt: skip
    """Draw a line, points, an area, a text and a tick label of which one is wrong."""
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 6), ylim=(-1.5, 1.5), xticks=[])
    ax.set_yticks([-1, 0, 1], ["-1", tick, "1"])
    (line,) = ax.plot(X, X, lw=width, color=color)
    ax.plot([1, 2, 3], [-1] * 3, "o", ms=size, color=marker_color, markevery=list(markers))
    ax.fill_between(X, -1.5, -1.2 + box_shift * PIXEL, alpha=alpha, color="C2", lw=0)
    ax.text(1, 1.1, f"title: {word}")
    passing = ax.text(4, -0.6, "A")

    def update(i):
        line.set_ydata(np.sin(X + i) + shift * PIXEL)
        passing.set_visible(stays or i == 0)

    return FuncAnimation(fig, update, frames=2)


def right():
    return scene()


COARSE_FAULTS = {
    "a marker is missing": {"markers": (0, 2)},
    "a line is off by two pixels": {"shift": 2},
    "a letter is missing": {"word": "illnes"},
    "a letter between others is missing": {"word": "illess"},
    "a tick label is missing": {"tick": ""},
    "a text is left over": {"stays": True},
    "points have another colour": {"marker_color": "C3"},
}
FINE_FAULTS = {
    "a tick label is stale": {"tick": "0.8"},
    "a line has another colour": {"color": "C4"},
    "a line has a paler colour": {"color": "C9"},
    "a line is too thin": {"width": 1},
    "a line is too wide": {"width": 2.5},
    "markers are too small": {"size": 4},
    "a point in a text is missing": {"tick": "0 4"},
    "an area has another opacity": {"alpha": 0.4},
    "a pale area is off by two pixels": {"box_shift": 2},
}


def found(player_page, make):
    last = player_page.pictures(vectors(make), (0, 1), 2)[1]
    return distance(last, pixels(right).pictures[1])


def test_nothing_wrong_is_within_the_limit(player_page):
    assert found(player_page, right).within(LIMIT)


@pytest.mark.parametrize("fault", COARSE_FAULTS)
def test_what_is_plainly_wrong_is_noticed_in_a_crowd(fault, player_page):
    assert not found(player_page, lambda: scene(**COARSE_FAULTS[fault])).within(CROWDED)


@pytest.mark.parametrize("fault", COARSE_FAULTS | FINE_FAULTS)
def test_what_is_slightly_wrong_is_noticed(fault, player_page):
    wrong = (COARSE_FAULTS | FINE_FAULTS)[fault]
    assert not found(player_page, lambda: scene(**wrong)).within(LIMIT)


def test_every_module_of_animations_is_run():
    modules = {import_module(f"gallery.{info.name}") for info in iter_modules(gallery.__path__)}
    helpers = {compare, saving, pages, suite}
    assert {*suite.PLOTS, *suite.FIGURES} == modules - helpers


def test_limits_name_animations_that_exist():
    names = {name_of(make) for make in animations(*suite.PLOTS, *suite.FIGURES)}
    assert {*suite.WIDER, *suite.TEXTS} <= names


def test_the_readme_counts_the_animations():
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    number = len(animations(*suite.PLOTS, *suite.FIGURES))
    assert f"In the {number} animations of the tests" in readme
