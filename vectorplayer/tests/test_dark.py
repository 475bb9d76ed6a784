"""A dark page inverts light figures, but no images."""

import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from PIL import Image

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
    ("draw", "dark", "inverted"),
    [
        (line, None, True),
        (hatch, None, True),
        (image, None, False),
        (mesh, None, False),
        (line, False, False),
        (image, True, True),
    ],
)
def test_images_keep_their_colours_unless_asked(draw, dark, inverted, tools, open_player):
    fig, ax = plt.subplots(figsize=(2, 2))
    draw(ax)
    anim = FuncAnimation(fig, lambda k: ax.set_title(f"{k}") and None, frames=2)
    html = tools.write(anim, dark=dark).html
    page = open_player(html, color_scheme="dark")
    shot = page.locator("vector-player figure > svg").screenshot()
    corner = Image.open(io.BytesIO(shot)).convert("L").getpixel((1, 1))
    assert (corner < 128) == inverted


def test_a_dark_figure_stays_as_it_is(tools):
    fig, _ = plt.subplots(facecolor="k")
    anim = FuncAnimation(fig, lambda k: None, frames=1)
    assert " data-light>" not in tools.write(anim, dark=True).html


@pytest.mark.parametrize("dark", [1, "auto", 0.5])
def test_dark_is_yes_no_or_automatic(tools, line, dark):
    with pytest.raises(TypeError, match=f"dark must be True, False or None, got {dark!r}"):
        tools.write(line(), dark=dark)
