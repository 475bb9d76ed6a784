"""Bad inputs of all public names, each with the message that it gets.

A message says which argument is wrong, by which rule, and what was given.  It comes from
`vectorplayer` itself, and not from the inside of a package that could not work with the value.
"""

import traceback
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from matplotlib.figure import Figure

import vectorplayer
from vectorplayer import (
    GrabFrameError,
    SizeLimitError,
    VectorFigure,
    VectorHTMLWriter,
    VectorPlayer,
    show_animations_in_notebooks,
    show_figures_in_notebooks,
    with_alt,
)

PACKAGE = Path(vectorplayer.__file__).parent
FOLDER = str(Path(__file__).parent)


def animation():
    fig = Figure(figsize=(2, 1))
    (line,) = fig.subplots().plot([0, 1])
    moving = FuncAnimation(fig, lambda k: line.set_ydata([0, k]), frames=3, init_func=lambda: [])
    moving._draw_was_started = True  # or it warns when an option is refused
    return moving


def player(**options):
    return VectorPlayer(animation(), **options)


@cache
def drawn():
    return player()


def figure(**options):
    return VectorFigure(Figure(figsize=(2, 1)), **options)


def set_up(fig=None, outfile=None, dpi=None):
    VectorHTMLWriter().setup(fig or Figure(), outfile, dpi)


def grab(**options):
    writer = VectorHTMLWriter()
    writer.setup(Figure(figsize=(2, 1)), None)
    writer.grab_frame(**options)


# Of each public name: what is bad, the call, the error, and its message or the start of it.
CASES = {
    "VectorPlayer": {
        "a figure as the animation": (
            lambda: VectorPlayer(Figure()),
            TypeError,
            "anim must be a Matplotlib animation, got <Figure size 640x480",
        ),
        "an array of speeds": (
            lambda: player(fps=np.ones(1)),
            TypeError,
            "fps must be a number, got array([1.])",
        ),
        "a complex speed": (
            lambda: player(fps=1j),
            TypeError,
            "fps must be a number, got 1j",
        ),
        "a speed that no float holds": (
            lambda: player(fps=10**400),
            ValueError,
            "fps must be positive and finite, got 1000000",
        ),
        "a truth of NumPy as the speed": (
            lambda: player(fps=np.bool_(True)),
            TypeError,
            "fps must be a number, got np.True_",
        ),
        "an infinite resolution": (
            lambda: player(dpi=np.inf),
            ValueError,
            "dpi must be positive and finite, got inf",
        ),
        "a resolution as savefig takes it": (
            lambda: player(dpi="figure"),
            TypeError,
            "dpi must be a number, got 'figure'",
        ),
        "a number as the loop": (
            lambda: player(repeat=1),
            TypeError,
            "repeat must be True, False or None, got 1",
        ),
        "keywords of savefig in a list": (
            lambda: player(savefig_kwargs=["dpi"]),
            TypeError,
            "savefig_kwargs must be a mapping or None, got ['dpi']",
        ),
        "a progress bar that cannot be called": (
            lambda: player(progress_callback=True),
            TypeError,
            "progress_callback must be callable, got True",
        ),
        "an empty alternative text": (
            lambda: player(alt=""),
            ValueError,
            "alt must have words, got ''",
        ),
        "an alternative text of spaces": (
            lambda: player(alt=" \n"),
            ValueError,
            "alt must have words, got ' \\n'",
        ),
        "a blank name": (
            lambda: player(name=" "),
            ValueError,
            "name must have words, got ' '",
        ),
        "a blank slider": (
            lambda: player(slider="\u2003"),
            ValueError,
            "slider must have words, got '\\u2003'",
        ),
        "one label too few, from a generator": (
            lambda: player(labels=(str(k) for k in range(2))).html,
            ValueError,
            "labels must have one entry per frame, got 2 labels for 3 frames",
        ),
        "labels of bytes": (
            lambda: player(labels=[b"a", b"b", b"c"]),
            TypeError,
            "labels must be strings, got b'a' for frame 0",
        ),
        "a function whose labels are numbers": (
            lambda: player(labels=lambda k: k).html,
            TypeError,
            "labels must be strings, got 0 for frame 0",
        ),
        "a start beyond the end": (
            lambda: player(start=3).html,
            ValueError,
            "start must be between -3 and 2, got 3",
        ),
        "a truth as the start": (
            lambda: player(start=True),
            TypeError,
            "start must be an integer, got True",
        ),
        "metadata of a list of pairs": (
            lambda: player(metadata=[("title", "a")]),
            TypeError,
            "metadata must be a mapping or None, got [('title', 'a')]",
        ),
        "metadata of truths": (
            lambda: player(metadata={"draft": True}),
            TypeError,
            "metadata['draft'] must be a string, a number or a date, got True",
        ),
        "no path to write": (
            lambda: drawn().save(None),
            TypeError,
            "path must be a string or a path, got None",
        ),
        "a path of bytes": (
            lambda: drawn().save(b"a.html"),
            TypeError,
            "path must be a string or a path, got b'a.html'",
        ),
        "a film of pixels": (
            lambda: drawn().save("a.mp4"),
            ValueError,
            "path must end in one of .html, .htm, .svg, .gif, .png, got 'a.mp4'",
        ),
        "a folder to write": (
            lambda: drawn().save(FOLDER),
            IsADirectoryError,
            f"cannot write {FOLDER!r}: it is a folder",
        ),
        "half a frame": (
            lambda: drawn().save("a.svg", frame=0.5),
            TypeError,
            "frame must be an integer, got 0.5",
        ),
        "a frame before the first": (
            lambda: drawn().save("a.svg", frame=-4),
            ValueError,
            "frame must be between -3 and 2, got -4",
        ),
    },
    "VectorFigure": {
        "an Axes as the figure": (
            lambda: VectorFigure(Figure().subplots()),
            TypeError,
            "fig must be a Matplotlib figure, got <Axes: >",
        ),
        "an empty alternative text": (
            lambda: figure(alt=""),
            ValueError,
            "alt must have words, got ''",
        ),
        "margins of None": (
            lambda: figure(tight=None),
            TypeError,
            "tight must be True or False, got None",
        ),
        "a negative tolerance": (
            lambda: figure(tolerance=-0.1),
            ValueError,
            "tolerance must be zero or positive and finite, got -0.1",
        ),
        "a grid of NaN": (
            lambda: figure(precision=float("nan")),
            ValueError,
            "precision must be positive and finite, got nan",
        ),
        "a path of a number": (
            lambda: figure().save(1),
            TypeError,
            "path must be a string or a path, got 1",
        ),
    },
    "VectorHTMLWriter": {
        "a codec": (
            lambda: VectorHTMLWriter(codec="h264"),
            ValueError,
            "codec must be None for vectors, got 'h264'",
        ),
        "a size of nothing": (
            lambda: VectorHTMLWriter(size_limit=0),
            ValueError,
            "size_limit must be positive and finite, got 0",
        ),
        "an animation that is too large": (
            lambda: player(size_limit=10).html,
            SizeLimitError,
            "the first 1 frames take at least ",
        ),
        "trust by a number": (
            lambda: VectorHTMLWriter(trust=1),
            TypeError,
            "trust must be True or False, got 1",
        ),
        "a number as the figure": (
            lambda: set_up(fig=3),
            TypeError,
            "fig must be a Matplotlib figure, got 3",
        ),
        "a number as the file": (
            lambda: set_up(outfile=1),
            TypeError,
            "outfile must be a string or a path, got 1",
        ),
        "a resolution of 0": (
            lambda: set_up(dpi=0),
            ValueError,
            "dpi must be positive and finite, got 0",
        ),
        "an option of pixels": (
            lambda: grab(bbox_inches="tight"),
            GrabFrameError,
            "savefig_kwargs must not contain ['bbox_inches'] for a vector animation",
        ),
        "a frame before the set-up": (
            lambda: VectorHTMLWriter().grab_frame(),
            RuntimeError,
            "call setup first, or grab the frames within saving",
        ),
    },
    "show_animations_in_notebooks": {
        "a speed of 0": (
            lambda: show_animations_in_notebooks(fps=0),
            ValueError,
            "fps must be positive and finite, got 0",
        ),
    },
    "show_figures_in_notebooks": {
        "a resolution of a text": (
            lambda: show_figures_in_notebooks(dpi="80"),
            TypeError,
            "dpi must be a number, got '80'",
        ),
    },
    "with_alt": {
        "a figure instead of its markup": (
            lambda: with_alt(Figure(), "A line."),
            TypeError,
            "html must be a string, got <Figure size 640x480",
        ),
        "no alternative text": (
            lambda: with_alt("<p></p>", None),
            TypeError,
            "alt must be a string, got None",
        ),
        "a blank alternative text": (
            lambda: with_alt("<p></p>", " "),
            ValueError,
            "alt must have words, got ' '",
        ),
    },
}

NOT_CHECKED = {
    "FigureSizeError": "made by the package alone",
    "FrameError": "made by the package alone",
    "GrabFrameError": "made by the package alone",
    "RasterFallbackWarning": "made by the package alone",
    "SizeLimitError": "made by the package alone",
    "WriterError": "made by the package alone",
    "picture_block": "has no argument",
    "player_block": "has no argument",
}
NAMED = [(name, words) for name, cases in CASES.items() for words in cases]


@pytest.mark.parametrize(("name", "words"), NAMED, ids=[f"{n}: {words}" for n, words in NAMED])
def test_a_bad_input_is_named_with_the_rule_and_the_value(name, words, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    call, error, message = CASES[name][words]
    with pytest.raises(error) as caught:
        call()
    assert caught.type is error
    assert str(caught.value).startswith(message)
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert PACKAGE in Path(last.filename).parents  # not from the inside of another package
    assert list(tmp_path.iterdir()) == []


def test_every_public_name_is_covered():
    assert sorted(vectorplayer.__all__) == sorted([*CASES, *NOT_CHECKED])
    assert len(NAMED) >= 25
