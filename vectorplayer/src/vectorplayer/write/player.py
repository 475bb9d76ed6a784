"""An object that a notebook shows as a player, and as a still where there are no scripts."""

import io
import os
from functools import cached_property
from pathlib import Path
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.animation import Animation
from matplotlib.backends.backend_agg import FigureCanvasAgg

from vectorplayer import compat
from vectorplayer.write.files import write_atomically
from vectorplayer.write.html import page_markup
from vectorplayer.write.writer import VectorHTMLWriter


class VectorPlayer:
    """An animation as a display object.

    A page shows the player; a PDF, a terminal or a plain front-end takes the PNG of the last
    frame.  The animation is drawn when it is first asked for, once; its figure is closed then,
    so that a notebook does not show it again beneath the player.

    Parameters
    ----------
    anim : `~matplotlib.animation.Animation`
    fps : float, default: 30
        Frames a second.
    dpi : float, optional
        Pixels per inch; the figure's own by default.
    **options
        As for `VectorHTMLWriter`: ``alt``, ``labels``, ``slider``, ``start`` and so on.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> from matplotlib.animation import FuncAnimation
    >>> fig, ax = plt.subplots()
    >>> line, = ax.plot([0, 1], [0, 1])
    >>> anim = FuncAnimation(fig, lambda i: line.set_ydata([0, i]), frames=3)
    >>> VectorPlayer(anim, alt="A line rises.").html.count("<vector-player>")
    1
    """

    def __init__(
        self, anim: Animation, *, fps: float = 30, dpi: float | None = None, **options: Any
    ) -> None:
        if not isinstance(anim, Animation):
            raise TypeError(f"anim must be a Matplotlib animation, got {anim!r}")
        self._anim, self._dpi = anim, dpi
        self._writer = VectorHTMLWriter(fps, **options)
        compat.mark_as_used(anim)  # it will be: no warning if it is never asked for

    @cached_property
    def _bundle(self) -> tuple[str, bytes]:
        fig = compat.figure_of(self._anim)
        dpi = fig.dpi if self._dpi is None else self._dpi
        self._anim.save(None, writer=self._writer, dpi=dpi)
        buffer = io.BytesIO()
        canvas = fig.canvas
        FigureCanvasAgg(fig)
        try:
            fig.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
        finally:
            fig.set_canvas(canvas)
        plt.close(fig)
        return self._writer.html, buffer.getvalue()

    @property
    def html(self) -> str:
        """The player as HTML, to be put into any page."""
        return self._bundle[0]

    @property
    def png(self) -> bytes:
        """The last frame as a PNG."""
        return self._bundle[1]

    def save(self, path: str | os.PathLike) -> None:
        """Write a page that holds the player and needs nothing else."""
        alt = self._writer.alt or "Animation"
        write_atomically(Path(path), page_markup(self.html, alt))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.html, "image/png": self.png}

    def __repr__(self) -> str:
        """Say what it is; the markup is too long to print."""
        return f"<{type(self).__name__}: {self._writer.alt or 'animation'}>"
