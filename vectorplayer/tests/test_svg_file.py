"""A recording as an SVG file, in Chromium: a still, and a film that runs without a script."""

import io
import xml.etree.ElementTree as ElementTree

import artists
import matplotlib.pyplot as plt
import numpy as np
import pytest
from bounds import BOUNDS
from chromium import CHROMIUM_FLAGS
from matplotlib.animation import FuncAnimation
from PIL import Image

from vectorplayer import VectorPlayer
from vectorplayer.write.frames import frame_images

SVG = "{http://www.w3.org/2000/svg}"


def shot(page):
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


@pytest.fixture
def open_svg(new_page, tmp_path):
    """Open an SVG file in Chromium, in a window of its size."""

    def open_svg(player, name, **options):
        player.save(tmp_path / "film.svg", **options.pop("save", {}))
        page = new_page(viewport={"width": 400, "height": 300}, **options)
        if name == "img":
            path = tmp_path / "page.html"
            path.write_text('<!DOCTYPE html><body style="margin:0"><img src="film.svg">', "utf-8")
            page.goto(path.as_uri())
        else:
            page.goto((tmp_path / "film.svg").as_uri())
        return page

    return open_svg


def stop_at(page, seconds):
    page.evaluate(
        "s => document.getAnimations().forEach(a => { a.pause(); a.currentTime = 1000 * s; })",
        seconds,
    )


def blinking(line, **options):
    """An animation whose parts stand for one frame, for several, or come and go."""
    anim = line(frames=8, interval=500, **options)
    fig = anim._fig
    ax = fig.axes[0]
    spots = ax.scatter([1, 2], [0, 0], c=["r", "g"], s=200, zorder=5)
    text = fig.text(0.8, 0.9, "", color="b")
    draw = anim._func

    def also(k):
        draw(k)
        spots.set_visible(k % 4 < 2)
        text.set_text("late" if k >= 5 else "")

    anim._func = also
    return anim


@pytest.mark.parametrize("repeat", [True, False])
def test_a_film_shows_each_frame_in_its_time(line, open_svg, tools, repeat):
    player = VectorPlayer(blinking(line, repeat=repeat))
    page = open_svg(player, "svg")
    recording = player._drawn[0]
    for frame in (0, 1, 3, 4, 6, 7):
        stop_at(page, frame / 2 + 0.25)
        own = next(frame_images(recording, [frame])).convert("RGB")
        assert tools.difference(shot(page), own)[0] <= 65
        other = next(frame_images(recording, [(frame + 2) % 8])).convert("RGB")
        assert tools.difference(shot(page), other)[0] > 130
    stop_at(page, 4.25)  # past the end
    own = next(frame_images(recording, [0 if repeat else 7])).convert("RGB")
    assert tools.difference(shot(page), own)[0] <= 65


def test_a_film_plays_as_an_image(line, open_svg):
    page = open_svg(VectorPlayer(line(frames=50), fps=10), "img")
    first = shot(page)
    page.wait_for_function("() => (window.later ??= performance.now() + 500) < performance.now()")
    assert shot(page).tobytes() != first.tobytes()


def test_with_reduced_motion_a_film_is_its_last_frame(line, open_svg, tools):
    player = VectorPlayer(blinking(line))
    page = open_svg(player, "svg", reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
    own = next(frame_images(player._drawn[0], [7])).convert("RGB")
    assert tools.difference(shot(page), own)[0] <= 65


def test_with_reduced_motion_an_image_stands_still(line, tmp_path, browser, chromium, tools):
    """Emulated media do not reach images; the setting of the system does."""
    player = VectorPlayer(blinking(line))
    player.save(tmp_path / "film.svg")
    page_file = tmp_path / "page.html"
    page_file.write_text('<!DOCTYPE html><body style="margin:0"><img src="film.svg">', "utf-8")
    flags = [*CHROMIUM_FLAGS, "--force-prefers-reduced-motion"]
    calm = browser.browser_type.launch(executable_path=chromium, args=flags)
    try:
        page = calm.new_page(viewport={"width": 400, "height": 300}, reduced_motion="null")
        page.goto(page_file.as_uri())
        picture = shot(page)
    finally:
        calm.close()
    own = next(frame_images(player._drawn[0], [7])).convert("RGB")
    assert tools.difference(picture, own)[0] <= 65


@pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning")
@pytest.mark.parametrize("kind", [*artists.ALL])
def test_a_still_shows_its_frame(kind, open_svg, tools):
    fig, ax = plt.subplots(figsize=(4, 3))
    draw = artists.ALL[kind](fig, ax)
    anim = FuncAnimation(fig, lambda k: draw(k) and None, frames=3, init_func=lambda: [])
    page = open_svg(VectorPlayer(anim), "svg", save={"frame": 1})
    largest, mean = tools.difference(shot(page), tools.still(anim, 1))
    assert largest <= BOUNDS[kind][0]
    assert mean <= BOUNDS[kind][1]


def test_a_clip_that_reaches_out_of_the_axes(open_svg, tools):
    """Both clip: the box of the axes, and an outline that is partly outside of it."""
    fig, ax = plt.subplots(figsize=(4, 3))
    (line,) = ax.plot([0, 1], [0, 1], lw=300, solid_capstyle="projecting")
    line.set_clip_path(plt.Circle((0, 0), 0.5, transform=ax.transData))
    anim = FuncAnimation(fig, lambda k: None, frames=1, init_func=lambda: [])
    page = open_svg(VectorPlayer(anim), "svg", save={"frame": 0})
    largest, _ = tools.difference(shot(page), tools.still(anim, 0))
    assert largest <= 65


@pytest.mark.parametrize("frame", [None, 0])
def test_an_svg_is_well_formed_and_says_what_it_shows(line, tmp_path, frame):
    nasty = '</title><script>alert(1)</script> & "so on"'
    player = VectorPlayer(line(), alt=nasty, metadata={"title": nasty})
    player.save(tmp_path / "a.svg", frame=frame)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    assert (root.get("width"), root.get("height"), root.get("role")) == ("400", "300", "img")
    assert root.find(f"{SVG}title").text == root.find(f"{SVG}desc").text == nasty
    assert root.find(f".//{SVG}script") is None
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    used = {element.get("href").removeprefix("#") for element in root.iter(f"{SVG}use")}
    assert used <= set(names)


def test_a_picture_that_comes_back_is_kept_once(tmp_path):
    fig, ax = plt.subplots(figsize=(3, 2))
    image = ax.imshow(np.random.default_rng(1).uniform(size=(30, 30)))
    other = np.random.default_rng(2).uniform(size=(30, 30))
    both = [image.get_array().copy(), other]
    anim = FuncAnimation(fig, lambda k: image.set_data(both[k % 2]), frames=20)
    VectorPlayer(anim).save(tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text("utf-8").count("data:image/png") == 2


def test_a_film_is_hardly_larger_than_the_page(tools, tmp_path):
    anim = tools.contours(range(0, 50))
    player = VectorPlayer(anim)
    player.save(tmp_path / "a.svg")
    assert (tmp_path / "a.svg").stat().st_size < 3 * len(player.html)
