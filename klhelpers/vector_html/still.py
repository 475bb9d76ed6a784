"""A figure as SVG, again and again: the picture of a live control, without a browser's canvas."""

from html import escape
from itertools import groupby

from matplotlib.figure import Figure

from .markup import _clipped, _items
from .recorder import DisplayList, Recorder
from .scene import Layer, Scene


class LiveSVG:
    """Draw a figure as SVG whenever it is asked for; only what changed is recorded anew.

    Parameters
    ----------
    fig : `~matplotlib.figure.Figure`
        Its artists are updated between two calls of `markup`.  It needs no canvas of its own and
        does not have to be known to pyplot.
    alt : str
        What is seen, in a sentence; set the attribute when that changes.
    precision, tolerance : float, default: 0.1
        As in `VectorHTMLWriter`, in pixels.

    Notes
    -----
    The figure is watched until `close`: its artists draw through this object meanwhile.

    Examples
    --------
    >>> fig = Figure(figsize=(2, 1))
    >>> svg = LiveSVG(fig, alt="An empty figure.").markup()
    >>> svg[:4], 'viewBox="0 0 2000 1000"' in svg
    ('<svg', True)
    """

    def __init__(
        self, fig: Figure, *, alt: str, precision: float = 0.1, tolerance: float = 0.1
    ) -> None:
        self.alt = alt
        width, height = (float(size) for size in fig.bbox.size)
        self._recorder = Recorder(width, height, fig.dpi, precision=precision, tolerance=tolerance)
        self._scene = Scene(fig, self._recorder)
        # The markup of each layer, kept while the layer is played back unchanged.
        self._written: dict[int, tuple[DisplayList, str]] = {}

    def markup(self) -> str:
        """Return the figure as it is now: one ``svg`` element that names its `alt`."""
        recorder = self._recorder
        layers = self._scene.capture()
        clips, shapes, styles = (
            list(c) for c in (recorder.clips, recorder.shapes, recorder.styles)
        )
        body, written = [], {}
        for clip, group in groupby(layers, lambda layer: layer.key[-2]):
            parts = [self._write(layer, shapes, styles, written) for layer in group]
            body.append(_clipped("".join(parts), clips[clip]))
        self._written = written
        width, height = (round(size * recorder.units) for size in (recorder.width, recorder.height))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" fill="none"'
            f' style="width:{recorder.width:g}px;max-width:100%;height:auto" role="img"'
            f' aria-label="{escape(self.alt)}">{"".join(body)}</svg>'
        )

    def close(self) -> None:
        """Leave the figure's artists as they were."""
        self._scene.__exit__()

    def _write(self, layer: Layer, shapes: list, styles: list, written: dict) -> str:
        display = layer.display
        known = self._written.get(id(display))
        text = known[1] if known and known[0] is display else _items(display, shapes, styles)
        written[id(display)] = (display, text)
        return text
