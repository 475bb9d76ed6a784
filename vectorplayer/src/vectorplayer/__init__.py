"""Matplotlib figures, moving or still, as vectors: a movie writer, its player, display objects.

>>> from matplotlib.animation import writers
>>> writers.is_available("vector_html")
True
"""

from vectorplayer.errors import (
    FigureSizeError,
    FrameError,
    GrabFrameError,
    RasterFallbackWarning,
    SizeLimitError,
    WriterError,
)
from vectorplayer.write.html import player_block
from vectorplayer.write.notebooks import (
    show_animations_in_notebooks,
    show_figures_in_notebooks,
)
from vectorplayer.write.picture import picture_block, with_alt
from vectorplayer.write.player import VectorPlayer
from vectorplayer.write.still import VectorFigure
from vectorplayer.write.writer import VectorHTMLWriter

__version__ = "0.1.0"

__all__ = [
    "FigureSizeError",
    "FrameError",
    "GrabFrameError",
    "RasterFallbackWarning",
    "SizeLimitError",
    "VectorFigure",
    "VectorHTMLWriter",
    "VectorPlayer",
    "WriterError",
    "picture_block",
    "player_block",
    "show_animations_in_notebooks",
    "show_figures_in_notebooks",
    "with_alt",
]
