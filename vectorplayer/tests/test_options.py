"""Options are checked before the first frame is drawn, with their name and value."""

import fractions

import matplotlib.pyplot as plt
import numpy as np
import pytest
from markup import movie_of
from matplotlib.animation import FuncAnimation

from vectorplayer import VectorHTMLWriter, VectorPlayer

INVALID = [
    ({"fps": 0}, ValueError, "fps must be positive and finite, got 0"),
    ({"fps": -5.0}, ValueError, "fps must be positive and finite, got -5.0"),
    ({"fps": float("nan")}, ValueError, "fps must be positive and finite, got nan"),
    ({"fps": float("inf")}, ValueError, "fps must be positive and finite, got inf"),
    ({"fps": "30"}, TypeError, "fps must be a number, got '30'"),
    ({"fps": True}, TypeError, "fps must be a number, got True"),
    ({"precision": -1}, ValueError, "precision must be positive and finite, got -1"),
    ({"precision": "0.1"}, TypeError, "precision must be a number, got '0.1'"),
    ({"tolerance": -1}, ValueError, "tolerance must be zero or positive and finite, got -1"),
    ({"tolerance": False}, TypeError, "tolerance must be a number, got False"),
    ({"size_limit": 0}, ValueError, "size_limit must be positive and finite, got 0"),
    ({"size_limit": None}, TypeError, "size_limit must be a number, got None"),
    ({"start": 1.5}, TypeError, r"start must be an integer, got 1\.5"),
    ({"start": "2"}, TypeError, "start must be an integer, got '2'"),
    ({"start": True}, TypeError, "start must be an integer, got True"),
    ({"labels": "abc"}, TypeError, "labels must be a list of strings or a function, got 'abc'"),
    ({"labels": 3}, TypeError, "labels must be a list of strings or a function, got 3"),
    ({"labels": [1, 2]}, TypeError, "labels must be strings, got 1 for frame 0"),
    ({"alt": 5}, TypeError, "alt must be a string or None, got 5"),
    ({"slider": ["a"]}, TypeError, r"slider must be a string or None, got \['a'\]"),
    ({"name": 7}, TypeError, "name must be a string or None, got 7"),
    ({"alt": " "}, ValueError, "alt must have words, got ' '"),
    ({"slider": ""}, ValueError, "slider must have words, got ''"),
    ({"name": " "}, ValueError, "name must have words, got ' '"),
    ({"dark": 1}, TypeError, "dark must be True, False or None, got 1"),
    ({"repeat": 1}, TypeError, "repeat must be True.* got 1"),
    ({"trust": "yes"}, TypeError, "trust must be True or False, got 'yes'"),
    ({"metadata": "title"}, TypeError, "metadata must be a mapping or None, got 'title'"),
    ({"metadata": {1: "a"}}, TypeError, "metadata must have strings as keys, got 1"),
    ({"metadata": {"title": b"a"}}, TypeError, "'title'.* must be a string, a number or a date"),
    ({"codec": "h264"}, ValueError, "codec must be None for vectors, got 'h264'"),
    ({"bitrate": 9}, ValueError, "bitrate must be None for vectors, got 9"),
    ({"extra_args": ["-v"]}, ValueError, r"extra_args must be None for vectors, got \['-v'\]"),
]


@pytest.fixture
def untouched():
    """Make an animation that fails the test if a frame is drawn."""
    fig, _ = plt.subplots()
    anim = FuncAnimation(fig, lambda _: pytest.fail("a frame was drawn"), frames=3)
    yield anim
    anim._draw_was_started = True


@pytest.mark.parametrize(("options", "error", "message"), INVALID)
def test_invalid_options(options, error, message, untouched):
    with pytest.raises(error, match=message):
        VectorHTMLWriter(**options)
    with pytest.raises(error, match=message):
        VectorPlayer(untouched, **options)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"dpi": 0}, ValueError, "dpi must be positive and finite, got 0"),
        ({"dpi": "high"}, TypeError, "dpi must be a number, got 'high'"),
        ({"progress_callback": 1}, TypeError, "progress_callback must be callable, got 1"),
        ({"savefig_kwargs": "x"}, TypeError, "savefig_kwargs must be a mapping or None, got 'x'"),
        ({"colour": "red"}, TypeError, "unexpected keyword argument 'colour'"),
    ],
)
def test_invalid_options_of_the_player(options, error, message, untouched):
    with pytest.raises(error, match=message):
        VectorPlayer(untouched, **options)


def test_dpi_of_the_writer(line):
    with pytest.raises(ValueError, match="dpi must be positive and finite, got -100"):
        line().save("fit.html", writer="vector_html", dpi=-100)


@pytest.mark.parametrize("interval", [0, -5])
def test_an_interval_without_a_speed(line, interval):
    anim = line(interval=interval)
    anim._draw_was_started = True
    with pytest.raises(ValueError, match=f"interval of anim must be positive, .* got {interval}"):
        VectorPlayer(anim)
    assert movie_of(VectorPlayer(anim, fps=12).html)["fps"] == 12
    assert anim._interval == interval


def test_numbers_of_other_kinds(tools, line):
    options = {
        "fps": np.float32(12.5), "start": np.int64(-1), "tolerance": fractions.Fraction(1, 8),
        "size_limit": 1e6, "repeat": np.True_,
    }  # fmt: skip
    movie = movie_of(tools.write(line(frames=3), **options).html)
    assert (movie["fps"], movie["start"], movie["repeat"]) == (12.5, 2, True)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"start": 5}, ValueError, "start must be between -5 and 4, got 5"),
        ({"start": -6}, ValueError, "start must be between -5 and 4, got -6"),
        ({"labels": ["a"]}, ValueError, "labels must have one entry per frame, got 1 .* 5 frames"),
        ({"labels": lambda k: k}, TypeError, "labels must be strings, got 0 for frame 0"),
    ],
)
def test_options_that_depend_on_the_frames(tools, line, options, error, message):
    with pytest.raises(error, match=message):
        tools.write(line(frames=5), **options)
