"""Animations to record, and a browser to look at the result."""

import io
from types import SimpleNamespace

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from chromium import browser, chromium, new_page  # noqa: F401  fixtures
from gallery.page import page_without_scripts, player_page  # noqa: F401  fixtures
from matplotlib import __version_info__ as version_info
from matplotlib.animation import FuncAnimation
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from not_measured import pytest_runtest_protocol  # noqa: F401  a hook
from PIL import Image, ImageFilter
from thorough import add_option, leave_out

from vectorplayer import VectorHTMLWriter

pytest.register_assert_rewrite("gallery.suite")

# Agg moves letters to whole pixels to sharpen them; outlines stand where they belong.
UNHINTED = {"text.hinting": "no_hinting", "text.antialiased": True}


def pytest_addoption(parser):
    add_option(parser)


def pytest_collection_modifyitems(config, items):
    leave_out(config, items)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture(autouse=True)
def unhinted(monkeypatch):
    if version_info < (3, 11):  # there Agg measures texts in whole pixels, too
        for name in ("draw_text", "get_text_width_height_descent"):
            monkeypatch.setattr(RendererAgg, name, getattr(RendererBase, name))
    with plt.rc_context(UNHINTED):
        yield


def contours(frames, **figure):
    """The density of a Gaussian that moves over a still one; ``frames`` are steps up to 250."""
    x1, x2 = np.meshgrid(np.linspace(-5, 5, 80), np.linspace(-5, 5, 80))

    def density(loc, scale):
        return np.exp(-((x1 - loc) ** 2 + (x2 / scale) ** 2) / 2) / scale

    fig, ax = plt.subplots(figsize=(5, 5), **figure)
    ax.contour(x1, x2, density(1, 1.5), levels=6, cmap="cividis", alpha=0.5)
    ax.set(xlabel="$x_1$", ylabel="x₂")
    shown = []

    def draw(step):
        while shown:
            shown.pop().remove()
        u = step / 250
        shown.append(ax.contour(x1, x2, density(3 * u - 2, 0.5 + u), levels=6, cmap="plasma"))
        ax.set_title(f"Step {step}   KL(q‖p) = {np.exp(-u):.4f} nats")

    return FuncAnimation(fig, draw, frames=frames, init_func=lambda: [])


@pytest.fixture
def line():
    """Make an animation of a line under a still one."""

    def make(frames=5, **options):
        fig, ax = plt.subplots(figsize=(4, 3))
        x = np.linspace(0, 6, 50)
        ax.plot(x, np.cos(x), "--")
        (moving,) = ax.plot(x, np.sin(x))
        ax.set(ylim=(-1.5, 1.5), xlabel="a wave")

        def draw(k):
            moving.set_ydata(np.sin(x + k / 5))
            ax.set_title(f"phase {k / 5:.1f}")
            return [moving]

        return FuncAnimation(fig, draw, frames=frames, init_func=lambda: [], **options)

    return make


def write(anim, **options):
    """Return the writer after it has saved an animation."""
    anim._draw_was_started = True  # or it warns when an option is refused
    writer = VectorHTMLWriter(**{"alt": "A test.", **options})
    anim.save(None, writer=writer)
    return writer


def still(anim, frame):
    """Return Matplotlib's own picture of a frame, as an image."""
    anim._draw_frame(list(anim.new_frame_seq())[frame])
    buffer = io.BytesIO()
    FigureCanvasAgg(anim._fig)
    anim._fig.savefig(buffer, format="png", dpi=anim._fig.dpi)
    return Image.open(buffer).convert("RGB")


def difference(a, b):
    """Return how far two pictures are from each other: (largest, mean), of 255.

    Both are blurred by a pixel, so that the ways to smooth an edge count little, and a line that
    is missing or that is off by a pixel counts much.
    """
    assert a.size == b.size
    a, b = (np.asarray(picture.filter(ImageFilter.GaussianBlur(1)), float) for picture in (a, b))
    distance = np.abs(a - b).max(axis=2)
    return distance.max(), distance.mean()


@pytest.fixture
def open_player(new_page, tmp_path):
    """Open the HTML of a player in Chromium; the page looks at the first player."""

    def open_player(html, **options):
        path = tmp_path / "page.html"
        path.write_text(f'<!DOCTYPE html><html lang="en"><title>t</title><body>{html}', "utf-8")
        page = new_page(**{"viewport": {"width": 900, "height": 900}, **options})
        page.goto(path.as_uri())
        return page

    return open_player


@pytest.fixture
def picture_of(open_player):
    """Return what Chromium draws of some frames, as images; None is the bare markup."""

    def picture_of(html, frames):
        page = open_player(html, java_script_enabled=None not in frames)
        pictures = []
        for frame in frames:
            if frame is not None:
                page.evaluate("k => document.querySelector('vector-player').show(k)", frame)
            shot = page.locator("vector-player figure > :is(svg, .vp-panels)").first.screenshot()
            pictures.append(Image.open(io.BytesIO(shot)).convert("RGB"))
        return pictures

    return picture_of


@pytest.fixture
def tools():
    """The functions above, for the tests of this folder."""
    return SimpleNamespace(contours=contours, write=write, still=still, difference=difference)
