"""A figure as SVG, again and again: the picture of a live control, without a browser's canvas."""

from collections.abc import Collection
from html import escape

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from vectorplayer.record.recorder import Recorder
from vectorplayer.types import DisplayList, Layer
from vectorplayer.watch.scene import Scene
from vectorplayer.write.svg import clipped, svg_items


class LiveSVG:
    """Draw a figure in two layers: what stays, once, and what moves, whenever it is asked for.

    Parameters
    ----------
    fig : `~matplotlib.figure.Figure`
        It needs no window and does not have to be known to pyplot.  Its size and its resolution
        must not change.
    precision, tolerance : float, default: 0.1
        As in `VectorHTMLWriter`, in pixels.

    Notes
    -----
    The layers have the same size; laid over each other they are the figure, with what moves in
    front of what stays.  As in the movie writer, an artist is drawn again unless everything that
    it is drawn from is known to be unchanged, the limits of its Axes included.

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
        width, height = (float(size) for size in fig.bbox.size)
        self._recorder = Recorder(width, height, fig.dpi, precision=precision, tolerance=tolerance)
        self._scene = Scene(fig, self._recorder)
        self._written: dict[int, tuple[DisplayList, str]] = {}

    def background(self, moving: Collection[Artist]) -> str:
        """Return all but the artists that move, as an ``svg`` element hidden from screen readers.

        Raises
        ------
        ValueError
            If the size or the resolution of the figure changed.
        """
        layers = self._scene.capture(without=moving)
        return self._svg("".join(self._markup(layer) for layer in layers), 'aria-hidden="true"')

    def foreground(self, moving: Collection[Artist], *, alt: str) -> str:
        """Return the artists that move, as an ``svg`` element with the name `alt`.

        Raises
        ------
        ValueError
            If the size or the resolution of the figure changed, or if one of the artists is not
            drawn by itself but as a part of another one, as the label of an axis is.
        """
        layers = self._scene.capture(only=moving)
        known = {number: text for number, (_, text) in self._written.items()}
        self._written = {
            id(layer.display): (layer.display, known.get(id(layer.display)) or self._markup(layer))
            for layer in layers
        }
        parts = "".join(text for _, text in self._written.values())
        return self._svg(parts, f'role="img" aria-label="{escape(alt)}"')

    def _markup(self, layer: Layer) -> str:
        recorder, display = self._recorder, layer.display
        clips, shapes, styles = map(list, (recorder.clips, recorder.shapes, recorder.styles))
        return clipped(svg_items(display, shapes, styles), clips[display.clip])

    def _svg(self, content: str, role: str) -> str:
        recorder = self._recorder
        width, height = (round(size * recorder.units) for size in (recorder.width, recorder.height))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" fill="none"'
            f' style="width:{recorder.width:g}px;max-width:100%;height:auto" {role}>{content}</svg>'
        )
