"""Recorded frames as pixels, and as PNG and GIF files."""

import artists
import matplotlib.pyplot as plt
import pytest
from bounds import BOUNDS
from matplotlib.animation import FuncAnimation
from PIL import Image

from vectorplayer import VectorPlayer
from vectorplayer.write.frames import frame_images


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")
@pytest.mark.parametrize("kind", artists.ALL)
def test_pixels_are_those_of_matplotlib(kind, tools):
    fig, ax = plt.subplots(figsize=(4, 3))
    draw = artists.ALL[kind](fig, ax)
    anim = FuncAnimation(fig, lambda k: draw(k) and None, frames=4, init_func=lambda: [])
    recording = tools.write(anim).recording
    for frame in (3, 0):
        largest, mean = tools.difference(
            next(frame_images(recording, [frame])).convert("RGB"), tools.still(anim, frame)
        )
        assert largest <= BOUNDS[kind][0]
        assert mean <= BOUNDS[kind][1]


def test_curves_and_dashes(tools):
    """Contours are kept as splines and arcs as cubics, both relative."""
    anim = tools.contours([0, 57])
    picture = next(frame_images(tools.write(anim).recording, [1])).convert("RGB")
    largest, mean = tools.difference(picture, tools.still(anim, 1))
    assert largest <= 40
    assert mean <= 0.5


def test_hard_edges(tools):
    fig, ax = plt.subplots(figsize=(4, 3))
    for k, style in enumerate(["-", "--", ":"]):
        ax.plot([0, 1], [k, k + 0.7], style, lw=1 + k, antialiased=False)
    ax.add_patch(plt.Circle((0.3, 1.5), 0.2, fc="r", ec="none", antialiased=False))
    ax.add_patch(plt.Circle((0.7, 0.5), 0.2, fc="y", ec="b", lw=3, antialiased=False))
    anim = FuncAnimation(fig, lambda k: None, frames=1, init_func=lambda: [])
    picture = next(frame_images(tools.write(anim).recording, [0])).convert("RGB")
    largest, mean = tools.difference(picture, tools.still(anim, 0))
    assert largest <= 110  # a pixel more or less along a dash
    assert mean <= 0.8


def test_a_figure_without_a_face_stays_transparent(line, tools, tmp_path):
    anim = line(frames=2)
    anim._fig.patch.set_visible(False)
    player = VectorPlayer(anim)
    player.save(tmp_path / "a.png", frame=0)
    player.save(tmp_path / "a.gif")
    with Image.open(tmp_path / "a.png") as png, Image.open(tmp_path / "a.gif") as gif:
        assert png.getpixel((1, 1)) == (255, 255, 255, 0)
        assert gif.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("fps", "frames", "durations"),
    [
        (30, 10, [30, 40, 30, 30, 40, 30, 30, 40, 30, 30]),  # ten frames take a third of a second
        (50, 3, [20, 20, 20]),
        (100, 5, [20, 20, 10]),  # every other frame: browsers slow down what is faster
    ],
)
def test_the_speed_of_a_gif(line, tmp_path, fps, frames, durations):
    VectorPlayer(line(frames), fps=fps).save(tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as gif:
        found = []
        for k in range(gif.n_frames):
            gif.seek(k)
            found.append(gif.info["duration"])
    assert found == durations


@pytest.mark.parametrize("repeat", [True, False])
def test_the_repeat_of_a_gif(line, tmp_path, repeat):
    VectorPlayer(line(3), repeat=repeat).save(tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as gif:
        assert gif.info.get("loop") == (0 if repeat else None)


def test_metadata_of_pictures(line, tmp_path):
    player = VectorPlayer(line(3), metadata={"title": "Wellen ≈", "author": "Ada"})
    player.save(tmp_path / "a.png", frame=0)
    player.save(tmp_path / "a.gif")
    with Image.open(tmp_path / "a.png") as png:
        assert png.text == {"Title": "Wellen ≈", "Author": "Ada"}
    with Image.open(tmp_path / "a.gif") as gif:
        assert gif.info["comment"] == "Wellen ≈".encode()
