"""Matplotlib animations as vectors: a movie writer, its player, an object to display.

>>> from matplotlib.animation import writers
>>> writers.is_available("vector_html")
True
"""

from .display import VectorPlayer
from .markup import player_block
from .writer import FrameError, SizeLimitError, VectorHTMLWriter

__all__ = ["FrameError", "SizeLimitError", "VectorHTMLWriter", "VectorPlayer", "player_block"]
