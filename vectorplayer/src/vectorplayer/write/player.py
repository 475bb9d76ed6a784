"""An object that a notebook shows as a player, and as a still where there are no scripts."""

import io
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.animation import Animation
from matplotlib.backends.backend_agg import FigureCanvasAgg

from vectorplayer import compat
from vectorplayer.write.checks import check_bool_or_none, check_number
from vectorplayer.write.export import check_export, export
from vectorplayer.write.recording import Recording
from vectorplayer.write.writer import VectorHTMLWriter

DEFAULT_FPS = 30  # of an animation that has no interval


class VectorPlayer:
    """An animation as a display object.

    A page shows the player; a PDF, a terminal or a plain front-end takes the PNG of the last
    frame.  The animation is drawn when it is first asked for, once; its figure is closed then,
    so that a notebook does not show it again beneath the player.

    Parameters
    ----------
    anim : `~matplotlib.animation.Animation`
    fps : float, optional
        Frames per second.  Default: what the ``interval`` of `anim` says.
    dpi : float, optional
        Pixels per inch; the figure's own by default.
    repeat : bool, optional
        Whether the Loop button is on at first, and whether a GIF or an SVG starts over.  Default:
        what the ``repeat`` of `anim` says, which Matplotlib sets to True.
    savefig_kwargs : dict, optional
        As in `~matplotlib.animation.Animation.save`; see `VectorHTMLWriter.grab_frame`.
    progress_callback : callable, optional
        Called as ``progress_callback(frame, frames)`` when a frame is drawn, as in
        `~matplotlib.animation.Animation.save`; ``frames`` is None if it is not known.
    **options
        As for `VectorHTMLWriter`: ``alt``, ``labels``, ``slider``, ``name``, ``start``,
        ``metadata`` and so on.

    Raises
    ------
    TypeError, ValueError
        If an option has the wrong type or value.  Nothing is drawn before.

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
        self,
        anim: Animation,
        *,
        fps: float | None = None,
        dpi: float | None = None,
        repeat: bool | None = None,
        savefig_kwargs: Mapping[str, Any] | None = None,
        progress_callback: Callable[[int, int | None], Any] | None = None,
        **options: Any,
    ) -> None:
        if not isinstance(anim, Animation):
            raise TypeError(f"anim must be a Matplotlib animation, got {anim!r}")
        compat.mark_as_used(anim)  # it will be: no warning if it is never asked for
        if not isinstance(savefig_kwargs, Mapping | None):
            raise TypeError(f"savefig_kwargs must be a mapping or None, got {savefig_kwargs!r}")
        if not (progress_callback is None or callable(progress_callback)):
            raise TypeError(f"progress_callback must be callable, got {progress_callback!r}")
        if fps is None:
            fps = compat.frames_per_second(anim) or DEFAULT_FPS
        loops = check_bool_or_none("repeat", repeat)
        loops = compat.repeats(anim) if loops is None else loops
        self._writer = VectorHTMLWriter(fps, repeat=loops, **options)
        self._anim = anim
        self._dpi = None if dpi is None else check_number("dpi", dpi)
        self._savefig_kwargs = dict(savefig_kwargs or {})
        self._progress_callback = progress_callback

    @cached_property
    def _drawn(self) -> tuple[Recording, str, bytes]:
        """The recording, the player, and the last frame as Matplotlib draws it."""
        fig = compat.figure_of(self._anim)
        dpi = fig.dpi if self._dpi is None else self._dpi
        anim: Any = self._anim  # whose types do not know of writers that need no file
        with compat.with_positive_interval(self._anim):
            anim.save(
                None,
                writer=self._writer,
                dpi=dpi,
                savefig_kwargs=self._savefig_kwargs,
                progress_callback=self._progress_callback,
            )
        buffer = io.BytesIO()
        canvas = fig.canvas
        FigureCanvasAgg(fig)
        try:
            fig.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
        finally:
            fig.set_canvas(canvas)
        plt.close(fig)
        recording, html = self._writer.recording, self._writer.html
        assert recording is not None and html is not None  # the animation has been saved
        return recording, html, buffer.getvalue()

    @property
    def html(self) -> str:
        """The player as HTML, to be put into any page."""
        return self._drawn[1]

    @property
    def png(self) -> bytes:
        """The last frame as a PNG."""
        return self._drawn[2]

    def save(self, path: str | os.PathLike[str], *, frame: int | None = None) -> None:
        """Write the animation, or one frame of it, into a file; nothing is drawn again.

        Parameters
        ----------
        path : str or path-like
            Its suffix chooses the format:

            - ``.html``, ``.htm`` or none: a page that holds the player and needs nothing else;
            - ``.svg``: a film that runs without a script, also as an image of a README file, and
              that stands still for readers who prefer reduced motion;
            - ``.gif``: the frames as pixels, at most 50 per second;
            - ``.png``: one file per frame, with a number in the name, as in ``frame-%03d.png``.
        frame : int, optional
            Write this frame alone, as ``.svg`` or ``.png``; negative numbers count from the last.

        Raises
        ------
        TypeError
            If `path` is no path, or `frame` no integer.
        ValueError
            If the suffix is unknown, or `frame` does not go with it or does not exist.
        OSError
            If the file cannot be written.
        """
        check_export(path, frame)
        export(self._drawn[0], path, frame)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.html, "image/png": self.png}

    def __repr__(self) -> str:
        """Say what it is; the markup is too long to print."""
        return f"<{type(self).__name__}: {self._writer.options.alt or 'animation'}>"
