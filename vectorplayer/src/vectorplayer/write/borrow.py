"""A figure on loan: for the time of a recording it has another canvas and another dpi."""

from contextlib import ExitStack
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


class _StillCanvas(FigureCanvasAgg):
    """A canvas that is not painted after every frame, but laid out as if it were."""

    def __init__(self, figure: Figure, replaced: Any) -> None:
        super().__init__(figure)
        self.replaced = replaced

    def draw_idle(self, *args: Any, **kwargs: Any) -> None:
        """Lay the figure out: where its Axes end up depends on how often that is done."""
        engine = self.figure.get_layout_engine()
        if engine is not None:
            engine.execute(self.figure)


def borrow(figure: Figure, dpi: float) -> ExitStack:
    """Give a figure a still canvas and a dpi; close the stack to give the figure back.

    The canvas that comes back is never the still canvas of another recording, so that a
    recording that was begun and not finished cannot leave its own behind.
    """
    canvas = figure.canvas
    if isinstance(canvas, _StillCanvas):
        canvas = canvas.replaced
    with ExitStack() as undo:
        undo.callback(figure.set_canvas, canvas)
        _StillCanvas(figure, canvas)
        # Undone while the still canvas, which has no window to resize, is in place.
        undo.callback(figure.set_dpi, figure.dpi)
        figure.set_dpi(dpi)
        return undo.pop_all()
