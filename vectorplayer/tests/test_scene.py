"""What is played back is what would have been drawn."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import Affine2D

pytestmark = pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")

X = np.linspace(0, 6, 30)


def in_place(fig, ax):
    """Change arrays and transforms behind Matplotlib's back."""
    star = Path.unit_regular_star(5)
    star = Path(star.vertices.copy(), star.codes)
    patch = ax.add_patch(PathPatch(star))
    shapes = PathCollection([Path(star.vertices.copy() + 3, star.codes)])
    ax.add_collection(shapes)
    offsets = np.ma.array(np.column_stack([X, np.sin(X)]))
    points = ax.scatter(X, X)
    points.set_offsets(offsets)
    values = np.linspace(0, 1, len(X))
    points.set_array(values)
    turn = Affine2D()
    turned = ax.plot(X, X, transform=turn + ax.transData)[0]
    ax.set(xlim=(-2, 8), ylim=(-2, 8))

    def draw(k):
        patch.get_path().vertices[0] = (k, k)
        shapes.get_paths()[0].vertices[1] = (k / 5, 5)
        points.get_offsets()[0] = (k, 1)
        points.get_array()[:] = np.roll(np.linspace(0, 1, len(X)), k)
        turn.clear().rotate_deg(10 * k)
        assert turned.axes is ax

    return draw


def drawn_elsewhere(fig, ax):
    """Clear the stale flags before the writer sees them."""
    (line,) = ax.plot(X, X)

    def draw(k):
        line.set_ydata(X * k)
        ax.set_title(f"frame {k}")
        if k % 2:
            fig.canvas.draw()
        else:
            fig.draw_without_rendering()

    return draw


def limits(fig, ax):
    ax.plot(X, np.sin(X))
    ax.legend(["best"])
    ax.grid()
    fig.supxlabel("x")

    def draw(k):
        ax.set_xlim(0, 3 + k)
        if k == 3:
            ax.set_yscale("symlog")
        if k == 4:
            ax.set_position([0.2, 0.2, 0.5, 0.5])

    return draw


def coming_and_going(fig, ax):
    lines = [ax.plot(X, np.sin(X + k), visible=False)[0] for k in range(4)]

    def draw(k):
        for number, line in enumerate(lines):
            line.set_visible((k + number) % 3 == 0)
            line.set_zorder(2 + (k * number) % 4)
        ax.set_facecolor(["w", "0.9"][k % 2])
        ax.xaxis.set_visible(k != 2)

    return draw


def best_legend(fig, ax):
    (line,) = ax.plot(X, X, label="moves away from its legend")
    ax.legend()
    ax.set(xlim=(0, 6), ylim=(0, 6))

    def draw(k):
        line.set_ydata(X if k % 2 else 6 - X)

    return draw


def constrained(fig, ax):
    fig.set_layout_engine("constrained")
    (line,) = ax.plot(X, X)

    def draw(k):
        line.set_ydata(X * 10**k)
        ax.set_ylim(0, 6 * 10**k)
        ax.set_ylabel("longer\n" * k)

    return draw


def own_artist(fig, ax):
    """An artist whose class Matplotlib does not know."""

    class Wave(type(ax.plot([], [])[0])):
        phase = 0.0

        def draw(self, renderer):
            self.set_data(X, np.sin(X + self.phase))
            super().draw(renderer)

    wave = ax.add_line(Wave([], []))
    ax.set(xlim=(0, 6), ylim=(-1, 1))

    def draw(k):
        wave.phase = k
        wave.stale = False

    return draw


def round_axes(fig, ax):
    ax.remove()
    polar = fig.add_subplot(projection="polar")
    (line,) = polar.plot(X, X)

    def draw(k):
        line.set_ydata(X / (k + 1))
        polar.set_rmax(6 + k)

    return draw


def shared_ticks(fig, ax):
    ax.plot(X, X)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:.1f} nats"))
    ax.set_title("under the ticks")
    ax.xaxis.tick_top()

    def draw(k):
        ax.tick_params(length=3 + k)
        ax.set_xlabel(f"k = {k}")

    return draw


EVIL = [
    in_place, drawn_elsewhere, limits, coming_and_going, best_legend, constrained, own_artist,
    round_axes, shared_ticks,
]  # fmt: skip
CASES = {function.__name__: function for function in EVIL}


def record(tools, kind, **options):
    fig, ax = plt.subplots(figsize=(4, 3))
    draw = CASES[kind](fig, ax)
    anim = FuncAnimation(fig, lambda k: draw(k) and None, frames=5, init_func=lambda: [])
    return tools.write(anim, **options)


@pytest.mark.parametrize("kind", CASES)
def test_playing_back_gives_what_drawing_every_frame_gives(tools, kind):
    played = record(tools, kind)
    assert played.html == record(tools, kind, trust=False).html
    assert '"slots":[]' not in played.html, "nothing moved: the case tests nothing"


def test_a_still_artist_is_drawn_once(tools, line, monkeypatch):
    anim = line(frames=8)
    still, moving = anim._fig.axes[0].lines
    calls = []
    draw = Line2D.draw

    def counting_draw(self, renderer):
        calls.append(self)
        return draw(self, renderer)

    monkeypatch.setattr(Line2D, "draw", counting_draw)
    tools.write(anim)
    assert calls.count(still) == 1
    assert calls.count(moving) == 8


def test_blitting_changes_nothing(tools, line):
    """Both ways also when the frame function returns nothing."""
    plain, blit = tools.write(line()), tools.write(line(blit=True))
    assert plain.html == blit.html


def test_artists_are_left_as_they_were(tools, line):
    anim = line()
    tools.write(anim)
    for artist in anim._fig.findobj():
        assert "draw" not in vars(artist)
        assert "get_tightbbox" not in vars(artist)


def test_an_artist_that_left_is_left_as_it_was(tools):
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X)

    def draw(k):
        if k == 1:
            line.remove()

    tools.write(FuncAnimation(fig, draw, frames=3, init_func=lambda: []))
    assert "draw" not in vars(line)
