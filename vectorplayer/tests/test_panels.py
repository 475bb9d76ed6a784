"""Columns of Axes become panels that stand side by side, or below each other on a phone."""

import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from markup import soup_of
from matplotlib.animation import FuncAnimation
from matplotlib.patches import ConnectionPatch
from PIL import Image

from vectorplayer import VectorFigure, VectorPlayer

WIDE, PHONE = {"width": 1000, "height": 800}, {"width": 390, "height": 800}


def side_by_side(columns=2, **options):
    fig, axes = plt.subplots(
        1, columns, figsize=(3.5 * columns, 3), layout="constrained", **options
    )
    for ax in np.ravel(axes):
        ax.plot([0, 1])
        ax.set(title="A title", xlabel="x", ylabel="y")
    return fig, axes


def panels_of(fig):
    """Return how many columns and rows a figure is cut into."""
    soup = soup_of(VectorFigure(fig, alt="A test.").html)
    found = soup.select("svg.vp-panel")
    rows = [panel for panel in found if "--l:" in panel["style"]]
    assert len(soup.select("[role=img][aria-label='A test.']")) == 1
    return len(found) - len(rows), len(rows)


def no_axes():
    fig = plt.figure(figsize=(8, 2))
    fig.text(0.1, 0.5, "left")
    fig.text(0.8, 0.5, "right")
    return fig


def empty():
    return plt.figure(figsize=(8, 2))


def one():
    return side_by_side(1)[0]


def two():
    return side_by_side()[0]


def narrow():
    fig, _ = plt.subplots(1, 2, figsize=(4, 2))
    return fig


def stacked():
    fig, _ = plt.subplots(2, 1, figsize=(7, 4), layout="constrained")
    return fig


def grid():
    fig, _ = plt.subplots(2, 2, figsize=(7, 4), layout="constrained")
    return fig


def twin():
    fig, axes = side_by_side()
    axes[0].twinx().plot([1, 0])
    return fig


def colorbar():
    fig, axes = side_by_side()
    fig.colorbar(axes[1].scatter([0, 1], [0, 1], c=[0, 1]), ax=axes[1])
    return fig


def lone_colorbar():
    fig, ax = plt.subplots(figsize=(7, 3))
    fig.colorbar(ax.scatter([0, 1], [0, 1], c=[0, 1]))
    return fig


def inset():
    fig, axes = side_by_side()
    axes[0].inset_axes([0.6, 0.6, 0.3, 0.3])
    return fig


def polar():
    return side_by_side(subplot_kw={"projection": "polar"})[0]


def suptitle():
    fig, _ = side_by_side()
    fig.suptitle("A title of all")
    return fig


def legend_above():
    fig, axes = side_by_side()
    fig.legend(axes[0].lines, ["line"], loc="outside upper center")
    return fig


def label_below():
    fig, _ = side_by_side()
    fig.supxlabel("A label of all")
    return fig


def legend_beside():
    fig, axes = side_by_side()
    axes[1].legend(["line"], loc="upper left", bbox_to_anchor=(1, 1))
    return fig


def across():
    fig, axes = side_by_side()
    ends = {"xyA": (0.5, 0.5), "xyB": (0.5, 0.5), "coordsA": "data", "coordsB": "data"}
    fig.add_artist(ConnectionPatch(axesA=axes[0], axesB=axes[1], **ends))
    return fig


def across_one_of_two():
    fig, axes = side_by_side(3)
    ends = {"xyA": (0.5, 0.5), "xyB": (0.5, 0.5), "coordsA": "data", "coordsB": "data"}
    fig.add_artist(ConnectionPatch(axesA=axes[0], axesB=axes[1], **ends))
    return fig


def long_title():
    fig, axes = side_by_side()
    axes[0].set_title(
        "A title that is so long that it reaches over the Axes on its right", loc="left"
    )
    return fig


def span():
    fig = plt.figure(figsize=(7, 4), layout="constrained")
    fig.subplot_mosaic("ab;cc")
    return fig


def subfigures():
    fig = plt.figure(figsize=(8, 3), layout="constrained")
    for part in fig.subfigures(1, 2):
        part.subplots().plot([0, 1])
        part.suptitle("Part")
    return fig


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")  # color bars
@pytest.mark.parametrize(
    ("make", "columns", "rows"),
    [
        (no_axes, 0, 0),
        (empty, 0, 0),
        (one, 0, 0),
        (two, 2, 0),
        (narrow, 0, 0),
        (stacked, 0, 0),
        (grid, 2, 0),
        (twin, 2, 0),
        (colorbar, 2, 0),
        (lone_colorbar, 0, 0),
        (inset, 2, 0),
        (polar, 2, 0),
        (suptitle, 2, 1),
        (legend_above, 2, 1),
        (label_below, 2, 1),
        (legend_beside, 2, 0),
        (across, 0, 0),
        (across_one_of_two, 2, 0),
        (long_title, 0, 0),
        (span, 0, 0),
        (subfigures, 2, 1),
    ],
)
def test_cuts_run_where_no_artist_is(make, columns, rows):
    assert panels_of(make()) == (columns, rows)


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")
@pytest.mark.parametrize("make", [two, grid, colorbar, polar, suptitle, legend_above, subfigures])
def test_a_wide_page_shows_the_figure_as_it_is(make, open_player, tools):
    picture = VectorFigure(make(), alt="A test.", tight=False)
    page = open_player(f"<style>body{{margin:0}}</style>{picture.html}", viewport=WIDE)
    shot = Image.open(io.BytesIO(page.locator("div.vp-picture").screenshot())).convert("RGB")
    own = Image.open(io.BytesIO(picture.png)).convert("RGB")
    assert tools.difference(shot, own)[0] <= 80


def boxes(page):
    return [panel.bounding_box() for panel in page.locator("svg.vp-panel").all()]


def test_a_phone_stacks_the_panels(open_player):
    head = '<meta name="viewport" content="width=device-width">'
    html = head + VectorFigure(legend_above(), alt="A test.").html
    row, left, right = boxes(open_player(html, viewport=WIDE))
    assert left["y"] == right["y"] and left["x"] < right["x"] and row["y"] < left["y"]
    row, left, right = boxes(open_player(html, viewport=PHONE))
    assert row["y"] + row["height"] <= left["y"] + 1
    assert left["y"] + left["height"] <= right["y"] + 1
    for box in (row, left, right):
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert 300 < left["width"] <= 374


def moving(long=False):
    fig, axes = side_by_side()
    lines = [ax.lines[0] for ax in axes]

    def draw(k):
        for ax, line, sign in zip(axes, lines, (1, -1), strict=True):
            line.set_ydata([0.5, 0.5 + sign * k / 10])
            ax.set_title(f"Panel {sign}, frame {k}" + long * k * " and so on")

    return FuncAnimation(fig, draw, frames=5, init_func=lambda: [])


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_what_moves_goes_with_its_panel(open_player, viewport):
    page = open_player(VectorPlayer(moving(), alt="Lines turn.").html, viewport=viewport)
    groups = page.locator("svg.vp-panel")
    assert groups.count() == 2
    for frame in (0, 3):
        page.evaluate("k => document.querySelector('vector-player').show(k)", frame)
        ends = [
            panel.evaluate(
                "p => [...p.querySelectorAll('[data-slot] path[stroke]')].map(l => l.getBBox())"
                ".map(b => [b.x, b.x + b.width])"
            )
            for panel in groups.all()
        ]
        (left,), (right,) = ends
        assert left[1] < 3500 < right[0]


def test_a_player_looks_as_matplotlib_draws_it(open_player, tools):
    anim = moving()
    html = VectorPlayer(anim, alt="Lines turn.").html
    page = open_player(f"<style>body{{margin:0}}</style>{html}", viewport=WIDE)
    page.evaluate("document.querySelector('vector-player').show(2)")
    shot = Image.open(io.BytesIO(page.locator(".vp-panels").screenshot())).convert("RGB")
    assert tools.difference(shot, tools.still(anim, 2))[0] <= 80


def test_a_text_that_crosses_in_one_frame_prevents_the_cut():
    html = VectorPlayer(moving(long=True), alt="Titles grow.").html
    assert soup_of(html).select("svg.vp-panel") == []
