"""Private and recent names of Matplotlib: each stands here once, with the versions that have it.

The supported versions are 3.10.0 and later; "all" means all of these, as tested up to 3.11.
Code outside this module uses names of Matplotlib that are public in all of them.
"""

from typing import Any

from matplotlib.animation import Animation
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

# -- text ----------------------------------------------------------------------------------------


def text_to_path(renderer: RendererBase) -> TextToPath:
    """Return what turns text into outlines for a renderer (``_text2path``: all)."""
    return renderer._text2path


def font_of(to_path: TextToPath, prop: FontProperties) -> FT2Font:
    """Return the font that outlines are taken from (``_get_font``: all)."""
    return to_path._get_font(prop)


def shaping(text: Text | None) -> tuple[tuple[str, ...] | None, Any]:
    """Return font features and language of a text, None where there are none.

    ``Text.get_fontfeatures`` and ``Text.get_language``: 3.11 and later.
    """
    if hasattr(text, "get_fontfeatures"):
        return text.get_fontfeatures(), text.get_language()
    return None, None


def glyphs(
    to_path: TextToPath, font: FT2Font, text: str, features: tuple[str, ...] | None, language: Any
) -> tuple[list[tuple[str, float, float, float]], dict[str, tuple]]:
    """Return names and places of the glyphs of a text, and the outline of each name.

    The arguments ``features`` and ``language`` of `TextToPath.get_glyphs_with_font`: 3.11 and
    later.  Before that `shaping` has none.
    """
    options = {"features": features, "language": language}
    given = {name: value for name, value in options.items() if value is not None}
    found, outlines, _ = to_path.get_glyphs_with_font(font, text, **given)
    return found, outlines


# -- figures and animations ----------------------------------------------------------------------


def set_dpi(fig: Figure, dpi: float) -> None:
    """Set the resolution of a figure and leave its window alone (``_set_dpi``: all)."""
    fig._set_dpi(dpi, forward=False)


def figure_of(anim: Animation) -> Figure:
    """Return the figure of an animation (``_fig``: all)."""
    return anim._fig


def mark_as_used(anim: Animation) -> None:
    """Let an animation end without its warning of not being used (``_draw_was_started``: all)."""
    anim._draw_was_started = True
