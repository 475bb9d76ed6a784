"""Record a figure frame after frame, and draw again only what changed.

`Scene` lets Matplotlib walk through the figure as it always does, so that the order, the layout
and the visibility are Matplotlib's own.  For the time of the recording each artist gets a
``draw`` of its own, which plays back the last recording while nothing that the artist is drawn
from has changed:

- it is not stale, and neither is any of its children;
- the limits, scales and place of its Axes, its transform and its clip are the same;
- the arrays that can be changed in place without Matplotlib's notice are the same.

Whatever is not known well enough to be sure of that is drawn afresh in every frame.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import FigureBase
from matplotlib.text import Text

from vectorplayer.record.recorder import Recorder
from vectorplayer.types import DisplayList, Layer
from vectorplayer.watch.signature import signature, view

LOOSE = ("", "loose")


@dataclass(slots=True)
class _Memory:
    """The last recording of one artist."""

    artist: Artist
    signature: Any
    lists: list[DisplayList]
    family: list[Artist]
    tight_box: Any = None
    dirty: bool = False

    @property
    def stale(self) -> bool:
        return any([member.stale for member in self.family])


class Scene:
    """A figure under observation; use it as a context manager.

    Parameters
    ----------
    figure : `~matplotlib.figure.Figure`
    recorder : Recorder
    trust : bool, default: True
        Play back what did not change.  False draws everything in every frame, which is slower
        and gives the same result.
    """

    def __init__(self, figure: FigureBase, recorder: Recorder, *, trust: bool = True) -> None:
        self.figure, self.recorder, self.trust = figure, recorder, trust
        self._memories: dict[int, _Memory] = {}
        self._fresh: dict[int, _Memory] = {}
        self._views: dict[int, Any] = {}
        self._layers: list[Layer] = []
        self._watched: WeakSet[Artist] = WeakSet()
        self._busy = False
        self._axes_moved = False

    def __enter__(self) -> "Scene":
        return self

    def __exit__(self, *exception: object) -> None:
        for artist in list(self._watched):
            vars(artist).pop("draw", None)
            vars(artist).pop("get_tightbbox", None)

    def capture(self) -> list[Layer]:
        """Return the layers of the figure as it is now, in drawing order."""
        self._layers, self._fresh = [], {}
        self._watch_all()
        views = {id(ax): view(ax) for ax in self.figure.axes}
        self._axes_moved = views != self._views
        self._views = views
        self.figure.draw(self.recorder)
        self._flush()
        self._memories, self._fresh = self._fresh, {}
        return self._layers

    # -- watching ------------------------------------------------------------------------------

    def _watch_all(self) -> None:
        places = {id(ax): place for place, ax in enumerate(self.figure.axes)}
        for artist in _leaves(self.figure):
            if artist not in self._watched:
                self._watched.add(artist)
                self._watch(artist, places)

    def _watch(self, artist: Artist, places: dict[int, int]) -> None:
        draw = artist.draw
        kind = type(artist)
        key = (places.get(id(artist.axes), -1), f"{kind.__module__}.{kind.__qualname__}")

        def draw_or_play_back(renderer: Any, *args: Any, **kwargs: Any) -> Any:
            if renderer is not self.recorder or self._busy:
                # Somebody else draws this artist, which may clear its stale flag.
                memory = self._memories.get(id(artist))
                if memory is not None and not self._busy and memory.stale:
                    memory.dirty = True
                return draw(renderer, *args, **kwargs)
            self._flush()
            memory = self._recall(artist)
            if memory is None:
                memory = self._record(artist, draw)
            self._fresh[id(artist)] = memory
            text = artist.get_text() if isinstance(artist, Text) and memory.lists else ""
            self._layers += [
                Layer((*key, display.clip, part), display, text)
                for part, display in enumerate(memory.lists)
            ]
            return None

        artist.draw = draw_or_play_back
        if isinstance(artist, Axis):
            self._watch_tight_box(artist)

    def _watch_tight_box(self, axis: Axis) -> None:
        """Remember the box of the tick labels: each Axes asks for it to place its title."""
        measure = axis.get_tightbbox

        def remembered(renderer: Any = None, **kwargs: Any) -> Any:
            if renderer is not self.recorder or kwargs:
                return measure(renderer, **kwargs)
            memory = self._recall(axis)
            if memory is None:
                return measure(renderer)
            if memory.tight_box is None:
                memory.tight_box = measure(renderer)
                _settle(axis)
            return memory.tight_box

        axis.get_tightbbox = remembered

    def _recall(self, artist: Artist) -> _Memory | None:
        memory = self._memories.get(id(artist))
        if memory is None or memory.dirty or not self.trust or memory.stale:
            return None
        if isinstance(artist, Axis) and self._axes_moved:
            return None  # aligned labels depend on other Axes
        now = signature(artist, self._views, self.figure.bbox.bounds)
        return memory if now is not None and now == memory.signature else None

    def _record(self, artist: Artist, draw: Callable[[Recorder], None]) -> _Memory:
        self._busy = True
        try:
            lists = self.recorder.record(draw)
        finally:
            self._busy = False
        drawn_from = signature(artist, self._views, self.figure.bbox.bounds)
        return _Memory(artist, drawn_from, lists, _settle(artist))

    def _flush(self) -> None:
        """Keep what was drawn by nobody in particular."""
        for part, display in enumerate(self.recorder.take()):
            self._layers.append(Layer((*LOOSE, display.clip, part), display))


def _leaves(parent: Artist) -> Iterator[Artist]:
    """Yield the artists that Matplotlib draws one by one, in no particular order."""
    for child in parent.get_children():
        plain_axes = isinstance(child, Axes) and type(child).draw is Axes.draw
        if plain_axes or (isinstance(child, FigureBase)):
            yield from _leaves(child)
        else:
            yield child


def _descendants(artist: Artist) -> Iterator[Artist]:
    if isinstance(artist, Axis):  # asking it for its children would make it place its ticks
        children = [artist.label, artist.offsetText, *artist.majorTicks, *artist.minorTicks]
    else:
        children = artist.get_children()
    for child in children:
        yield child
        yield from _descendants(child)


def _settle(artist: Artist) -> list[Artist]:
    """Mark an artist and its family as drawn; Matplotlib leaves out what is empty or hidden."""
    family = [artist, *_descendants(artist)]
    for member in family:
        member.stale = False
    return family
