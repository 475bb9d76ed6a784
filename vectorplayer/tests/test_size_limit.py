"""The limit of the size, and the lower bound that ends a hopeless recording early."""

import os

import artists
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation

from vectorplayer import SizeLimitError, VectorHTMLWriter, player_block
from vectorplayer.types import Layer
from vectorplayer.write.least_size import LeastSize
from vectorplayer.write.timeline import Timeline


def test_the_limit_of_the_size(tools, line, tmp_path):
    writer = VectorHTMLWriter(size_limit=10_000)
    with pytest.raises(SizeLimitError, match=r"takes [\d,]+ bytes, more than size_limit=10,000"):
        line().save(tmp_path / "fit.html", writer=writer)
    assert os.listdir(tmp_path) == []
    assert tools.write(line(), size_limit=10**6).html


def images(rng, fig, ax):
    image = ax.imshow(rng.uniform(size=(100, 100)))
    return lambda k: image.set_data(rng.uniform(size=(100, 100)))


def points(rng, fig, ax):
    cloud = ax.scatter(*rng.uniform(size=(2, 2000)))
    return lambda k: cloud.set_offsets(rng.uniform(size=(2000, 2)))


def curves(rng, fig, ax):
    def draw(k):
        for line in [*ax.lines]:
            line.remove()
        for _ in range(3):
            ax.plot(rng.uniform(size=1000 + 10 * k))

    return draw


@pytest.mark.parametrize("make", [images, points, curves])
def test_a_hopeless_animation_stops_early(make):
    fig, ax = plt.subplots(figsize=(3, 2))
    draw, drawn = make(np.random.default_rng(1), fig, ax), []
    anim = FuncAnimation(
        fig, lambda k: (drawn.append(k), draw(k)) and None, frames=200, init_func=lambda: []
    )
    message = r"the first \d+ frames take at least [\d,]+ bytes, more than size_limit=500,000"
    with pytest.raises(SizeLimitError, match=message):
        anim.save(None, writer=VectorHTMLWriter(size_limit=500_000))
    assert len(drawn) <= 60


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")
def test_what_is_small_enough_as_pictures_does_not_stop():
    """Vectors alone would be too large; the writer takes pictures in their place."""
    fig, ax = plt.subplots(figsize=(2, 2), dpi=50)
    values, shown = np.random.default_rng(1).normal(size=(8, 110, 110)), []

    def draw(k):
        while shown:
            shown.pop().remove()
        shown.append(ax.contourf(values[k], levels=5))

    anim = FuncAnimation(fig, draw, frames=8, init_func=lambda: [])
    writer = VectorHTMLWriter(size_limit=180_000)
    least = []
    update = LeastSize.update
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LeastSize, "update", lambda self: least.append(update(self)) or least[-1])
        anim.save(None, writer=writer)
    assert least[-1] > 2 * writer.options.size_limit
    assert len(writer.html) < writer.options.size_limit


def growing(fig, ax):
    """A line whose points stay when others come: it continues, though its shape is new."""
    (line,) = ax.plot([], [])
    ax.set(xlim=(0, 3000), ylim=(0, 1))
    values = np.random.default_rng(1).uniform(size=3000)
    return lambda k: line.set_data(np.arange(600 * k), values[: 600 * k])


KINDS = artists.ALL | {"growing": growing}


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")
@pytest.mark.parametrize("kind", KINDS)
def test_the_least_size_is_one(kind, tools):
    """No animation is refused whose HTML would have been small enough."""
    fig, ax = plt.subplots(figsize=(4, 3))
    draw = KINDS[kind](fig, ax)
    anim = FuncAnimation(fig, lambda k: draw(k) and None, frames=6, init_func=lambda: [])
    recording = tools.write(anim).recording
    whole, replayed = recording.timeline, Timeline()
    bound = LeastSize(replayed, recording.recorder.shapes)
    for frame in range(whole.length):
        shown = [(slot.key, slot.at(frame)) for slot in whole.slots]
        replayed.add([Layer(key, display) for key, display in shown if display is not None])
        least = bound.update()
    size = len(recording.html) - len(player_block())
    assert size / 20 < least < size
