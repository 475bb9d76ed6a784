"""What a frame no longer shows is gone from the player."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from matplotlib.offsetbox import AnchoredOffsetbox, HPacker, OffsetImage, TextArea
from matplotlib.patches import Rectangle

pytestmark = pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")


def hatched_legend(ax):
    ax.add_patch(Rectangle((0.1, 0.1), 0.3, 0.3, hatch="//", fc="w", ec="k", label="bar"))
    legend = ax.legend(loc="upper right")
    return legend.set_visible


def image_in_a_packer(ax):
    picture = OffsetImage(np.eye(20), zoom=2, cmap="magma")
    box = AnchoredOffsetbox(loc="center", child=HPacker(children=[picture, TextArea("eye")]))
    ax.add_artist(box)
    return box.set_visible


def image_becomes_text(ax):
    picture, text = OffsetImage(np.eye(20), zoom=2), TextArea("eye")
    ax.add_artist(AnchoredOffsetbox(loc="center", child=HPacker(children=[picture, text])))
    return lambda on: (picture.set_visible(on), text.set_visible(not on))


def images_of_a_packer(ax):
    packer = HPacker(children=[OffsetImage(np.eye(k), zoom=2) for k in (10, 20, 30)])
    ax.add_artist(AnchoredOffsetbox(loc="center", child=packer))
    return lambda on: [child.set_visible(on) for child in packer.get_children()[1:]]


def all_of_a_scatter(ax):
    points = ax.scatter([0.2, 0.5], [0.5, 0.2], s=200)
    return points.set_visible


@pytest.mark.parametrize(
    "make",
    [hatched_legend, image_in_a_packer, image_becomes_text, images_of_a_packer, all_of_a_scatter],
)
def test_what_is_hidden_is_gone_and_comes_back(make, tools, picture_of):
    fig, ax = plt.subplots(figsize=(3, 2))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    show = make(ax)
    anim = FuncAnimation(fig, lambda k: show(k % 2 == 0) and None, frames=3, init_func=lambda: [])
    frames = (0, 1, 2, 1)
    for frame, picture in zip(frames, picture_of(tools.write(anim).html, frames), strict=True):
        largest, mean = tools.difference(picture, tools.still(anim, frame))
        assert largest <= 80
        assert mean <= 1.0
