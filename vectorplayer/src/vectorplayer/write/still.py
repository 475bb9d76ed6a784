"""A figure that stands still, as an object that a notebook or a page shows as vectors."""

import io
import os
from functools import cached_property
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from vectorplayer.record.recorder import Recorder
from vectorplayer.watch.scene import Scene
from vectorplayer.write.captions import describe
from vectorplayer.write.checks import check_bool, check_figure, check_number
from vectorplayer.write.export import check_export, export
from vectorplayer.write.options import Options
from vectorplayer.write.recording import Recording
from vectorplayer.write.svg_file import svg_still
from vectorplayer.write.themes import follows_theme
from vectorplayer.write.timeline import Timeline

FORMAT = "vectors"  # what the canvas is asked to print


class VectorFigure:
    """A figure as a display object, an animation of one frame.

    A page shows inline SVG in the colours of its theme, without a script; a PDF, a terminal or a
    plain front-end takes the PNG.  The figure is drawn when it is first asked for, once.

    Parameters
    ----------
    fig : `~matplotlib.figure.Figure`
    alt : str, optional
        What is seen, in one sentence.  Default: the titles and axis labels of the figure.
    dpi : float, optional
        Pixels per inch; the figure's own by default.
    tight : bool, default: True
        Cut margins off, and show what lies beyond the figure's edge, as notebooks do and as
        ``savefig(bbox_inches="tight")`` does.
    precision, tolerance, dark
        As for `VectorHTMLWriter`.

    Raises
    ------
    TypeError, ValueError
        If an option has the wrong type or value.  Nothing is drawn before.

    Notes
    -----
    Near-black becomes the text colour of the page and white its ground.  Any other colour keeps
    its hue and gets a lightness that suits a dark page; a page may choose another one with a
    variable that is named after it, ``--vp-0057a8: #6db3ff``.
    In a figure wider than 500 pixels, columns of Axes are stacked where less room is left.

    Examples
    --------
    >>> fig = Figure(figsize=(2, 1))
    >>> line = fig.subplots().plot([0, 1], color="#0057a8")
    >>> picture = VectorFigure(fig, alt="A line rises.")
    >>> 'aria-label="A line rises."' in picture.html, "light-dark(#0057a8," in picture.html
    (True, True)
    """

    def __init__(
        self,
        fig: Figure,
        *,
        alt: str | None = None,
        dpi: float | None = None,
        tight: bool = True,
        precision: float = 0.1,
        tolerance: float = 0.1,
        dark: bool | None = None,
    ) -> None:
        self._options = Options(alt=alt, precision=precision, tolerance=tolerance, dark=dark)
        self._fig = check_figure("fig", fig)
        self._dpi = None if dpi is None else check_number("dpi", dpi)
        self._tight = check_bool("tight", tight)

    @cached_property
    def _drawn(self) -> tuple[Recording, bytes]:
        """The recording, and the figure as Matplotlib draws it."""
        fig, before = self._fig, self._fig.canvas
        dpi = fig.dpi if self._dpi is None else self._dpi
        layout: dict[str, Any] = {"dpi": dpi, "bbox_inches": "tight" if self._tight else None}
        buffer = io.BytesIO()
        canvas = _Canvas(fig, self._options)
        try:
            canvas.print_figure(buffer, format=FORMAT, **layout)
            canvas.print_figure(buffer, format="png", metadata={"Software": None}, **layout)
        finally:
            fig.set_canvas(before)
        return canvas.recording, buffer.getvalue()

    @property
    def html(self) -> str:
        """The figure as HTML, to be put into any page."""
        return self._drawn[0].html

    @property
    def svg(self) -> str:
        """The figure as an SVG file, in its own colours."""
        return svg_still(self._drawn[0], 0)

    @property
    def png(self) -> bytes:
        """The figure as a PNG."""
        return self._drawn[1]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the figure into a file; its suffix is ``.html``, ``.svg``, ``.gif`` or ``.png``.

        Raises
        ------
        ValueError
            If the suffix is unknown.
        OSError
            If the file cannot be written.
        """
        frame = 0 if str(path).lower().endswith((".svg", ".png")) else None
        check_export(path, frame)
        export(self._drawn[0], path, frame)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.html, "image/png": self.png}

    def __repr__(self) -> str:
        """Say what it is; the markup is too long to print."""
        return f"<{type(self).__name__}: {self._options.alt or 'figure'}>"


class _Canvas(FigureCanvasAgg):
    """A canvas that can print a recording: Matplotlib settles layout, margins and colours."""

    recording: Recording

    def __init__(self, figure: Figure, options: Options) -> None:
        super().__init__(figure)
        self._options = options

    def print_vectors(self, filename: Any, **_: Any) -> None:
        """Record the figure as it is now (Matplotlib asks for it by the name of the format)."""
        fig, options = self.figure, self._options
        width, height = (float(size) for size in fig.bbox.size)
        recorder = Recorder(
            width, height, fig.dpi, precision=options.precision, tolerance=options.tolerance
        )
        timeline = Timeline()
        timeline.add(Scene(fig, recorder).capture())
        timeline.finish()
        self.recording = Recording(
            timeline=timeline,
            recorder=recorder,
            fps=1,
            start=0,
            repeat=False,
            alt=options.alt or describe(fig, kind="Figure"),
            labels=None,
            slider=None,
            name=None,
            follows=follows_theme(fig.get_facecolor(), recorder, options),
            metadata={},
            moves=False,
        )
