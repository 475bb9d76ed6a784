"""A figure as SVG, again and again: the picture of a live control, without a browser's canvas."""

from collections.abc import Sequence
from html import escape

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from vectorplayer.record.recorder import Recorder
from vectorplayer.types import DisplayList
from vectorplayer.write.svg import clipped, svg_items


class LiveSVG:
    """Draw a figure in two layers: what stays, once, and what moves, whenever it is asked for.

    Parameters
    ----------
    fig : `~matplotlib.figure.Figure`
        It needs no canvas of its own and does not have to be known to pyplot.
    precision, tolerance : float, default: 0.1
        As in `VectorHTMLWriter`, in pixels.

    Notes
    -----
    The layers have the same size; laid over each other they are the figure, with what moves in
    front of what stays.  An artist that has not changed since the last `foreground` is not drawn
    again: setting anything through its setters makes it stale, which is Matplotlib's own mark.

    Examples
    --------
    >>> fig = Figure(figsize=(2, 1))
    >>> line, = fig.subplots().plot([0, 1])
    >>> live = LiveSVG(fig)
    >>> 'viewBox="0 0 2000 1000"' in live.background([line])
    True
    >>> live.foreground([line], alt="A line.").count("<path")
    1
    """

    def __init__(self, fig: Figure, *, precision: float = 0.1, tolerance: float = 0.1) -> None:
        self._figure = fig
        width, height = (float(size) for size in fig.bbox.size)
        self._recorder = Recorder(width, height, fig.dpi, precision=precision, tolerance=tolerance)
        self._written: dict[int, tuple[Artist, str]] = {}

    def background(self, moving: Sequence[Artist]) -> str:
        """Return all but the artists that move, as an ``svg`` element that says nothing."""
        for artist in moving:  # not made invisible: a title keeps its place only if it is seen
            artist.draw = _draw_nothing
        try:
            lists = self._recorder.record(self._figure.draw)
        finally:
            for artist in moving:
                del artist.draw
        return self._svg(self._markup(lists), 'aria-hidden="true"')

    def foreground(self, moving: Sequence[Artist], *, alt: str) -> str:
        """Return the artists that move, as an ``svg`` element named `alt`."""
        written = {}
        for artist in sorted(moving, key=lambda artist: artist.get_zorder()):
            known = self._written.get(id(artist))
            if known is None or known[0] is not artist or artist.stale:
                known = artist, self._markup(self._recorder.record(artist.draw))
            written[id(artist)] = known
        self._written = written
        parts = "".join(text for _, text in written.values())
        return self._svg(parts, f'role="img" aria-label="{escape(alt)}"')

    def _markup(self, lists: list[DisplayList]) -> str:
        recorder = self._recorder
        clips, shapes, styles = map(list, (recorder.clips, recorder.shapes, recorder.styles))
        return "".join(
            clipped(svg_items(display, shapes, styles), clips[display.clip]) for display in lists
        )

    def _svg(self, content: str, role: str) -> str:
        recorder = self._recorder
        width, height = (round(size * recorder.units) for size in (recorder.width, recorder.height))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" fill="none"'
            f' style="width:{recorder.width:g}px;max-width:100%;height:auto" {role}>{content}</svg>'
        )


def _draw_nothing(renderer: Recorder) -> None:
    """Stand in for the ``draw`` of an artist that belongs to the other layer."""
