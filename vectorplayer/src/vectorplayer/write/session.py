"""A recording in progress: one figure, on loan, and the frames that were grabbed so far."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from matplotlib.figure import Figure

from vectorplayer.errors import OWN, FrameError, SizeLimitError
from vectorplayer.record.recorder import Recorder
from vectorplayer.record.repaint import Painter
from vectorplayer.watch.scene import Scene
from vectorplayer.write.borrow import borrow
from vectorplayer.write.captions import describe, readout
from vectorplayer.write.checks import check_frame_in, labels_of_frames
from vectorplayer.write.dense import frame_size
from vectorplayer.write.least_size import LeastSize
from vectorplayer.write.options import Options
from vectorplayer.write.recording import Recording
from vectorplayer.write.savefig import savefig_colors
from vectorplayer.write.themes import follows_theme
from vectorplayer.write.timeline import Timeline


class Session:
    """Record a figure until `close` gives it back as it was.

    Parameters
    ----------
    fig : `~matplotlib.figure.Figure`
    dpi : float
        Pixels per inch.
    size : tuple of int
        Width and height in pixels.
    options : Options
    """

    def __init__(self, fig: Figure, dpi: float, size: tuple[int, int], options: Options) -> None:
        self._figure, self._options = fig, options
        self._face: Any = fig.get_facecolor()
        self._timeline = Timeline()
        with ExitStack() as undo:
            undo.push(borrow(fig, dpi))
            self._recorder = Recorder(
                *size, dpi, precision=options.precision, tolerance=options.tolerance
            )
            self._scene = Scene(fig, self._recorder, trust=options.trust)
            self._undo = undo.pop_all()
        self._least_size = LeastSize(self._timeline, self._recorder.shapes)
        self._allowed = options.size_limit

    def close(self) -> None:
        """Give the figure back; a second call does nothing."""
        self._undo.close()

    @property
    def count(self) -> int:
        """Number of frames so far."""
        return self._timeline.length

    def grab(self, savefig_kwargs: Mapping[str, Any]) -> None:
        """Record the figure as it is now.

        Raises
        ------
        FrameError
            If an artist cannot be drawn.
        SizeLimitError
            If the frames so far are already too large.
        """
        try:
            with savefig_colors(self._figure, savefig_kwargs):
                self._timeline.add(self._scene.capture())
                self._face = self._figure.get_facecolor()
        except OWN:
            raise
        except Exception as error:
            raise FrameError.from_cause(self.count, error) from error
        self._check_size()

    def _check_size(self) -> None:
        """Raise if vectors, as far as they are now, and pictures in their place are too large."""
        least = self._least_size.update()
        if least > self._allowed:
            painter = Painter(self._recorder)
            pictures = self.count * frame_size(self._timeline.slots, self.count - 1, painter)
            if pictures > self._options.size_limit:
                what = f"the first {self.count} frames take at least"
                raise too_large(what, min(least, pictures), self._options)
            self._allowed = 2 * least  # do not paint a picture for every frame from here on

    def recording(self, fps: float, metadata: Mapping[str, str]) -> Recording:
        """Put the frames together."""
        timeline, options = self._timeline, self._options
        if self.count == 0:
            raise ValueError("the animation has no frames")
        start = check_frame_in("start", options.start, self.count)
        labels = labels_of_frames(options.labels, self.count)
        timeline.finish()
        return Recording(
            timeline=timeline,
            recorder=self._recorder,
            fps=fps,
            start=start,
            repeat=options.repeat,
            alt=options.alt or describe(self._figure, besides=timeline.moving_texts()),
            labels=readout(timeline) if labels is None else labels,
            slider=options.slider,
            name=options.name,
            follows=follows_theme(self._face, self._recorder, options),
            metadata=dict(metadata),
        )


def too_large(what: str, size: int, options: Options) -> SizeLimitError:
    """Return the error of an animation that is larger than allowed."""
    return SizeLimitError(
        f"{what} {size:,} bytes, more than size_limit={options.size_limit:,.0f}; "
        f"pass a larger size_limit, fewer frames, or a coarser precision"
    )
