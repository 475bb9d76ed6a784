"""A Matplotlib movie writer that keeps vectors."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import animation, colors
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from vectorplayer import compat
from vectorplayer.errors import FrameError, SizeLimitError
from vectorplayer.record.recorder import Recorder
from vectorplayer.watch.scene import Scene
from vectorplayer.write.captions import check_labels, describe, plain
from vectorplayer.write.files import check_writable, write_atomically
from vectorplayer.write.html import page_markup, player_block, player_markup
from vectorplayer.write.timeline import Timeline

SIZE_LIMIT = 20_000_000  # bytes, as Matplotlib's own animation.embed_limit
WHITE_ENOUGH = 0.5  # lightness of the figure's face from which on dark mode inverts it

Labels = Sequence[str] | Callable[[int], str] | None


class _StillCanvas(FigureCanvasAgg):
    """A canvas that is not repainted after every frame."""

    def draw_idle(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: the writer records the artists, it needs no pixels."""


@animation.writers.register("vector_html")
class VectorHTMLWriter(animation.AbstractMovieWriter):
    """Write an animation as one HTML page: vectors, and a player without dependencies.

    Of each frame only what changed is kept, so any `~matplotlib.animation.FuncAnimation` over a
    still background becomes small.  Use it by name, ``anim.save("fit.html",
    writer="vector_html")``, or make one to choose options, ``anim.save("fit.html",
    writer=VectorHTMLWriter(30, alt="..."))``.

    Parameters
    ----------
    fps : float, default: 30
        Frames a second at speed 1.  By name, Matplotlib passes the interval of the animation.
    metadata : dict, optional
        ``title`` names the page.
    codec, bitrate : object, optional
        Accepted for Matplotlib's sake; must be None, as vectors have neither.
    labels : sequence of str or callable, optional
        What the readout says at each frame: one text a frame, or a function of the frame index.
        Default: the texts in the figure that change, else "frame 1 of 250".
    alt : str, optional
        What is seen, in a sentence.  Default: the titles and axis labels of the figure.
    slider : str, optional
        What the scrub bar moves, for those who hear it: "correlation ρ".  Default: "Frame".
    start : int, default: 0
        The frame that is shown at first; negative numbers count from the last.
    size_limit : int, default: 20,000,000
        Largest size of the HTML in bytes.
    precision : float, default: 0.1
        Grid of the coordinates, in pixels: a vertex is at most 0.71 of it off.
    tolerance : float, default: 0.1
        Largest distance, in pixels, from a line to the vertices that are left out of it.
    trust : bool, default: True
        Draw again only what changed.  Set it to False if an artist of your own changes without
        becoming stale; it takes longer.
    dark : bool, optional
        Whether a light figure is inverted on a dark page.  Default: it is, unless it holds images
        or meshes, whose colours mean something.

    Attributes
    ----------
    html : str
        After saving: the player alone, to be put into any page.

    Notes
    -----
    The resolution ``dpi`` gives the size on screen, as it does for a PNG.  A figure with a light
    face follows the page into dark mode, as ``dark`` says; a dark one stays as it is.

    Fast are artists that are updated rather than made anew, titles without mathtext, limits that
    stay, and a legend with a given place.  A layout engine runs in every frame; to keep its first
    result, call ``fig.draw_without_rendering()`` and ``fig.set_layout_engine("none")``.
    """

    def __init__(
        self,
        fps: float = 30,
        codec: None = None,
        bitrate: None = None,
        metadata: dict[str, str] | None = None,
        *,
        labels: Labels = None,
        alt: str | None = None,
        slider: str | None = None,
        start: int = 0,
        size_limit: int = SIZE_LIMIT,
        precision: float = 0.1,
        tolerance: float = 0.1,
        trust: bool = True,
        dark: bool | None = None,
    ) -> None:
        if dark is not None and not isinstance(dark, bool):
            raise TypeError(f"dark must be True, False or None, got {dark!r}")
        for name, value in {"codec": codec, "bitrate": bitrate}.items():
            if value is not None:
                raise ValueError(f"{name} must be None for vectors, got {value!r}")
        for name, value in {"fps": fps, "precision": precision}.items():
            if not 0 < value < float("inf"):
                raise ValueError(f"{name} must be positive and finite, got {value!r}")
        if not 0 <= tolerance < float("inf"):
            raise ValueError(f"tolerance must not be negative, got {tolerance!r}")
        super().__init__(fps=fps, metadata=metadata)
        self.labels, self.alt, self.start, self.size_limit = labels, alt, start, size_limit
        self.slider = slider
        self.precision, self.tolerance, self.trust, self.dark = precision, tolerance, trust, dark
        self.html: str | None = None
        self._undo = contextlib.ExitStack()

    @classmethod
    def isAvailable(cls) -> bool:
        """Say that nothing else has to be installed."""
        return True

    @contextlib.contextmanager
    def saving(
        self, fig: Figure, outfile: str | os.PathLike | None, dpi: float, *args: Any, **kwargs: Any
    ) -> Iterator["VectorHTMLWriter"]:
        """Record the frames that are grabbed within; write nothing unless all went well."""
        self.setup(fig, outfile, dpi, *args, **kwargs)
        with self._undo, mpl.rc_context({"savefig.bbox": None}):
            try:
                yield self
            except Exception as error:
                if getattr(error, "_from_writer", False):
                    raise
                raise FrameError(
                    f"frame {self._timeline.length} of the animation could not be drawn: "
                    f"{type(error).__name__}: {error}"
                ) from error
            self.finish()

    def setup(self, fig: Figure, outfile: str | os.PathLike | None, dpi: float | None = None):
        """Prepare to record; ``outfile`` None keeps the result in ``html`` alone."""
        if outfile is not None:
            check_writable(Path(outfile))
        self.fig, self.outfile, self.dpi, self.html = fig, outfile, dpi or fig.dpi, None
        self._timeline = Timeline()
        self._undo = undo = contextlib.ExitStack()
        undo.callback(fig.set_canvas, fig.canvas)
        undo.callback(setattr, fig.canvas, "manager", fig.canvas.manager)
        undo.callback(compat.set_dpi, fig, fig.dpi)
        _StillCanvas(fig)
        compat.set_dpi(fig, self.dpi)
        width, height = self.frame_size
        self._recorder = Recorder(
            width, height, self.dpi, precision=self.precision, tolerance=self.tolerance
        )
        self._scene = undo.enter_context(Scene(fig, self._recorder, trust=self.trust))

    def grab_frame(self, **savefig_kwargs: Any) -> None:
        """Record the figure as it is now."""
        face = savefig_kwargs.pop("facecolor", None)
        savefig_kwargs.pop("transparent", None)  # Matplotlib passes False to writers like this
        if savefig_kwargs:
            raise _ours(TypeError(f"savefig_kwargs cannot be honoured: {sorted(savefig_kwargs)}"))
        patch = self.fig.patch
        if face is not None and colors.to_rgba(face) != patch.get_facecolor():
            self._undo.callback(patch.set_facecolor, patch.get_facecolor())
            patch.set_facecolor(face)
        self._timeline.add(self._scene.capture())

    def finish(self) -> None:
        """Put the frames together and write the file."""
        count = self._timeline.length
        if count == 0:
            raise ValueError("the animation has no frames")
        if not -count <= self.start < count:
            raise ValueError(f"start must be one of {count} frames, got {self.start}")
        labels = check_labels(self.labels, count)
        if labels is None:
            captions = [plain(caption) for caption in self._timeline.captions()]
            labels = captions if any(captions) else None
        self._timeline.finish()
        alt = self.alt or describe(self.fig, besides=self._timeline.moving_texts())
        follows = not self._recorder.has_images if self.dark is None else self.dark
        player = player_markup(
            self._timeline,
            self._recorder,
            fps=self.fps,
            start=self.start % count,
            alt=alt,
            labels=labels,
            slider=self.slider,
            light=follows and _lightness(self.fig.get_facecolor()) >= WHITE_ENOUGH,
        )
        self.html = player_block() + player
        size = len(self.html.encode())
        if size > self.size_limit:
            raise SizeLimitError(
                f"the animation takes {size:,} bytes, more than size_limit={self.size_limit:,}; "
                f"pass a larger size_limit, fewer frames, or a coarser precision"
            )
        if self.outfile is not None:
            write_atomically(
                Path(self.outfile), page_markup(self.html, self.metadata.get("title", alt))
            )


def _ours(error: Exception) -> Exception:
    """Mark an error as the writer's own: it needs no word about a frame."""
    error._from_writer = True  # type: ignore[attr-defined]
    return error


def _lightness(color: Any) -> float:
    red, green, blue, alpha = colors.to_rgba(color)
    return (0.299 * red + 0.587 * green + 0.114 * blue) * alpha + 1 - alpha
