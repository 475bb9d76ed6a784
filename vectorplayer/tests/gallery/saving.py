"""Save the animations of the gallery: as vectors, and as `to_jshtml` saves them."""

import base64
import io
import re
import tempfile
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.animation import Animation, HTMLWriter
from PIL import Image

from vectorplayer import VectorHTMLWriter

SETTINGS = {
    "figure.figsize": (3, 2),
    "figure.dpi": 80,
    # Room for tick labels, which a small figure would cut.
    "figure.subplot.left": 0.2,
    "figure.subplot.bottom": 0.2,
    # Agg moves letters to whole pixels to sharpen them; outlines stand where they belong.
    "text.hinting": "no_hinting",
}
FRAME = re.compile(r"data:image/png;base64,([^\"]+)")


class Film(NamedTuple):
    """The frames that Matplotlib draws, and the HTML of `to_jshtml`."""

    pictures: list[Image.Image]
    html: str


def animations(*modules: ModuleType) -> list[Callable]:
    """Return the functions of the modules that make an animation."""
    return [
        value
        for module in modules
        for name, value in vars(module).items()
        if getattr(value, "__module__", None) == module.__name__ and not name.startswith("_")
    ]


def name_of(make: Callable) -> str:
    """Return the name of an animation, such as ``lines.steps``."""
    return f"{make.__module__.rpartition('.')[2]}.{make.__name__}"


@cache
def vectors(make: Callable, **options: object) -> str:
    """Return the player of a fresh instance of the animation."""
    writer = VectorHTMLWriter(alt="An animation of the gallery.", **options)
    _save(make, writer, None)
    return writer.html


@cache
def pixels(make: Callable) -> Film:
    """Return what Matplotlib itself saves of a fresh instance of the animation."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.html"
        _save(make, HTMLWriter(embed_frames=True), path)
        html = path.read_text(encoding="utf-8")
    frames = [base64.b64decode(data.replace("\\\n", "")) for data in FRAME.findall(html)]
    return Film([_on_white(Image.open(io.BytesIO(frame))) for frame in frames], html)


def _save(make, writer, path) -> None:
    """Save a fresh instance at the figure's own resolution; pictures among vectors are no fault."""
    with mpl.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* kept as pictures", UserWarning)
        made = make()
        if isinstance(made, Animation):
            made.save(path, writer=writer)
        else:
            fig, film = made
            with writer.saving(fig, path, fig.dpi):
                film(writer)
    plt.close("all")


def _on_white(picture: Image.Image) -> Image.Image:
    """Return what a white page shows of a picture."""
    page = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(page, picture.convert("RGBA")).convert("RGB")
