"""Figures take the colours of a dark page; images, hatches and dark figures keep theirs."""

import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from PIL import Image

from vectorplayer import player_block

pytestmark = pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")


def line(ax):
    ax.plot([0, 1])


def image(ax):
    ax.imshow(np.eye(3))


def mesh(ax):
    ax.pcolormesh(np.eye(3))


def hatch(ax):
    ax.bar([1, 2], [1, 2], hatch="/")


@pytest.mark.parametrize(
    ("draw", "dark", "follows"),
    [
        (line, None, True),
        (image, None, True),
        (mesh, None, True),
        (hatch, None, False),
        (hatch, True, True),
        (line, False, False),
    ],
)
def test_figures_follow_the_page_unless_parts_are_pictures_of_drawings(
    draw, dark, follows, tools, open_player
):
    fig, ax = plt.subplots(figsize=(2, 2))
    draw(ax)
    anim = FuncAnimation(fig, lambda k: ax.set_title(f"{k}") and None, frames=2)
    html = tools.write(anim, dark=dark).html
    ground = "<style>body { background: #121212; color: white; }</style>"
    page = open_player(ground + html, color_scheme="dark")
    shot = page.locator("vector-player figure > svg").screenshot()
    picture = Image.open(io.BytesIO(shot)).convert("L")
    assert picture.getpixel((1, 1)) == (0x12 if follows else 255)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_images_keep_their_pixels(scheme, tools, open_player):
    fig, ax = plt.subplots(figsize=(2, 2))
    ax.imshow(np.eye(2), cmap="gray", aspect="auto")
    ax.set_position([0, 0, 1, 1])
    ax.axis("off")
    anim = FuncAnimation(fig, lambda k: None, frames=1)
    page = open_player(tools.write(anim).html, color_scheme=scheme)
    shot = page.locator("vector-player figure > svg").screenshot()
    picture = Image.open(io.BytesIO(shot)).convert("L")
    assert [picture.getpixel(place) for place in [(20, 20), (180, 20)]] == [255, 0]


def test_a_dark_figure_stays_as_it_is(tools):
    fig, _ = plt.subplots(facecolor="k")
    anim = FuncAnimation(fig, lambda k: None, frames=1)
    html = tools.write(anim, dark=True).html.removeprefix(player_block())
    assert "currentColor" not in html and "var(" not in html


@pytest.mark.parametrize("dark", [1, "auto", 0.5])
def test_dark_is_yes_no_or_automatic(tools, line, dark):
    with pytest.raises(TypeError, match=f"dark must be True, False or None, got {dark!r}"):
        tools.write(line(), dark=dark)
