"""Record a figure frame after frame, and draw again only what changed.

`Scene` lets Matplotlib walk through the figure as ``savefig`` does, so that the order, the layout
and the visibility are Matplotlib's own.  During a capture each artist has a ``draw`` of its own.
It plays back the last recording while everything that the artist is drawn from is known to be
unchanged (see `fingerprint`).  Whatever is not known is drawn anew in every frame.

Over 200 lines, since the walk through the figure and the capture share their state.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure, FigureBase
from matplotlib.layout_engine import PlaceHolderLayoutEngine
from matplotlib.text import Text

from vectorplayer import compat
from vectorplayer.errors import FigureSizeError
from vectorplayer.record.recorder import Recorder
from vectorplayer.types import DisplayList, Layer
from vectorplayer.watch.memory import Memory
from vectorplayer.watch.places import Places
from vectorplayer.watch.standins import MethodStandIn, StandIns

LOOSE = ("", "loose")


class Scene:
    """A figure under observation.

    Parameters
    ----------
    figure : `~matplotlib.figure.Figure`
    recorder : Recorder
        It must have the size and the resolution of the figure.
    trust : bool, default: True
        Play back what did not change.  False draws everything in every frame, which is slower
        and gives the same result.
    """

    def __init__(self, figure: Figure, recorder: Recorder, *, trust: bool = True) -> None:
        self.figure, self.recorder, self.trust = figure, recorder, trust
        self._size = _size(figure)
        self._places = Places()
        self._memories: dict[int, Memory] = {}
        self._stand_ins = StandIns()
        self._layers: list[Layer] = []
        self._busy = self._settling = self._drawing = False
        self._axes: Any = None

    def capture(self) -> list[Layer]:
        """Return the layers of the figure as it is now, in drawing order.

        Raises
        ------
        FigureSizeError
            If the size or the resolution of the figure changed.
        """
        if _size(self.figure) != self._size:
            raise FigureSizeError(
                "the size and the dpi of a figure must not change while it is recorded: it had "
                f"{_described(self._size)}, and now it has {_described(_size(self.figure))}"
            )
        if self._places.settings_changed():
            self.recorder.forget_fonts()
            for memory in self._memories.values():
                memory.forget()
        self._layers = []
        with compat.saving(self.figure.canvas), self._watching(), self._laid_out():
            self._draw()
        self._flush()
        return self._layers

    def _draw(self) -> None:
        self._places.forget()
        self._drawing = False
        self.figure.draw(self.recorder)

    @contextmanager
    def _laid_out(self) -> Iterator[None]:
        """Let the layout engine work in a draw before the real one, as ``savefig`` does."""
        engine = self.figure.get_layout_engine()
        if engine is None or isinstance(engine, PlaceHolderLayoutEngine):
            yield
            return
        self._settling = True
        try:
            with compat.drawing_disabled(self.recorder):
                self._draw()
        finally:
            self._settling = False
        self.figure.set_layout_engine("none")
        try:
            yield
        finally:
            self.figure.set_layout_engine(engine)

    # -- stand-ins -----------------------------------------------------------------------------

    def _watching(self) -> AbstractContextManager[None]:
        leaves = {id(artist): artist for artist in _leaves(self.figure)}
        self._remember(leaves)
        methods = [(artist, "draw", self._show) for artist in leaves.values()]
        if self.trust:
            methods += [
                (artist, "get_tightbbox", self._measure)
                for artist in leaves.values()
                if isinstance(artist, Axis)
            ]
        return self._stand_ins.taking_over(methods)

    def _remember(self, leaves: dict[int, Artist]) -> None:
        """Make a memory for each new artist, and drop those of artists that are gone."""
        places = {id(ax): place for place, ax in enumerate(self.figure.axes)}
        memories = {}
        for number, artist in leaves.items():
            memory = self._memories.get(number)
            if memory is None:
                kind = type(artist)
                key = places.get(id(artist.axes), -1), f"{kind.__module__}.{kind.__qualname__}"
                memory = Memory(artist, key)
            memories[number] = memory
        self._memories = memories

    def _show(self, stand_in: MethodStandIn, renderer: Any, *args: Any, **kwargs: Any) -> Any:
        """Play an artist back, or draw it."""
        if renderer is not self.recorder or self._busy:
            return stand_in.call(renderer, *args, **kwargs)
        self._drawing = True
        artist = stand_in.artist
        self._look_at(artist)
        memory = self._memories[id(artist)]
        usable = self.trust and stand_in.transparent
        known = usable and memory.holds(self._places)
        if self._settling:
            if not known:
                self._record(stand_in)
                self._places.forget()
            return None
        self._flush()
        if not known:
            if usable:
                memory.record(lambda: self._record(stand_in), self._places)
            else:
                memory.forget()
                memory.lists = self._record(stand_in)
                self._places.forget()
        text = artist.get_text() if isinstance(artist, Text) and memory.lists else ""
        self._layers += [
            Layer((*memory.key, display.clip, part), display, text)
            for part, display in enumerate(memory.lists)
        ]
        return None

    def _record(self, stand_in: MethodStandIn) -> list[DisplayList]:
        """Record an artist with all that it draws in turn."""
        self._busy = True
        try:
            return self.recorder.record(stand_in.call)
        finally:
            self._busy = False

    def _measure(self, stand_in: MethodStandIn, renderer: Any = None, **kwargs: Any) -> Any:
        """Return the box of an axis: Axes ask for it to place their titles, engines for layouts."""
        if self._busy or not stand_in.transparent:
            return stand_in.call(renderer, **kwargs)
        if self._drawing:
            self._look_at(stand_in.artist)
        else:
            self._places.forget()  # a layout engine moves Axes
        memory = self._memories[id(stand_in.artist)]
        key = (renderer, *sorted(kwargs.items()))
        return memory.box(lambda: stand_in.call(renderer, **kwargs), key, self._places)

    def _look_at(self, artist: Artist) -> None:
        """Trust what is known of the places while the artists of one Axes follow each other."""
        if artist.axes is not self._axes:
            self._axes = artist.axes
            self._places.forget()

    def _flush(self) -> None:
        """Keep what was drawn by nobody in particular."""
        for part, display in enumerate(self.recorder.take()):
            self._layers.append(Layer((*LOOSE, display.clip, part), display))


def _leaves(parent: Artist) -> Iterator[Artist]:
    """Yield the artists that Matplotlib draws one by one, in no particular order."""
    for child in parent.get_children():
        plain_axes = isinstance(child, Axes) and type(child).draw is Axes.draw
        if (plain_axes or isinstance(child, FigureBase)) and "draw" not in vars(child):
            yield from _leaves(child)
        else:
            yield child


def _size(figure: Figure) -> tuple[float, float, float]:
    return (*figure.get_size_inches().tolist(), figure.dpi)


def _described(size: tuple[float, float, float]) -> str:
    return "{:g} × {:g} inches at {:g} dpi".format(*size)
