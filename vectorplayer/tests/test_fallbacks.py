"""What is kept as pictures says so, once."""

import warnings

import artists
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from PIL import Image

from vectorplayer import RasterFallbackWarning, player_block
from vectorplayer.record.pictures import cropped_png, pixels_of
from vectorplayer.record.recorder import Recorder
from vectorplayer.record.repaint import Painter

# Agg puts markers, and boxes whose corners fall between pixels, on whole pixels.
SNAPPED = {"markers", "scatter", "legend", "log_axes", "gaps", "texts"}


def record(fig, recorder=None):
    """Return a recorder that has recorded a figure, and what it has recorded."""
    recorder = recorder or Recorder(*fig.bbox.size, fig.dpi, precision=0.1, tolerance=0.1)
    return recorder, recorder.record(fig.draw)


def hatch(ax):
    ax.bar([1, 2], [1, 2], hatch="/")


def hatched_collection(ax):
    ax.contourf(np.add.outer(range(4), range(4)), hatches=["/", "o"])


def mesh(ax):
    ax.pcolormesh(np.eye(3))


def gouraud(ax):
    ax.tripcolor([1, 3, 5], [1, 4, 1], [0, 1, 2], shading="gouraud")


def filtered(ax):
    ax.plot([1, 2])[0].set_agg_filter(lambda pixels, dpi: (pixels, 0, 0))


def image(ax):
    ax.imshow(np.eye(3))


def vectors(ax):
    ax.contourf(np.add.outer(range(4), range(4)))
    ax.pcolor(np.eye(3))


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (hatch, "hatches are kept as pictures at 50 dpi, not as vectors: their patterns"),
        (hatched_collection, "hatches are kept as pictures"),
        (filtered, "filtered artists are kept as pictures .* a higher dpi makes them sharper"),
        (mesh, "meshes are kept as pictures .* pcolor keeps vectors"),
        (gouraud, 'Gouraud triangles are kept as pictures .* shading="flat" keeps vectors'),
    ],
)
def test_each_kind_warns_once_per_recording(draw, message):
    fig, ax = plt.subplots(figsize=(2, 2), dpi=50)
    draw(ax)
    for _ in range(2):
        with pytest.warns(RasterFallbackWarning, match=message) as caught:
            recorder, _ = record(fig)
        assert len(caught) == 1
        record(fig, recorder)  # a warning would be an error


@pytest.mark.parametrize("draw", [image, vectors])
def test_images_and_vectors_are_no_fallback(draw):
    fig, ax = plt.subplots()
    draw(ax)
    record(fig)


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")
@pytest.mark.parametrize(
    ("draw", "has_drawings"),
    [(image, False), (mesh, False), (gouraud, False), (hatch, True), (vectors, False)],
)
def test_a_recorder_knows_whether_drawings_are_kept_as_pictures(draw, has_drawings):
    fig, ax = plt.subplots()
    draw(ax)
    assert record(fig)[0].has_drawings is has_drawings


# -- dense layers ------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")
@pytest.mark.parametrize("kind", artists.ALL)
def test_what_was_recorded_can_be_painted(kind, tools):
    fig, ax = plt.subplots(figsize=(4, 3))
    draw = artists.ALL[kind](fig, ax)
    anim = FuncAnimation(fig, lambda k: draw(k) and None, frames=4, init_func=lambda: [])
    own = tools.still(anim, 3)
    recorder, lists = record(fig)
    painted = Painter(recorder).paint(*lists)
    assert painted[..., 3].min() == 255
    largest, mean = tools.difference(Image.fromarray(painted).convert("RGB"), own)
    assert largest <= (130 if kind in SNAPPED else 65)
    assert mean <= 1.5


def rugged(count=60):
    """Filled contours of noise, more vertices than pixels of a frame are worth."""
    fig, ax = plt.subplots(figsize=(3, 3), dpi=60)
    values = np.random.default_rng(0).normal(size=(6, count, count))
    shown = []

    def draw(k):
        while shown:
            shown.pop().remove()
        shown.append(ax.contourf(values[k], levels=5))

    return FuncAnimation(fig, draw, frames=6, init_func=lambda: [])


def test_what_is_too_dense_becomes_pictures(tools, picture_of):
    anim = rugged()
    with pytest.warns(
        RasterFallbackWarning, match=r"dense layers of QuadContourSet .* bytes"
    ) as all_:
        html = tools.write(anim).html
    assert len(all_) == 1
    assert len(html) < len(anim.to_jshtml())
    for frame, picture in zip((5, 0), picture_of(html, (5, 0)), strict=True):
        largest, mean = tools.difference(picture, tools.still(anim, frame))
        assert largest <= 90
        assert mean <= 3


def test_many_layers_that_are_dense_together_become_one(tools, picture_of):
    fig, ax = plt.subplots(figsize=(3, 2), dpi=60)
    values = np.random.default_rng(0).normal(size=(5, 40, 700))
    lines = [ax.plot(row, lw=0.5)[0] for row in values[0]]

    def draw(k):
        for line, row in zip(lines, values[k], strict=True):
            line.set_ydata(row)

    anim = FuncAnimation(fig, draw, frames=5, init_func=lambda: [])
    with pytest.warns(RasterFallbackWarning, match="frames with many layers .* keep vectors"):
        html = tools.write(anim).html
    assert len(html.removeprefix(player_block())) < len(anim.to_jshtml())
    assert html.count("data:image") == 5  # the last one is in the markup alone
    for frame, picture in zip((4, 0, 4), picture_of(html, (4, 0, 4)), strict=True):
        largest, mean = tools.difference(picture, tools.still(anim, frame))
        assert largest <= 90
        assert mean <= 3


def test_what_is_less_dense_stays_vectors(tools):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        html = tools.write(rugged(10)).html
    assert "data:image" not in html


def test_pictures_can_be_read_again():
    rgba = np.random.default_rng(1).integers(1, 255, (5, 7, 4), dtype=np.uint8)
    uri, box = cropped_png(rgba)
    assert box == (0, 0, 7, 5)
    assert (pixels_of(uri) == rgba).all()


@pytest.mark.parametrize("colors", [1, 2, 200, 256, 257])
@pytest.mark.parametrize("opaque", [True, False])
def test_a_picture_with_a_palette_keeps_its_colours(colors, opaque):
    rng = np.random.default_rng(1)
    table = rng.integers(1, 256, (colors, 4), dtype=np.uint8)
    table[:, 3] |= 255 * opaque
    rgba = table[rng.integers(0, colors, (80, 70))]
    uri, _ = cropped_png(rgba)
    assert (pixels_of(uri) == rgba).all()
