"""What is played back is what would have been drawn."""

import io
import pickle

import artists
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import unnoticed
from matplotlib.animation import FuncAnimation
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.layout_engine import LayoutEngine
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from vectorplayer import FrameError, VectorHTMLWriter
from vectorplayer.record.recorder import Recorder
from vectorplayer.watch.memory import LONGEST_WAIT
from vectorplayer.watch.scene import Scene

pytestmark = [
    pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning"),
    pytest.mark.not_measured,
]
X = np.linspace(0, 6, 30)
# Each state lasts for some frames, so that there is something to play back before it changes.
FRAMES = (0, 0, 0, 1, 1, 1, 2, 3, 4, 4, 4, 4)


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


MORE = [
    drawn_elsewhere, limits, coming_and_going, best_legend, constrained, own_artist, round_axes,
    shared_ticks,
]  # fmt: skip
CASES = {**artists.ALL, **unnoticed.ALL, **{function.__name__: function for function in MORE}}


def animation(draw, fig, frames=FRAMES):
    return FuncAnimation(fig, lambda k: draw(k) and None, frames=frames, init_func=lambda: [])


def record(tools, kind, **options):
    with mpl.rc_context():
        fig, ax = plt.subplots(figsize=(4, 3))
        return tools.write(animation(CASES[kind](fig, ax), fig), **options)


@pytest.mark.parametrize("kind", CASES)
def test_playing_back_gives_what_drawing_every_frame_gives(tools, kind):
    played = record(tools, kind)
    assert played.html == record(tools, kind, trust=False).html
    assert '"slots":[]' not in played.html, "nothing moved: the case tests nothing"


@pytest.fixture
def recorded(monkeypatch):
    """Whose drawing is recorded, in order."""
    artists, record = [], Recorder.record

    def noting(self, draw):
        artists.append(draw.__self__.artist)
        return record(self, draw)

    monkeypatch.setattr(Recorder, "record", noting)
    return artists


def test_what_stays_is_played_back(tools, line, recorded):
    """A first recording may fill caches; the second one shows that nothing changes any more."""
    anim = line(frames=8)
    (ax,) = anim._fig.axes
    still, moving = ax.lines
    tools.write(anim)
    assert recorded.count(moving) == 8
    for artist in (still, ax.xaxis, ax.yaxis, ax.patch, *ax.spines.values()):
        assert recorded.count(artist) == 2


def test_axis_is_played_back_though_it_is_marked_stale(tools, recorded):
    """`Axes.contour` marks both axes in every frame, as anything that may move limits does."""
    fig, ax = plt.subplots()
    grid = np.arange(12.0).reshape(3, 4)

    def draw(k):
        while ax.collections:
            ax.collections[0].remove()
        ax.contour(grid + k)
        assert ax.xaxis.stale

    tools.write(animation(draw, fig, frames=8))
    assert recorded.count(ax.xaxis) == recorded.count(ax.yaxis) == 2


def test_what_stops_is_played_back_again(tools, recorded):
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X)
    frames = 3 * LONGEST_WAIT
    tools.write(animation(lambda k: k > 20 or line.set_ydata(X * k), fig, frames=frames))
    assert 20 < recorded.count(line) <= 20 + LONGEST_WAIT + 2


def test_unknown_code_runs_in_every_frame(tools):
    """Formatters, classes and instance methods of the user's may depend on anything."""
    fig, ax = plt.subplots()
    calls = {"formatter": set(), "class": set(), "instance": set()}
    frame = [0]

    class Own(Line2D):
        def draw(self, renderer):
            calls["class"].add(frame[0])
            super().draw(renderer)

    def draw_text(renderer):
        calls["instance"].add(frame[0])

    ax.add_line(Own([0, 1], [0, 1]))
    ax.text(0, 0, "text").draw = draw_text
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda x, _: calls["formatter"].add(frame[0]) or "x")
    )
    tools.write(animation(lambda k: frame.__setitem__(0, k), fig, frames=40))
    assert all(frames == set(range(40)) for frames in calls.values())


def test_blitting_changes_nothing(tools, line):
    """Both ways also when the frame function returns nothing."""
    plain, blit = tools.write(line()), tools.write(line(blit=True))
    assert plain.html == blit.html


# -- what is left behind -------------------------------------------------------------------------


def methods(fig):
    names = ("draw", "get_tightbbox")
    return {
        (id(artist), name): vars(artist)[name]
        for artist in fig.findobj()
        for name in names
        if name in vars(artist)
    }


@pytest.mark.parametrize("trust", [True, False])
@pytest.mark.parametrize("failing", [False, True])
def test_artists_are_left_as_they_were(tools, line, trust, failing):
    """Methods that the user has set on instances stay, those of the writer go."""
    anim = line()
    (ax,) = anim._fig.axes
    first, second = ax.lines
    first.draw = lambda renderer: Line2D.draw(first, renderer)
    ax.xaxis.get_tightbbox = lambda renderer, **options: None
    before = methods(anim._fig)
    if failing:
        second.draw = before[id(second), "draw"] = lambda renderer: 1 / 0
        with pytest.raises(FrameError, match="division by zero"):
            tools.write(anim, trust=trust)
    else:
        tools.write(anim, trust=trust)
    assert methods(anim._fig) == before
    assert len(before) == 2 + failing


def test_an_artist_that_left_is_left_as_it_was(tools):
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X)

    def draw(k):
        if k == 1:
            line.remove()

    tools.write(FuncAnimation(fig, draw, frames=3, init_func=lambda: []))
    assert "draw" not in vars(line)


def test_method_set_while_a_frame_is_drawn_stays(tools):
    fig, ax = plt.subplots()

    class Sleeper(Line2D):
        def draw(self, renderer):
            super().draw(renderer)
            self.draw = sleep

    def sleep(renderer):
        pass

    sleeper = ax.add_line(Sleeper([0, 1], [0, 1]))
    tools.write(FuncAnimation(fig, lambda k: None, frames=3, init_func=lambda: []))
    assert vars(sleeper)["draw"] is sleep


def test_figure_can_be_pickled_in_the_update(tools):
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X)

    def draw(k):
        pickle.dump(fig, io.BytesIO())
        line.set_ydata(X * k)

    plain = tools.write(animation(lambda k: line.set_ydata(X * k), fig, frames=3)).html
    assert tools.write(animation(draw, fig, frames=3)).html == plain


# -- as savefig does -----------------------------------------------------------------------------


def grabbed(fig, draw, frames, **options):
    """Record without an animation, as Matplotlib's users of writers do."""
    writer = VectorHTMLWriter(alt="A test.", **options)
    with writer.saving(fig, None, fig.dpi):
        for k in frames:
            draw(k)
            writer.grab_frame()
    return writer.html


@pytest.mark.parametrize("trust", [True, False])
def test_animated_artists_are_drawn(trust):
    """`savefig` draws those in Axes, for which an interactive canvas waits for ``blit``."""

    def picture(animated):
        fig, ax = plt.subplots(figsize=(3, 2))
        (line,) = ax.plot(X, X, color="#123456", animated=animated)
        text = ax.text(1, 1, "words", color="#abcdef", animated=animated)

        def draw(k):
            line.set_ydata(X * k)
            text.set_text("words" * k)

        return grabbed(fig, draw, (1, 2, 3), trust=trust)

    html = picture(animated=True)
    assert "#123456" in html
    assert "#abcdef" in html
    assert html == picture(animated=False)


def test_canvas_is_saving_only_while_a_frame_is_drawn():
    fig, _ = plt.subplots()
    seen = []
    grabbed(fig, lambda k: seen.append(fig.canvas.is_saving()), range(3))
    assert seen == [False] * 3


def laid_out(kind):
    """A figure whose layout changes from frame to frame."""
    fig, axs = plt.subplots(2, 2, figsize=(4, 3), layout=kind)

    def draw(k):
        axs[0, 0].set_ylabel("longer\n" * k)
        axs[0, 1].set_ylim(0, 10.0**k)
        axs[1, 0].set_title("title" * k, fontsize=8 + 2 * k)
        axs[1, 1].set_xticks([0, 1], ["no", "yes" * k], rotation=90)

    return fig, axs, draw


@pytest.mark.parametrize("trust", [True, False])
@pytest.mark.parametrize("kind", ["constrained", "compressed", "tight"])
def test_layout_is_that_of_savefig(kind, trust):
    """Each frame shows the Axes where `savefig` puts them, though it comes after another frame."""
    fig, axs, draw = laid_out(kind)
    found = []
    writer = VectorHTMLWriter(alt="A test.", trust=trust)
    with writer.saving(fig, None, fig.dpi):
        for k in (0, 3, 1, 1, 2):
            draw(k)
            writer.grab_frame()
            found.append([ax.bbox.bounds for ax in axs.flat])
    fig, axs, draw = laid_out(kind)
    FigureCanvasAgg(fig)
    for k, bounds in zip((0, 3, 1, 1, 2), found, strict=True):
        draw(k)
        fig.savefig(io.BytesIO(), format="png", dpi=fig.dpi)
        np.testing.assert_allclose(bounds, [ax.bbox.bounds for ax in axs.flat], atol=0.01)


@pytest.mark.parametrize("engine", [None, "none"])
def test_without_a_layout_engine_each_frame_is_drawn_once(tools, engine, recorded):
    fig, ax = plt.subplots()
    if engine:
        fig.set_layout_engine("constrained")
        fig.draw_without_rendering()
    fig.set_layout_engine(engine)
    (line,) = ax.plot(X, X)
    draws = []
    fig.canvas.mpl_connect("draw_event", draws.append)
    tools.write(animation(lambda k: line.set_ydata(X * k), fig, frames=5))
    assert len(draws) == 5


def test_layout_engine_is_put_back(tools):
    class Failing(LayoutEngine):
        _adjust_compatible = _colorbar_gridspec = True

        def execute(self, fig):
            1 / 0  # noqa: B018

    fig, _ = plt.subplots(layout="constrained")
    engine = fig.get_layout_engine()
    tools.write(animation(lambda k: None, fig, frames=2))
    assert fig.get_layout_engine() is engine
    fig.set_layout_engine(engine := Failing())
    with pytest.raises(FrameError, match="division by zero"):
        tools.write(animation(lambda k: None, fig, frames=2))
    assert fig.get_layout_engine() is engine


@pytest.mark.parametrize(
    "change",
    [lambda fig: fig.set_size_inches(5, 3), lambda fig: fig.set_dpi(50), lambda fig: fig.clear()],
)
def test_size_must_not_change(change):
    fig, _ = plt.subplots(figsize=(4, 3), dpi=100)
    scene = Scene(fig, Recorder(400, 300, 100, precision=0.1, tolerance=0.1))
    scene.capture()
    size = (*fig.get_size_inches(), fig.dpi)
    change(fig)
    if (*fig.get_size_inches(), fig.dpi) == size:
        assert scene.capture()
    else:
        with pytest.raises(
            ValueError, match=r"size and the dpi .* must not change .* 4 × 3 inches at 100 dpi"
        ):
            scene.capture()
