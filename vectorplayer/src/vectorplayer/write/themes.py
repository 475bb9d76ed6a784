"""Which figures take the colours of a dark page."""

from typing import Any

from matplotlib import colors

from vectorplayer.record.recorder import Recorder
from vectorplayer.write.options import Options

WHITE_ENOUGH = 0.5  # lightness of the figure's face from which on its colours have counterparts


def follows_theme(face: Any, recorder: Recorder, options: Options) -> bool:
    """Tell whether the colours of a figure follow the theme of the page.

    Those of a figure with a dark face do not, and neither do those of a figure of which parts are
    kept as pictures of drawings, such as hatches, unless it is asked for.
    """
    dark = not recorder.has_drawings if options.dark is None else options.dark
    return dark and _lightness(face) >= WHITE_ENOUGH


def _lightness(color: Any) -> float:
    red, green, blue, alpha = colors.to_rgba(color)
    return (0.299 * red + 0.587 * green + 0.114 * blue) * alpha + 1 - alpha
