"""A figure as SVG, again and again: the picture of a live control, without a browser's canvas."""

from collections.abc import Collection
from html import escape

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from vectorplayer.record.recorder import Recorder
from vectorplayer.types import DisplayList
from vectorplayer.watch.scene import Scene
from vectorplayer.write.options import Options
from vectorplayer.write.palette import Palette
from vectorplayer.write.panels import is_background, whole_box
from vectorplayer.write.svg import clipped, svg_items
from vectorplayer.write.themes import follows_theme


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
    front of what stays.  Their colours follow the theme of a page that holds `picture_block`.

    As in the movie writer, an artist is drawn again unless everything that it is drawn from is
    known to be unchanged, the limits of its Axes included.

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
        follows = follows_theme(fig.get_facecolor(), self._recorder, Options())
        self._palette = Palette(self._recorder.styles, follows=follows)
        self._written: dict[int, tuple[DisplayList, str]] = {}

    def background(self, moving: Collection[Artist]) -> str:
        """Return all but the artists that move, as an ``svg`` element hidden from screen readers.

        Raises
        ------
        ValueError
            If the size or the resolution of the figure changed.
        """
        layers = self._scene.capture(without=moving)
        styles = list(self._recorder.styles)
        shown = [
            self._markup(layer.display)
            for layer in layers
            if not self._palette.follows or not is_background(layer.display, self._recorder, styles)
        ]
        return self._svg("".join(shown), 'aria-hidden="true"')

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
            id(layer.display): (
                layer.display,
                known.get(id(layer.display)) or self._markup(layer.display),
            )
            for layer in layers
        }
        parts = "".join(text for _, text in self._written.values())
        return self._svg(parts, f'role="img" aria-label="{escape(alt)}"')

    def _markup(self, display: DisplayList) -> str:
        clips, shapes = list(self._recorder.clips), list(self._recorder.shapes)
        return clipped(svg_items(display, shapes, self._palette), clips[display.clip])

    def _svg(self, content: str, role: str) -> str:
        recorder = self._recorder
        width, height = whole_box(recorder)[2:]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="vp-picture"'
            f' viewBox="0 0 {width} {height}" fill="none"'
            f' style="width:{recorder.width:g}px;max-width:100%;height:auto;'
            f'{self._palette.declarations}" {role}>{content}</svg>'
        )
