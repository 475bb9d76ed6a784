"""Matplotlib animations as vectors: a movie writer, its player, an object to display.

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
from vectorplayer.write.live import LiveSVG
from vectorplayer.write.notebooks import show_animations_in_notebooks
from vectorplayer.write.player import VectorPlayer
from vectorplayer.write.writer import VectorHTMLWriter

__version__ = "0.1.0"

__all__ = [
    "FigureSizeError",
    "FrameError",
    "GrabFrameError",
    "LiveSVG",
    "RasterFallbackWarning",
    "SizeLimitError",
    "VectorHTMLWriter",
    "VectorPlayer",
    "WriterError",
    "player_block",
    "show_animations_in_notebooks",
]
