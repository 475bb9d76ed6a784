"""Figures that stand still: the same picture as Matplotlib's, named, whole, deterministic."""

import io
import xml.etree.ElementTree as ElementTree

import artists
import matplotlib.pyplot as plt
import numpy as np
import pytest
from bounds import BOUNDS
from markup import soup_of
from matplotlib.figure import Figure
from PIL import Image

from vectorplayer import RasterFallbackWarning, VectorFigure, picture_block


def drawn(fig, **options):
    return VectorFigure(fig, alt="A test.", **options)


def shot_of(page):
    shot = page.locator("div.vp-picture").screenshot()
    return Image.open(io.BytesIO(shot)).convert("RGB")


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")
@pytest.mark.parametrize("name", artists.ALL)
def test_it_looks_as_matplotlib_draws_it(name, open_player, tools):
    fig, ax = plt.subplots(figsize=(4, 3))
    artists.ALL[name](fig, ax)(1)
    picture = drawn(fig, tight=False)
    page = open_player(f"<style>body{{margin:0}}</style>{picture.html}")
    own = Image.open(io.BytesIO(picture.png)).convert("RGB")
    largest, mean = tools.difference(shot_of(page), own)
    bound = BOUNDS[name]
    assert largest <= bound[0] and mean <= bound[1]


def test_margins_are_cut_and_nothing_else(open_player, tools):
    fig, ax = plt.subplots(figsize=(4, 3))
    ax.plot([0, 1], "--")
    ax.set(xlabel="a label", title="a title")
    ax.legend(["outside"], loc="upper left", bbox_to_anchor=(1, 1))
    picture = drawn(fig)
    own = Image.open(io.BytesIO(picture.png)).convert("RGB")
    assert own.width > 400  # the legend lies beyond the edge of the figure
    page = open_player(f"<style>body{{margin:0}}</style>{picture.html}")
    shot = shot_of(page)
    assert abs(shot.width - own.width) <= 1 and abs(shot.height - own.height) <= 1
    size = min(shot.width, own.width), min(shot.height, own.height)
    assert tools.difference(shot.crop((0, 0, *size)), own.crop((0, 0, *size)))[0] <= 130
    assert fig.get_size_inches().tolist() == [4, 3]


def test_the_figure_is_given_back(tmp_path):
    fig, ax = plt.subplots(layout="constrained")
    canvas, engine, dpi = fig.canvas, fig.get_layout_engine(), fig.dpi
    place = ax.get_position().bounds
    assert drawn(fig, dpi=50).html
    assert (fig.canvas, fig.get_layout_engine(), fig.dpi) == (canvas, engine, dpi)
    assert ax.get_position().bounds == pytest.approx(place, abs=0.2)
    fig.savefig(tmp_path / "a.png")


def test_an_artist_that_fails_leaves_the_figure_as_it_was():
    fig, ax = plt.subplots()
    canvas = fig.canvas
    (line,) = ax.plot([0, 1])
    line.draw = lambda renderer: 1 / 0
    with pytest.raises(ZeroDivisionError):
        _ = drawn(fig).html
    assert fig.canvas is canvas


def test_two_drawings_are_equal():
    def make():
        fig = Figure(figsize=(3, 2))
        fig.subplots().scatter(np.arange(50), np.arange(50) % 7, c=np.arange(50))
        return drawn(fig).html

    assert make() == make()


@pytest.mark.parametrize(
    "alt", ['"><script>alert(1)</script>', "a < b & c > d", "it's \\1 \\g<0> $x$", "‖ – é"]
)
def test_hostile_names_are_only_text(alt, open_player):
    fig = Figure(figsize=(2, 1))
    fig.subplots().plot([0, 1])
    html = VectorFigure(fig, alt=alt).html
    page = open_player(html)
    assert page.locator("svg[role=img]").get_attribute("aria-label") == alt
    assert soup_of(html).select("script") == []


def test_without_a_name_the_words_of_the_figure_are_read():
    fig, ax = plt.subplots()
    ax.set(title="Loss", xlabel="step")
    assert soup_of(VectorFigure(fig).html).select_one("svg")["aria-label"] == "Figure: Loss, step"


def test_files(tmp_path):
    fig = Figure(figsize=(2, 1))
    fig.subplots().plot([0, 1])
    picture = drawn(fig)
    for suffix in ("svg", "png", "html"):
        picture.save(tmp_path / f"a.{suffix}")
    assert ElementTree.parse(tmp_path / "a.svg").getroot().tag.endswith("}svg")
    assert "light-dark" not in picture.svg  # a file stands for itself
    assert picture_block() in (tmp_path / "a.html").read_text("utf-8")
    with Image.open(tmp_path / "a.png") as opened:
        assert opened.format == "PNG"
    with pytest.raises(ValueError, match=r"path must end in one of .*, got '.*a.pdf'"):
        picture.save(tmp_path / "a.pdf")


def test_hatches_keep_the_light_colors():
    fig, ax = plt.subplots()
    ax.bar([1], [1], hatch="/")
    with pytest.warns(RasterFallbackWarning, match="hatches"):
        html = drawn(fig).html
    assert "currentColor" not in html.removeprefix(picture_block())


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"alt": 3}, TypeError, "alt must be a string or None, got 3"),
        ({"dpi": 0}, ValueError, "dpi must be positive and finite, got 0"),
        ({"tight": 1}, TypeError, "tight must be True or False, got 1"),
        ({"dark": "x"}, TypeError, "dark must be True, False or None, got 'x'"),
        ({"precision": "x"}, TypeError, "precision must be a number, got 'x'"),
    ],
)
def test_options_are_checked_at_once(options, error, message):
    with pytest.raises(error, match=message):
        VectorFigure(Figure(), **options)


def test_only_figures_are_taken():
    with pytest.raises(TypeError, match="fig must be a Matplotlib figure, got 3"):
        VectorFigure(3)


def test_forms_of_a_notebook():
    fig = Figure(figsize=(2, 1))
    bundle = drawn(fig)._repr_mimebundle_()
    assert bundle["text/plain"] == "<VectorFigure: A test.>"
    assert bundle["text/html"].startswith(picture_block())
    assert bundle["image/png"][:4] == b"\x89PNG"
