"""Private and recent names of Matplotlib: each stands here once, with the versions that have it.

The supported versions are 3.10.0 and later; "all" means all of these, as tested up to 3.11.
Code outside this module uses names of Matplotlib that are public in all of them.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from matplotlib.animation import Animation
from matplotlib.axes._base import _AxesBase  # all
from matplotlib.axis import Axis
from matplotlib.backend_bases import FigureCanvasBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Transform, TransformedPath

AnyAxes = _AxesBase  # Axes and SecondaryAxis

# -- text ----------------------------------------------------------------------------------------


def text_to_path(renderer: RendererBase) -> TextToPath:
    """Return what turns text into outlines for a renderer (``_text2path``: all)."""
    return renderer._text2path


def font_of(to_path: TextToPath, prop: FontProperties) -> FT2Font:
    """Return the font that outlines are taken from (``_get_font``: all)."""
    private: Any = to_path
    font: FT2Font = private._get_font(prop)
    return font


def shaping(text: Text | None) -> tuple[tuple[str, ...] | None, Any]:
    """Return font features and language of a text, None where there are none.

    ``Text.get_fontfeatures`` and ``Text.get_language``: 3.11 and later.
    """
    if text is not None and hasattr(text, "get_fontfeatures"):
        return text.get_fontfeatures(), text.get_language()
    return None, None


def glyphs(
    to_path: TextToPath, font: FT2Font, text: str, features: tuple[str, ...] | None, language: Any
) -> tuple[list[tuple[str, float, float, float]], dict[str, tuple[Any, ...]]]:
    """Return names and places of the glyphs of a text, and the outline of each name.

    The arguments ``features`` and ``language`` of `TextToPath.get_glyphs_with_font`: 3.11 and
    later.  Before that `shaping` has none.
    """
    options = {"features": features, "language": language}
    given: Any = {name: value for name, value in options.items() if value is not None}
    found, outlines, _ = to_path.get_glyphs_with_font(font, text, **given)
    return found, outlines


# -- figures and animations ----------------------------------------------------------------------


def figure_of(anim: Animation) -> Figure:
    """Return the figure of an animation (``_fig``: all)."""
    private: Any = anim
    figure: Figure = private._fig
    return figure


def mark_as_used(anim: Animation) -> None:
    """Let an animation end without its warning of not being used (``_draw_was_started``: all)."""
    private: Any = anim
    private._draw_was_started = True


def frames_per_second(anim: Animation) -> float | None:
    """Return the speed of an animation, None where it has none (``_interval``: all).

    Raises
    ------
    ValueError
        If its interval is not positive.
    """
    interval = getattr(anim, "_interval", None)
    if interval is None:
        return None
    if not interval > 0:
        raise ValueError(f"the interval of anim must be positive, or fps given, got {interval!r}")
    return float(1000 / interval)


def repeats(anim: Animation) -> bool:
    """Tell whether an animation starts over at its end (``_repeat``: all)."""
    return bool(getattr(anim, "_repeat", False))


@contextmanager
def with_positive_interval(anim: Animation) -> Iterator[None]:
    """Let an animation be saved whose interval is 0, by which ``save`` divides (all)."""
    private: Any = anim
    interval = getattr(anim, "_interval", None)
    if interval == 0:
        private._interval = 1
    try:
        yield
    finally:
        if interval == 0:
            private._interval = interval


# -- mathtext ------------------------------------------------------------------------------------


def math_symbols() -> dict[str, str]:
    """Return the symbols of mathtext by name, ``{"alpha": "α"}`` (``_mathtext_data``: all).

    Without that table the names stand for the symbols.
    """
    try:
        from matplotlib._mathtext_data import tex2uni
    except ImportError:
        return {}
    return {name: chr(code) for name, code in tex2uni.items()}


# -- watching ------------------------------------------------------------------------------------


def axis_map(ax: AnyAxes) -> dict[str, Axis]:
    """Return the axis objects of an Axes by name (``_axis_map``: all)."""
    return ax._axis_map


def sharing_axes(axis: Axis) -> list[AnyAxes]:
    """Return the Axes that share an axis, its own included (``_shared_axes``: all)."""
    private: Any = axis
    found: list[AnyAxes] = private.axes._shared_axes[private.axis_name].get_siblings(axis.axes)
    return found


def aligned_with_others(axis: Axis) -> bool:
    """Tell whether the label of an axis follows other Axes (``_align_label_groups``: all)."""
    private: Any = axis
    groups = private.get_figure(root=False)._align_label_groups
    group = groups.get(private.axis_name)
    return group is not None and len(group.get_siblings(axis.axes)) > 1


def seeks_place(legend: Legend) -> bool:
    """Tell whether a legend looks for the best place among the data (``_loc``: all)."""
    private: Any = legend
    return bool(private._loc == 0)


def transform_of(path: TransformedPath) -> Transform:
    """Return what transforms a path (``_transform``: all)."""
    private: Any = path
    transform: Transform = private._transform
    return transform


def drawing_disabled(renderer: RendererBase) -> AbstractContextManager[Any]:
    """Let a renderer measure and draw nothing (``_draw_disabled``: all)."""
    private: Any = renderer
    disabled: AbstractContextManager[Any] = private._draw_disabled()
    return disabled


@contextmanager
def saving(canvas: FigureCanvasBase) -> Iterator[None]:
    """Let a canvas say that it is being saved, as ``savefig`` does (``_is_saving``: all)."""
    private: Any = canvas
    before, private._is_saving = private._is_saving, True
    try:
        yield
    finally:
        private._is_saving = before
