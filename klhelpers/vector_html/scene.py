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

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection
from matplotlib.figure import FigureBase
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text

from .recorder import DisplayList, Recorder

BEST = 0  # a legend that looks for its place among the data
LOOSE = ("", "loose")


@dataclass(frozen=True, slots=True)
class Layer:
    """What one artist drew: where it stands in the figure, its display list, its text."""

    key: tuple
    display: DisplayList
    text: str = ""


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
        views = {id(ax): _view(ax) for ax in self.figure.axes}
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
        signature = self._signature(artist)
        return memory if signature is not None and signature == memory.signature else None

    def _record(self, artist: Artist, draw: Callable[[Recorder], None]) -> _Memory:
        self._busy = True
        try:
            lists = self.recorder.record(draw)
        finally:
            self._busy = False
        return _Memory(artist, self._signature(artist), lists, _settle(artist))

    def _flush(self) -> None:
        """Keep what was drawn by nobody in particular."""
        for part, display in enumerate(self.recorder.take()):
            self._layers.append(Layer((*LOOSE, display.clip, part), display))

    # -- what an artist is drawn from ----------------------------------------------------------

    def _signature(self, artist: Artist) -> tuple | None:
        """Return what the drawing depends on besides the stale flag, None if unknown."""
        if not type(artist).__module__.startswith("matplotlib."):
            return None
        if artist.get_animated() or artist.get_clip_path() is not None:
            return None
        view = self._views.get(id(artist.axes), self.figure.bbox.bounds)
        if isinstance(artist, Axis):
            return (view,)
        if isinstance(artist, Legend):
            return None if getattr(artist, "_loc", BEST) == BEST else (view,)
        contents = _contents(artist)
        transform = _transform_key(artist, artist.get_transform())
        if contents is None or transform is None:
            return None
        box = artist.get_clip_box()
        return (view, contents, transform, None if box is None else box.bounds)


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


def _view(ax: Axes) -> tuple:
    """Return what places the contents of an Axes: limits, scales, and where it stands."""
    scales = (ax.get_xscale(), ax.get_yscale())
    return (ax.viewLim.bounds, ax.bbox.bounds, ax.get_position().bounds, scales)


def _transform_key(artist: Artist, transform: Any) -> tuple | None:
    matrix = transform.get_affine().get_matrix().tobytes()
    if transform.is_affine:
        return (matrix,)
    ax = artist.axes
    if ax is None or ax.name != "rectilinear" or not transform.contains_branch(ax.transData):
        return None
    # The scales' transforms are compared as objects, which also keeps them alive.
    return (matrix, ax.xaxis.get_transform(), ax.yaxis.get_transform())


def _contents(artist: Artist) -> tuple | None:
    """Return the numbers that an artist may have had changed in place."""
    if isinstance(artist, Annotation):
        return None  # depends on the artists that it points to
    if isinstance(artist, Text | Line2D):
        return (artist.get_gid(),)  # they keep copies, which only their setters change
    if isinstance(artist, Patch):
        return (artist.get_path().vertices.tobytes(),)
    if isinstance(artist, Collection):
        offsets = _transform_key(artist, artist.get_offset_transform())
        if offsets is None:
            return None
        vertices = tuple(path.vertices.tobytes() for path in artist.get_paths())
        return (offsets, vertices, _bytes(artist.get_offsets()), _bytes(artist.get_array()))
    if isinstance(artist, AxesImage):
        return (_bytes(artist.get_array()),)
    return None


def _bytes(array: Any) -> bytes | None:
    return None if array is None else np.ma.filled(np.ma.asarray(array, float), np.nan).tobytes()
