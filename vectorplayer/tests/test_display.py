"""The object that a notebook shows."""

import io
import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from markup import movie_of
from matplotlib.animation import FuncAnimation
from PIL import Image

from vectorplayer import FrameError, VectorPlayer


def test_the_bundle_has_the_player_and_a_still(tools, line):
    anim = line()
    bundle = VectorPlayer(anim, alt="A wave.")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "image/png"}
    assert bundle["text/html"].count("<vector-player>") == 1
    assert bundle["text/plain"] == "<VectorPlayer: A wave.>"
    picture = Image.open(io.BytesIO(bundle["image/png"])).convert("RGB")
    largest, _ = tools.difference(picture, tools.still(anim, 4))
    assert largest == 0


def test_it_is_drawn_once_and_closes_its_figure(line):
    anim = line()
    player = VectorPlayer(anim)
    assert plt.get_fignums() == [anim._fig.number]
    first = player._repr_mimebundle_()
    assert plt.get_fignums() == []
    assert player._repr_mimebundle_() == first
    assert player.html is player.html


def test_two_objects_of_one_animation_agree(line):
    anim = line()
    assert VectorPlayer(anim).html == VectorPlayer(anim).html


def test_options_go_to_the_writer(line):
    player = VectorPlayer(line(frames=3), fps=12, start=-1, labels=list("abc"), dpi=50)
    movie = movie_of(player.html)
    assert (movie["fps"], movie["start"], movie["labels"]) == (12, 2, ["a", "b", "c"])
    assert 'style="width:200px"' in player.html


@pytest.mark.parametrize(("interval", "fps"), [(500, 2), (40, 25), (1000 / 30, 30)])
def test_the_interval_is_the_speed(line, interval, fps):
    anim = line(frames=2, interval=interval)
    assert movie_of(VectorPlayer(anim).html)["fps"] == fps
    assert movie_of(VectorPlayer(anim, fps=7).html)["fps"] == 7


def test_an_animation_without_an_interval_has_the_speed_of_the_writer(line):
    """Matplotlib's base class has none; its subclasses for timers do."""
    anim = line(frames=2)
    del anim._interval
    assert movie_of(VectorPlayer(anim).html)["fps"] == 30


@pytest.mark.parametrize("repeat", [True, False])
def test_repeat_is_that_of_the_animation(line, repeat):
    anim = line(frames=2, repeat=repeat)
    assert movie_of(VectorPlayer(anim).html).get("repeat", False) is repeat
    assert movie_of(VectorPlayer(anim, repeat=not repeat).html).get("repeat", False) is not repeat


def test_progress_is_reported(line):
    calls = []
    player = VectorPlayer(line(frames=3), progress_callback=lambda *call: calls.append(call))
    assert calls == []
    assert player.html
    assert player.png
    assert calls == [(0, 3), (1, 3), (2, 3)]


def test_savefig_kwargs(line):
    player = VectorPlayer(line(frames=2), savefig_kwargs={"facecolor": "#204060"})
    assert 'fill="#204060"' in player.html


def phases():
    """An iterator of unknown length, as a function, as Matplotlib wants them."""
    yield from (0.0, 0.5, 1.0)


@pytest.mark.parametrize(
    "frames",
    [phases, phases(), [0.0, 0.5, 1.0], np.array([0.0, 0.5, 1.0]), 3],
    ids=["function", "generator", "list", "array", "count"],
)
def test_frames_of_every_kind(frames):
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1])
    anim = FuncAnimation(
        fig, lambda x: line.set_ydata([0, x]), frames=frames, cache_frame_data=False,
        init_func=lambda: [],
    )  # fmt: skip
    assert movie_of(VectorPlayer(anim).html)["count"] == 3


def test_matplotlib_warns_of_frames_without_an_end():
    """The warning is Matplotlib's own, and `save_count` is the way out."""
    with pytest.warns(UserWarning, match="pass an explicit \\*save_count\\*"):
        anim = FuncAnimation(plt.figure(), print, frames=itertools.count)
    anim._draw_was_started = True
    fig, ax = plt.subplots()
    anim = FuncAnimation(fig, lambda k: ax.set_title(k), frames=itertools.count, save_count=4)
    assert movie_of(VectorPlayer(anim).html)["count"] == 4


def test_a_player_whose_drawing_failed_can_be_asked_again(line):
    anim = line(frames=2)
    draw, failures = anim._func, [RuntimeError("once")]
    anim._func = lambda k: draw(k) if not failures else (_ for _ in ()).throw(failures.pop())
    player = VectorPlayer(anim)
    with pytest.raises(FrameError, match="once"):
        player.png  # noqa: B018
    assert movie_of(player.html)["count"] == 2


def test_save(line, tmp_path):
    path = tmp_path / "fit.html"
    player = VectorPlayer(line(), alt="A wave.")
    player.save(path)
    page = path.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert player.html in page


def test_what_is_not_an_animation():
    with pytest.raises(TypeError, match="anim must be a Matplotlib animation, got 'fit'"):
        VectorPlayer("fit")
