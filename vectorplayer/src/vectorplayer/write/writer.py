"""A Matplotlib movie writer that keeps vectors."""

import os
import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib import animation
from matplotlib.figure import Figure

from vectorplayer.write.checks import (
    check_figure,
    check_labels,
    check_metadata,
    check_number,
    check_path,
)
from vectorplayer.write.files import check_writable, write_atomically
from vectorplayer.write.options import SIZE_LIMIT, Options
from vectorplayer.write.page import page_markup
from vectorplayer.write.recording import Recording
from vectorplayer.write.saving import Saving
from vectorplayer.write.session import Session, too_large
from vectorplayer.write.suffixes import check_html_name


class VectorHTMLWriter(animation.AbstractMovieWriter):
    """Write an animation as one HTML page: vectors, and a player without dependencies.

    Only what changes from frame to frame is kept.  Use it by name, ``anim.save("fit.html",
    writer="vector_html")``, or make one to choose options, ``anim.save("fit.html",
    writer=VectorHTMLWriter(30, alt="..."))``.

    Parameters
    ----------
    fps : float, default: 30
        Frames per second at speed 1.  By name, Matplotlib passes the interval of the animation.
    codec, bitrate, extra_args : object, optional
        Accepted for Matplotlib's sake; must be None, as vectors have none of them.
    metadata : dict, optional
        ``title`` names the page.  Each other entry becomes ``<meta name="key">`` in its head,
        ``artist`` under HTML's name "author".
    labels : sequence of str or callable, optional
        What the readout says at each frame: one text per frame, or a function of the frame
        index.  Default: the texts in the figure that change if there are at most three, else
        "frame 1 of 250".
    alt : str, optional
        What is seen, in one sentence.  Default: the titles and axis labels of the figure.
    slider : str, optional
        What the scrub bar moves, for those who hear it: "correlation ρ".  Default: "Frame".
    name : str, optional
        What the player is called, for those who hear it; no two players of a page should have
        the same name.  Default: the first sentence of the caption of the page's figure around it,
        else of `alt`.
    start : int, default: 0
        The frame that is shown at first; negative numbers count from the last.
    repeat : bool, default: False
        Whether the Loop button is on at first.  A writer cannot see the ``repeat`` of an
        animation; `VectorPlayer` can.
    size_limit : float, default: 20,000,000
        Largest size of the HTML in bytes.
    precision : float, default: 0.1
        Grid of the coordinates, in pixels: a vertex is at most 0.71 of it off.
    tolerance : float, default: 0.1
        Largest distance, in pixels, from a line to the vertices that are left out of it.
    trust : bool, default: True
        Draw again only what changed.  Set it to False if an artist of your own changes without
        becoming stale; it takes longer.
    dark : bool, optional
        Whether the colours of a light figure follow the theme of the page.  Default: they do,
        unless hatches or filtered artists are kept as pictures.

    Attributes
    ----------
    html, recording : str or None, Recording or None
        The player and what it is made from, once the animation is recorded.

    Raises
    ------
    TypeError, ValueError
        If an option has the wrong type or value.

    Notes
    -----
    An exception in the update function or in an artist becomes a `FrameError`; no file is
    written, and the figure gets back what was changed for the recording.

    What has no vectors is embedded as PNG, with a `RasterFallbackWarning` unless it is an image.

    These are fast: artists that are updated rather than made anew, titles without mathtext,
    limits that stay, and a legend with a given place.  A layout engine runs in every frame; to
    keep its first result, call ``fig.draw_without_rendering()`` and
    ``fig.set_layout_engine("none")``.
    """

    def __init__(
        self,
        fps: float = 30,
        codec: None = None,
        bitrate: None = None,
        extra_args: None = None,
        metadata: Mapping[str, Any] | None = None,
        *,
        labels: Sequence[str] | Callable[[int], str] | None = None,
        alt: str | None = None,
        slider: str | None = None,
        name: str | None = None,
        start: int = 0,
        repeat: bool = False,
        size_limit: float = SIZE_LIMIT,
        precision: float = 0.1,
        tolerance: float = 0.1,
        trust: bool = True,
        dark: bool | None = None,
    ) -> None:
        unused = {"codec": codec, "bitrate": bitrate, "extra_args": extra_args}
        for argument, value in unused.items():
            if value is not None:
                raise ValueError(f"{argument} must be None for vectors, got {value!r}")
        speed: Any = check_number("fps", fps)  # Matplotlib's types want an int
        super().__init__(fps=speed, metadata=check_metadata(metadata))
        self.options = Options(
            labels=check_labels(labels),
            alt=alt,
            slider=slider,
            name=name,
            start=start,
            repeat=repeat,
            size_limit=size_limit,
            precision=precision,
            tolerance=tolerance,
            trust=trust,
            dark=dark,
        )
        self.html: str | None = None
        self.recording: Recording | None = None
        self._session: Session | None = None

    @classmethod
    def isAvailable(cls) -> bool:
        """Say that nothing else has to be installed."""
        return True

    # A class, and no generator as in Matplotlib: see there.
    def saving(  # type: ignore[override]
        self,
        fig: Figure,
        outfile: str | os.PathLike[str] | None,
        dpi: float,
        *args: Any,
        **kwargs: Any,
    ) -> Saving:
        """Record the frames that are grabbed within; write nothing unless all went well."""
        return Saving(self, fig, outfile, dpi, *args, **kwargs)

    def setup(
        self, fig: Figure, outfile: str | os.PathLike[str] | None, dpi: float | None = None
    ) -> None:
        """Prepare to record; ``outfile`` None keeps the result in ``html`` alone.

        The figure has another canvas and another dpi until `finish` or `abandon`, or, if neither
        is called, until the next `setup` or the end of the writer.
        """
        self.abandon()
        check_figure("fig", fig)
        if outfile is not None:
            check_path("outfile", outfile)
            check_html_name(outfile)
            check_writable(outfile)
        dpi = fig.dpi if dpi is None else check_number("dpi", dpi)
        path: Any = outfile  # None, too, which Matplotlib's types do not know
        self.fig, self.outfile, self.dpi = fig, path, dpi
        self.html = self.recording = None
        self._session = Session(fig, dpi, self.frame_size, self.options)
        # A writer that is forgotten before it has finished gives the figure back, too.
        self._give_back = weakref.finalize(self, self._session.close)
        self._give_back.atexit = False

    def grab_frame(self, **savefig_kwargs: Any) -> None:
        """Record the figure as it is now.

        Of the options of ``savefig``, ``facecolor`` and ``edgecolor`` count for this frame.  Those
        that decide how pixels are stored have no effect, such as ``pil_kwargs``; others raise a
        `GrabFrameError`.  If an artist cannot be drawn, this is a `FrameError`.
        """
        self._open_session().grab(savefig_kwargs)

    def finish(self) -> None:
        """Put the frames together, write the file and give the figure back, errors or not."""
        session = self._open_session()
        try:
            recording = session.recording(self.fps, self.metadata)
            html = recording.html
            size = len(html.encode())
            if size > self.options.size_limit:
                raise too_large("the animation takes", size, self.options)
            self.recording, self.html = recording, html
            if self.outfile is not None:
                page = page_markup(html, recording.title, recording.metadata)
                write_atomically(self.outfile, page.encode())
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Give the figure back without writing anything."""
        if self._session is not None:
            self._give_back()
            self._session = None

    @property
    def frame_count(self) -> int:
        """Number of frames that were grabbed since `setup`."""
        return 0 if self._session is None else self._session.count

    def _open_session(self) -> Session:
        if self._session is None:
            raise RuntimeError("call setup first, or grab the frames within saving")
        return self._session


# Not as a decorator, for which type checkers would take the class for its base class.
animation.writers.register("vector_html")(VectorHTMLWriter)
