"""Saving: the page, the errors of frames, the same bytes every time."""

import gzip
import os
import pickle
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from markup import movie_of
from matplotlib.animation import FuncAnimation
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.path import Path as Outline

from vectorplayer import (
    FigureSizeError,
    FrameError,
    GrabFrameError,
    RasterFallbackWarning,
    SizeLimitError,
    VectorHTMLWriter,
    player_block,
)


def test_by_name_it_writes_a_page(line, tmp_path):
    path = tmp_path / "fit.html"
    line().save(path, writer="vector_html")
    page = BeautifulSoup(path.read_text("utf-8"), "html5lib")
    assert len(page.select("vector-player > figure > svg")) == 1
    assert page.title.string == page.h1.string == "Animated figure: a wave"
    assert '"fps":5.0' in path.read_text("utf-8")  # Matplotlib's interval of 200 ms
    assert os.listdir(tmp_path) == ["fit.html"]


def test_the_markup_has_no_ids_and_asks_for_nothing(tools, line):
    soup = BeautifulSoup(tools.write(line()).html, "html5lib")
    assert not soup.select("[id]")
    assert not soup.select("[src], link, a")


def test_the_same_animation_gives_the_same_bytes():
    script = (
        "import matplotlib; matplotlib.use('Agg')\n"
        "import matplotlib.pyplot as plt, sys\n"
        "from matplotlib.animation import FuncAnimation\n"
        "from vectorplayer import VectorPlayer\n"
        "fig, ax = plt.subplots(figsize=(3, 2))\n"
        "points = ax.scatter([0, 1, 2], [0, 1, 2], c=[1, 2, 3], s=[9, 30, 90])\n"
        "def draw(k):\n"
        "    points.set_array([k, 1, 2]); ax.set_title(f'$x_{k}$')\n"
        "anim = FuncAnimation(fig, draw, frames=3)\n"
        "player = VectorPlayer(anim, alt='x')\n"
        "sys.stdout.buffer.write(player.html.encode() + player.png)\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1


def ellipses(frames):
    """Twenty ellipses of eight arcs each that shrink and wander."""
    fig, ax = plt.subplots(figsize=(7, 7))
    ax.set(xlim=(-5, 5), ylim=(-5, 5))
    circle = Outline.circle()
    drawn = PathCollection([circle] * 20, fc="none", ec=plt.cm.plasma(np.linspace(0, 1, 20)))
    ax.add_collection(drawn)

    def draw(k):
        u = np.exp(-3 * k / 250)
        radii = np.linspace(0.2, 3, 20)[:, None] * (1 - u / 2, 0.8 + u / 3)
        drawn.set_paths([Outline(circle.vertices * r + (u, -u), circle.codes) for r in radii])
        ax.set_title(f"Step {k}   KL(q‖p) = {u:.4f} nats")

    return FuncAnimation(fig, draw, frames=frames, init_func=lambda: [])


def test_size_and_growth(tools):
    few, many = (tools.write(ellipses(frames)).html for frames in (50, 250))
    assert len(many) < 300_000
    assert len(gzip.compress(many.encode())) < 90_000
    assert len(many) < 5 * len(few)


# -- errors ------------------------------------------------------------------------------------


def test_no_frames(tmp_path):
    fig, _ = plt.subplots()
    anim = FuncAnimation(fig, lambda k: [], frames=0, init_func=lambda: [])
    with pytest.raises(ValueError, match="the animation has no frames"):
        anim.save(tmp_path / "fit.html", writer="vector_html")
    assert os.listdir(tmp_path) == []


def test_a_frame_that_fails(tmp_path):
    fig, ax = plt.subplots()

    def draw(k):
        ax.set_title(f"{k}")
        if k == 3:
            raise ZeroDivisionError("oh")

    anim = FuncAnimation(fig, draw, frames=5, init_func=lambda: [])
    with pytest.raises(FrameError, match=r"frame 3 .* ZeroDivisionError: oh") as caught:
        anim.save(tmp_path / "fit.html", writer="vector_html", dpi=50)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert caught.value.frame == 3
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("error", [KeyError("a"), StopIteration(), AssertionError()])
def test_what_an_error_of_a_frame_says(error):
    writer, (fig, _) = VectorHTMLWriter(), plt.subplots()
    with pytest.raises(FrameError) as caught, writer.saving(fig, None, dpi=50):
        raise error
    reason = f"{type(error).__name__}: {error}".removesuffix(": ")
    assert str(caught.value) == f"frame 0 of the animation could not be drawn: {reason}"
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.frame) == (str(caught.value), 0)


OWN_ERRORS = [
    FigureSizeError("a"), SizeLimitError("b"), GrabFrameError("c"), RasterFallbackWarning("d"),
]  # fmt: skip


@pytest.mark.parametrize("error", OWN_ERRORS)
def test_errors_of_the_writer_pass_through(error):
    """Also those that are raised while artists are drawn."""
    writer, (fig, _) = VectorHTMLWriter(), plt.subplots()

    class Refusing(Line2D):
        def draw(self, renderer):
            raise error

    with pytest.raises(type(error)) as caught, writer.saving(fig, None, dpi=50):
        raise error
    assert caught.value is error
    fig.add_artist(Refusing([0], [0]))
    with pytest.raises(type(error)) as caught, writer.saving(fig, None, dpi=50):
        writer.grab_frame()
    assert caught.value is error


def test_a_closed_figure_is_as_good_as_an_open_one(tools, line):
    anim = line()
    plt.close(anim._fig)
    assert tools.write(anim).html == tools.write(line()).html


def test_saving_twice_gives_the_same(tools, line):
    anim = line()
    assert tools.write(anim).html == tools.write(anim).html


def test_no_token_nan(tools):
    fig, ax = plt.subplots()
    (drawn,) = ax.plot([0, 1, 2], [0, np.nan, 1], "o-")
    ax.set_ylim(-1, 9)
    ax.fill_between([0, 1, 2], [0, np.nan, 2])

    def draw(k):
        drawn.set_ydata([k, np.nan, np.inf] if k else [np.nan] * 3)

    html = tools.write(FuncAnimation(fig, draw, frames=3, init_func=lambda: [])).html
    player = html.removeprefix(player_block())
    assert "nan" not in player.lower()
    assert "inf" not in player.lower()


def test_text_stays_text(tools, line):
    nasty = "</script><script>alert(1)</script> \"quoted\" & 'so on' <!--"
    anim = line(frames=3)
    anim._fig.suptitle(nasty)
    html = tools.write(anim, labels=[nasty] * 3, alt=nasty).html
    soup = BeautifulSoup(html, "html5lib")
    assert len(soup.select("script")) == 2
    assert soup.select_one("vector-player svg")["aria-label"] == nasty
    assert movie_of(html)["labels"] == [nasty] * 3
