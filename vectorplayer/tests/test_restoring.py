"""The figure is on loan: it comes back as it was, whatever happened."""

import contextlib
import gc

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from markup import movie_of

from vectorplayer import FrameError, GrabFrameError, VectorHTMLWriter


@pytest.fixture
def figure():
    fig, ax = plt.subplots(figsize=(4, 3), dpi=80)
    ax.plot([0, 1], [0, 1])
    return fig


@contextlib.contextmanager
def unchanged(fig):
    def state():
        size = tuple(fig.get_size_inches())
        window = fig.canvas.manager, fig.canvas.manager.canvas, plt.get_fignums()
        colors = fig.get_facecolor(), fig.get_edgecolor()
        own = [sorted(set(vars(a)) & {"draw", "get_tightbbox"}) for a in fig.findobj()]
        return fig.canvas, window, fig.dpi, size, colors, own, dict(mpl.rcParams)

    before = state()
    yield
    assert state() == before


def test_frames_grabbed_one_by_one(figure, tmp_path):
    writer = VectorHTMLWriter()
    with unchanged(figure):
        writer.setup(figure, tmp_path / "fit.html", dpi=50)
        assert figure.dpi == 50
        writer.grab_frame(facecolor="#204060")
        figure.axes[0].set_title("two")
        writer.grab_frame()
        writer.finish()
    assert (tmp_path / "fit.html").read_text("utf-8").count("#204060") > 0
    writer.setup(figure, None)  # once more
    writer.grab_frame()
    writer.finish()
    assert "#204060" not in writer.html


def test_finish_that_fails(figure, tmp_path):
    writer = VectorHTMLWriter()
    with unchanged(figure):
        writer.setup(figure, tmp_path / "fit.html", dpi=50)
        with pytest.raises(ValueError, match="no frames"):
            writer.finish()
    with pytest.raises(RuntimeError, match="call setup first"):
        writer.grab_frame()
    with pytest.raises(RuntimeError, match="call setup first"):
        writer.finish()


class Broken(mpl.lines.Line2D):
    def draw(self, renderer):
        if self.get_visible():
            raise ZeroDivisionError("oh")


def test_a_frame_that_fails(figure, tmp_path):
    writer = VectorHTMLWriter()
    broken = figure.add_artist(Broken([0], [0]))
    with unchanged(figure):
        writer.setup(figure, tmp_path / "fit.html", dpi=50)
        with pytest.raises(FrameError, match=r"frame 0 .* ZeroDivisionError: oh") as caught:
            writer.grab_frame(facecolor="red")
        assert isinstance(caught.value.__cause__, ZeroDivisionError)
        assert caught.value.frame == 0
        broken.set_visible(False)
        writer.grab_frame()
        writer.finish()
    assert movie_of(writer.html)["count"] == 1


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_an_update_that_fails(figure, tmp_path, error):
    writer = VectorHTMLWriter()
    raised = FrameError if issubclass(error, Exception) else error
    with unchanged(figure), pytest.raises(raised):
        with writer.saving(figure, tmp_path / "fit.html", dpi=50):
            writer.grab_frame(edgecolor="red")
            raise error
    assert list(tmp_path.iterdir()) == []


def test_a_second_setup_ends_the_first(figure):
    other, _ = plt.subplots()
    writer = VectorHTMLWriter()
    with unchanged(figure), unchanged(other):
        writer.setup(figure, None, dpi=50)
        writer.grab_frame()
        writer.setup(other, None, dpi=60)
        assert figure.dpi == 80
        writer.grab_frame()
        writer.finish()
    assert writer.html.count("<vector-player>") == 1


def test_a_writer_that_is_forgotten(figure):
    with unchanged(figure):
        writer = VectorHTMLWriter()
        writer.setup(figure, None, dpi=50)
        writer.grab_frame()
        del writer
        gc.collect()


def test_another_writer_after_one_that_never_finished(figure):
    forgotten = VectorHTMLWriter()
    with unchanged(figure):
        forgotten.setup(figure, None, dpi=80)
        forgotten.grab_frame()
        writer = VectorHTMLWriter()
        writer.setup(figure, None, dpi=80)
        writer.grab_frame()
        del forgotten
        gc.collect()
        writer.finish()
    assert "<path" in writer.html


def test_two_writers_at_once(figure, tmp_path):
    one, two = VectorHTMLWriter(alt="x"), VectorHTMLWriter(alt="x")
    with unchanged(figure):
        with one.saving(figure, None, dpi=80), two.saving(figure, None, dpi=80):
            for k in range(3):
                figure.axes[0].lines[0].set_ydata([0, k])
                one.grab_frame()
                two.grab_frame()
    assert one.html == two.html


def test_a_figure_that_cannot_be_recorded(figure):
    with unchanged(figure):
        with pytest.raises(Exception):  # noqa: B017  Agg's own, which differs
            VectorHTMLWriter().setup(figure, None, dpi=1e6)


# -- savefig_kwargs ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dpi", "bbox_inches", "format", "metadata", "colour"])
def test_options_of_savefig_that_cannot_be_honoured(figure, name):
    writer = VectorHTMLWriter()
    with unchanged(figure), writer.saving(figure, None, dpi=50):
        with pytest.raises(GrabFrameError, match=rf"must not contain \['{name}'\]"):
            writer.grab_frame(**{name: 1})
        with pytest.raises(GrabFrameError, match=r"must not contain \['transparent'\]"):
            writer.grab_frame(transparent=True)
        writer.grab_frame()


def test_they_pass_through_save(line, tmp_path):
    with pytest.raises(GrabFrameError, match="savefig_kwargs must not contain"):
        line().save(tmp_path / "a.html", writer="vector_html", savefig_kwargs={"metadata": {}})


def test_options_of_savefig_without_effect(line, tmp_path):
    plain, with_options = tmp_path / "a.html", tmp_path / "b.html"
    kwargs = {"pad_inches": 1, "edgecolor": "none", "orientation": "landscape", "pil_kwargs": {}}
    line().save(plain, writer="vector_html")
    line().save(with_options, writer="vector_html", savefig_kwargs=kwargs)
    assert with_options.read_bytes() == plain.read_bytes()


def test_the_face_of_the_figure_may_be_set(line, tmp_path):
    path = tmp_path / "a.html"
    anim = line()
    before = anim._fig.get_facecolor()
    anim.save(path, writer="vector_html", savefig_kwargs={"facecolor": "#204060"})
    assert 'fill="#204060"' in path.read_text("utf-8")
    assert 'fill="currentColor"' not in path.read_text("utf-8")
    assert anim._fig.get_facecolor() == before


def test_the_edge_of_the_figure_may_be_set(line, tmp_path):
    path = tmp_path / "a.html"
    anim = line()
    anim._fig.patch.set_linewidth(4)
    anim.save(path, writer="vector_html", savefig_kwargs={"edgecolor": "#204060"})
    assert "light-dark(#204060," in path.read_text("utf-8")


def test_the_face_of_rcparams(figure):
    writer = VectorHTMLWriter()
    with mpl.rc_context({"savefig.facecolor": "#204060"}), writer.saving(figure, None, dpi=50):
        writer.grab_frame()
    assert 'fill="#204060"' in writer.html
