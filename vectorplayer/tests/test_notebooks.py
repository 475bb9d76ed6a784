"""Notebooks that show every animation by the player, and every figure as vectors."""

import base64

import matplotlib.pyplot as plt
import pytest
from markup import movie_of
from matplotlib.animation import FuncAnimation

import vectorplayer
from vectorplayer import show_animations_in_notebooks, show_figures_in_notebooks


@pytest.fixture
def shell():
    """A session as in a notebook: its front-end can show HTML."""
    pytest.importorskip("IPython", reason="needs IPython")
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    yield shell
    InteractiveShell.clear_instance()


def shown(shell, result):
    data, _ = shell.display_formatter.format(result)
    return data


def test_an_animation_becomes_a_player(shell, line):
    anim = line(frames=3, interval=100)
    assert "text/html" not in shown(shell, anim)
    restore = show_animations_in_notebooks(dpi=50, alt="A wave.")
    data = shown(shell, anim)
    assert movie_of(data["text/html"])["fps"] == 10
    assert 'style="width:200px"' in data["text/html"]
    assert data["text/plain"] == "<VectorPlayer: A wave.>"
    picture = data["image/png"]  # IPython encodes it for the front-end
    assert (base64.b64decode(picture) if isinstance(picture, str) else picture)[:4] == b"\x89PNG"
    assert plt.get_fignums() == []  # or the front-end would show the figure beneath the player
    assert shown(shell, anim) == data
    restore()
    assert "text/html" not in shown(shell, anim)


def test_only_animations_are_touched(shell):
    before = shown(shell, [1, 2])
    restore = show_animations_in_notebooks()
    assert shown(shell, [1, 2]) == before
    restore()


def test_the_last_call_counts_and_each_is_undone(shell, line):
    anim = line(frames=2)
    first = show_animations_in_notebooks(fps=1)
    second = show_animations_in_notebooks(fps=2)
    assert movie_of(shown(shell, anim)["text/html"])["fps"] == 2
    second()
    assert movie_of(shown(shell, anim)["text/html"])["fps"] == 1
    second()  # does nothing any more
    assert movie_of(shown(shell, anim)["text/html"])["fps"] == 1
    first()
    assert "text/html" not in shown(shell, anim)


def test_calls_may_be_undone_in_any_order(shell, line):
    anim = line(frames=2)
    first = show_animations_in_notebooks(fps=1)
    second = show_animations_in_notebooks(fps=2)
    first()
    assert movie_of(shown(shell, anim)["text/html"])["fps"] == 2
    second()
    assert "text/html" not in shown(shell, anim)


def test_what_others_registered_comes_back(shell, line):
    anim = line(frames=2)
    anim._draw_was_started = True
    shell.display_formatter.mimebundle_formatter.for_type(
        type(anim).__mro__[-2], lambda anim: {"text/html": "theirs"}
    )
    restore = show_animations_in_notebooks()
    assert "vector-player" in shown(shell, anim)["text/html"]
    restore()
    assert shown(shell, anim)["text/html"] == "theirs"


def test_in_a_terminal_nothing_is_drawn(shell):
    fig, _ = plt.subplots()
    anim = FuncAnimation(fig, lambda _: pytest.fail("a frame was drawn"), frames=2)
    anim._draw_was_started = True
    shell.display_formatter.active_types = ["text/plain"]
    restore = show_animations_in_notebooks()
    assert shown(shell, anim).keys() == {"text/plain"}
    restore()


def test_options_are_checked_at_once(shell):
    with pytest.raises(TypeError, match="fps must be a number, got 'fast'"):
        show_animations_in_notebooks(fps="fast")
    with pytest.raises(TypeError, match="unexpected keyword argument 'speed'"):
        show_animations_in_notebooks(speed=2)


def test_outside_of_ipython():
    message = "must be called in a notebook or an IPython session; elsewhere use VectorPlayer"
    with pytest.raises(RuntimeError, match=message):
        vectorplayer.show_animations_in_notebooks()


def test_a_figure_becomes_vectors(shell):
    fig, ax = plt.subplots(figsize=(2, 2))
    ax.set(title="A title", xlabel="x")
    assert "text/html" not in shown(shell, fig)
    restore = show_figures_in_notebooks(tight=False)
    data = shown(shell, fig)
    assert data["text/html"].startswith(vectorplayer.picture_block())
    assert 'style="width:200px"' in data["text/html"]
    assert 'aria-label="Figure: A title, x"' in data["text/html"]
    picture = data["image/png"]
    assert (base64.b64decode(picture) if isinstance(picture, str) else picture)[:4] == b"\x89PNG"
    assert shown(shell, fig) == data
    assert fig.number in plt.get_fignums()  # a figure that is shown may be changed in the next cell
    restore()
    assert "text/html" not in shown(shell, fig)


def test_the_inline_backend_shows_figures_as_vectors(shell):
    """What a kernel does when a cell has run, which draws all figures of pyplot."""
    inline = pytest.importorskip("matplotlib_inline.backend_inline", reason="needs a kernel")
    pytest.importorskip("matplotlib_inline.config")
    from matplotlib_inline.config import InlineBackend

    InlineBackend.instance(parent=shell)
    restore = show_figures_in_notebooks()
    try:
        fig, _ = plt.subplots(figsize=(2, 2))
        published = []
        shell.display_pub.publish = lambda data, *args, **kwargs: published.append(data)
        inline.display(fig, metadata={})
        [data] = published
        assert "vp-picture" in data["text/html"]
    finally:
        restore()
        InlineBackend.clear_instance()


def test_options_of_figures_are_checked_at_once(shell):
    with pytest.raises(TypeError, match="tight must be True or False, got 1"):
        show_figures_in_notebooks(tight=1)
    with pytest.raises(TypeError, match="unexpected keyword argument 'speed'"):
        show_figures_in_notebooks(speed=2)


def test_figures_outside_of_ipython():
    message = "show_figures_in_notebooks must be called in a notebook or an IPython session"
    with pytest.raises(RuntimeError, match=message):
        show_figures_in_notebooks()
