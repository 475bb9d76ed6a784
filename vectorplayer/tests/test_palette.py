"""Colours follow the theme of a page: contrast, hue, order, and the variables of a page."""

import colorsys
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from PIL import Image

from vectorplayer import VectorFigure, picture_block
from vectorplayer.write.dark import contrast, dark_counterparts
from vectorplayer.write.palette import Palette

DARK = "#121212"


def dark(color):
    return dark_counterparts([color])[0]


def some_colors():
    """Colours on a grid, with those of Matplotlib's cycle."""
    levels = [0, 0.2, 0.5, 0.8, 1]
    grid = [to_hex(rgb) for rgb in np.stack(np.meshgrid(levels, levels, levels), -1).reshape(-1, 3)]
    return [*grid, *(to_hex(f"C{k}") for k in range(10))]


def test_no_color_loses_contrast():
    colors = some_colors()
    for color, other in zip(colors, dark_counterparts(colors), strict=True):
        wanted = contrast(color, "white")
        if wanted < 12:  # near-black would need more than white has
            assert contrast(other, DARK) >= wanted - 0.06, color


def test_ends_of_the_scale():
    assert dark("#ffffff") == DARK
    assert dark("#000000") == "#ffffff"


def test_hues_stay():
    for color in (to_hex(f"C{k}") for k in range(10) if k != 7):  # C7 is a grey
        before, after = (colorsys.rgb_to_hls(*to_rgb(c))[0] for c in (color, dark(color)))
        turn = abs(before - after)
        assert min(turn, 1 - turn) < 0.05, color
    assert len(set(to_rgb(dark("#777777")))) == 1


@pytest.mark.parametrize("name", ["viridis", "cividis", "plasma", "Blues"])
def test_a_scale_of_colors_stays_a_scale(name):
    scale = [to_hex(color) for color in plt.get_cmap(name)(np.linspace(0, 1, 20))]
    light = [contrast(color, "white") for color in scale]
    dark_ones = [contrast(color, DARK) for color in dark_counterparts(scale)]
    assert np.argsort(light).tolist() == np.argsort(dark_ones).tolist()


def test_ink_ground_and_variables():
    styles = [
        (("fill", "#000000"),),
        (("fill", "#1a1a1a"), ("fill-opacity", ".5")),
        (("fill", "#ffffff"), ("stroke", "#0057a8")),
        (("stroke", "#d55e00"), ("stroke-width", "10")),
        (("fill", "#0057a8"),),
    ]
    palette = Palette(styles, follows=True)
    assert palette[0] == (("fill", "currentColor"),)
    assert palette[1] == (("fill", "currentColor"), ("fill-opacity", ".5"))
    assert palette[4] == (("fill", "var(--c0)"),)
    assert palette[2] == (("fill", "var(--g)"), ("stroke", "var(--c0)"))
    assert "d55e00" not in palette.declarations  # not asked for
    assert "--c0:var(--vp-0057a8,light-dark(#0057a8,#" in palette.declarations
    fixed = Palette(styles, follows=False)
    assert (fixed[2], fixed.declarations) == (styles[2], "")
    styles.append((("fill", "#d55e00"),))  # while frames are drawn
    assert palette[5] == (("fill", "var(--c1)"),)
    assert fixed[5] == styles[5]


@pytest.mark.parametrize("color", ["#777777", "#1d1d1d", "#00001a", "#1a0000"])
def test_other_greys_and_dark_colors_are_no_ink(color):
    palette = Palette([(("fill", color),)], follows=True)
    assert palette[0] == (("fill", "var(--c0)"),)


@pytest.mark.parametrize(
    ("rule", "scheme", "color"),
    [
        ("", "light", (0, 87, 168)),
        ("", "dark", (119, 180, 255)),
        (":root{--vp-0057a8:#ff0000}", "dark", (255, 0, 0)),
    ],
)
def test_a_page_may_choose_other_colors(open_player, rule, scheme, color):
    fig = Figure(figsize=(2, 2), facecolor="white")
    fig.add_axes([0, 0, 1, 1], facecolor="#0057a8").set_xticks([])
    html = f"<style>{rule}</style>" + VectorFigure(fig, alt="A square.", tight=False).html
    page = open_player(html, color_scheme=scheme)
    shot = Image.open(io.BytesIO(page.locator("div.vp-picture").screenshot())).convert("RGB")
    assert shot.getpixel((100, 100)) == color


def test_boxes_of_legends_take_the_ground_of_the_page(open_player):
    fig = Figure(figsize=(2, 2))
    ax = fig.subplots()
    ax.plot([0, 1], label="a line")
    ax.legend(framealpha=1, edgecolor="white", loc="center")
    html = VectorFigure(fig, alt="A line.").html
    page = open_player(f"<style>body{{--vp-ground:#234567}}</style>{html}", color_scheme="dark")
    shot = Image.open(io.BytesIO(page.locator("div.vp-picture").screenshot())).convert("RGB")
    counts = dict((color, count) for count, color in shot.getcolors(100_000))
    assert counts[0x23, 0x45, 0x67] > 1000


def test_no_filter_is_left():
    assert "filter" not in picture_block() and "invert" not in picture_block()
