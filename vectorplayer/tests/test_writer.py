"""Saving: the file, the errors, the same bytes every time."""

import gzip
import os
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.animation import FuncAnimation
from matplotlib.collections import PathCollection
from matplotlib.path import Path as Outline

from vectorplayer import FrameError, SizeLimitError, VectorHTMLWriter, player_block


def test_by_name_it_writes_a_page(line, tmp_path):
    path = tmp_path / "fit.html"
    line().save(path, writer="vector_html")
    page = BeautifulSoup(path.read_text("utf-8"), "html5lib")
    assert len(page.select("vector-player > figure > svg")) == 1
    assert page.title.string == page.h1.string == "Animated figure: a wave"
    assert '"fps":5.0' in path.read_text("utf-8")  # Matplotlib's interval of 200 ms
    assert os.listdir(tmp_path) == ["fit.html"]


def test_metadata_names_the_page(line, tmp_path):
    path = tmp_path / "fit.html"
    line().save(path, writer="vector_html", metadata={"title": "A <fit>"})
    assert BeautifulSoup(path.read_text("utf-8"), "html5lib").title.string == "A <fit>"


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


# -- readout -----------------------------------------------------------------------------------


def data_of(html):
    import json

    return json.loads(BeautifulSoup(html, "html5lib").select_one("vector-player script").string)


def test_labels_are_the_texts_that_change(tools):
    fig, (left, right) = plt.subplots(1, 2)
    right.set_title("this stays")
    fig.suptitle("and so does this")

    def draw(k):
        left.set_title(rf"step {k}, $D_{{KL}}[q \ \| \ p]$")
        right.set_xlabel("not a text of its own")
        right.texts and right.texts[0].remove()
        right.text(0, 0, f"loss\n{k / 2}")

    labels = data_of(tools.write(FuncAnimation(fig, draw, frames=2, init_func=lambda: [])).html)
    assert labels["labels"][1] == "step 1, D_KL[q ‖ p]   loss, 0.5"


@pytest.mark.parametrize("labels", [["a", "b", "c"], lambda k: "abc"[k]])
def test_labels_of_ones_own(tools, line, labels):
    assert data_of(tools.write(line(frames=3), labels=labels).html)["labels"] == ["a", "b", "c"]


def test_without_texts_the_player_counts(tools):
    fig, ax = plt.subplots()
    (drawn,) = ax.plot([0, 1])
    anim = FuncAnimation(fig, lambda k: drawn.set_ydata([0, k]), frames=3, init_func=lambda: [])
    assert data_of(tools.write(anim).html)["labels"] is None


# -- errors ------------------------------------------------------------------------------------


def test_no_frames(tmp_path):
    fig, _ = plt.subplots()
    anim = FuncAnimation(fig, lambda k: [], frames=0, init_func=lambda: [])
    with pytest.raises(ValueError, match="the animation has no frames"):
        anim.save(tmp_path / "fit.html", writer="vector_html")
    assert os.listdir(tmp_path) == []


def test_a_frame_that_fails(tmp_path):
    fig, ax = plt.subplots()
    canvas, dpi = fig.canvas, fig.dpi

    def draw(k):
        ax.set_title(f"{k}")
        if k == 3:
            raise ZeroDivisionError("oh")

    anim = FuncAnimation(fig, draw, frames=5, init_func=lambda: [])
    with pytest.raises(FrameError, match=r"frame 3 .* ZeroDivisionError: oh") as caught:
        anim.save(tmp_path / "fit.html", writer="vector_html", dpi=50)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert os.listdir(tmp_path) == []
    assert fig.canvas is canvas
    assert fig.dpi == dpi
    assert all("draw" not in vars(artist) for artist in fig.findobj())


def test_a_closed_figure_is_as_good_as_an_open_one(tools, line):
    anim = line()
    plt.close(anim._fig)
    assert tools.write(anim).html == tools.write(line()).html


def test_saving_twice_gives_the_same(tools, line):
    anim = line()
    assert tools.write(anim).html == tools.write(anim).html


def test_the_limit_of_the_size(tools, line, tmp_path):
    writer = VectorHTMLWriter(size_limit=10_000)
    with pytest.raises(SizeLimitError, match=r"takes [\d,]+ bytes, more than size_limit=10,000"):
        line().save(tmp_path / "fit.html", writer=writer)
    assert os.listdir(tmp_path) == []
    assert tools.write(line(), size_limit=10**6).html


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
    assert data_of(html)["labels"] == [nasty] * 3


@pytest.mark.parametrize(
    ("place", "error", "message"),
    [
        ("missing/fit.html", FileNotFoundError, "there is no folder"),
        ("folder", IsADirectoryError, "it is a folder"),
    ],
)
def test_a_path_that_cannot_be_written(line, tmp_path, place, error, message):
    (tmp_path / "folder").mkdir()
    with pytest.raises(error, match=message):
        line().save(tmp_path / place, writer="vector_html")
    assert os.listdir(tmp_path) == ["folder"]
    assert os.listdir(tmp_path / "folder") == []


def test_a_folder_without_permission(line, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match="permission denied"):
        line().save(tmp_path / "fit.html", writer="vector_html")


def test_a_full_disk_leaves_the_old_file(line, tmp_path, monkeypatch):
    path = tmp_path / "fit.html"
    path.write_text("old")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        line().save(path, writer="vector_html")
    assert os.listdir(tmp_path) == ["fit.html"]
    assert path.read_text() == "old"


def test_savefig_options_that_mean_nothing_here(line, tmp_path):
    with pytest.raises(TypeError, match=r"cannot be honoured: \['pil_kwargs'\]"):
        line().save(tmp_path / "a.html", writer="vector_html", savefig_kwargs={"pil_kwargs": {}})


def test_the_face_of_the_figure_may_be_set(line, tmp_path):
    path = tmp_path / "a.html"
    anim = line()
    before = anim._fig.get_facecolor()
    anim.save(path, writer="vector_html", savefig_kwargs={"facecolor": "#204060"})
    assert 'fill="#204060"' in path.read_text("utf-8")
    assert "data-light>" not in path.read_text("utf-8")
    assert anim._fig.get_facecolor() == before


def test_filters_of_pixels_are_refused(tools, line):
    anim = line()
    anim._fig.axes[0].lines[0].set_agg_filter(lambda image, dpi: (image, 0, 0))
    with pytest.raises(FrameError, match="agg_filter works on pixels"):
        tools.write(anim)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"fps": 0}, ValueError, "fps must be positive and finite, got 0"),
        ({"precision": -1}, ValueError, "precision must be positive and finite, got -1"),
        ({"tolerance": -1}, ValueError, "tolerance must not be negative, got -1"),
        ({"codec": "h264"}, ValueError, "codec must be None for vectors, got 'h264'"),
        ({"start": 5}, ValueError, "start must be one of 5 frames, got 5"),
        ({"labels": ["a"]}, ValueError, "labels must be one a frame: 1 labels, 5 frames"),
        ({"labels": [1, 2, 3, 4, 5]}, TypeError, "labels must be strings, got 1 for frame 0"),
    ],
)
def test_options(tools, line, options, error, message):
    with pytest.raises(error, match=message):
        tools.write(line(frames=5), **options)
