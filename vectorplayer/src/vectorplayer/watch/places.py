"""Axes and figures as what is drawn in them sees them: limits, scales, position, resolution."""

from collections.abc import Mapping
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import FigureBase

from vectorplayer import compat
from vectorplayer.compat import AnyAxes
from vectorplayer.watch.fingerprint import Fingerprint, Part
from vectorplayer.watch.known import known_class
from vectorplayer.watch.links import CannotKnow

# The attributes that artists read of their Axes, its axis objects and their figure.
AXES = (
    "bbox", "_position", "_viewLim", "transScale", "transLimits", "transAxes", "transData",
    "_xaxis_transform", "_yaxis_transform",
)  # fmt: skip
AXIS = ("_converter", "converter", "units", "_scale")
FIGURE = ("bbox", "bbox_relative", "dpi_scale_trans", "transFigure", "transSubfigure", "_dpi")


class Places:
    """Versions of Axes and figures: as long as a version lasts, nothing about a place changed.

    Versions are remembered until `forget`, since an Axes cannot change while Matplotlib draws
    the artists in it one after the other.

    Attributes
    ----------
    epoch : int
        How often `forget` was called.
    """

    def __init__(self) -> None:
        self.epoch = 0
        self._prints: dict[int, tuple[Any, Fingerprint, object]] = {}
        self._current: dict[int, object] = {}
        self._classes: dict[type, bool] = {}
        self._settings = _settings()

    def forget(self) -> None:
        """Look at each place anew, as something may have changed it."""
        self._current.clear()
        self.epoch += 1

    def knows(self, kind: type) -> bool:
        """Tell whether the attributes of the instances of a class are their whole state."""
        if kind not in self._classes:
            self._classes[kind] = known_class(kind)
        return self._classes[kind]

    def version(self, owner: AnyAxes | FigureBase) -> object:
        """Return the version of a place; it is another object after every change."""
        if id(owner) not in self._current:
            self._current[id(owner)] = self._print(owner)[2]
        return self._current[id(owner)]

    def covered(self, artist: Artist) -> Mapping[int, Any]:
        """Return what belongs to the place of an artist, for its fingerprint."""
        owner = artist.axes or artist.get_figure(root=False)
        if owner is None:
            return {}
        self.version(owner)
        return self._prints[id(owner)][1].seen

    def settings_changed(self) -> bool:
        """Tell whether ``rcParams`` changed since the last call."""
        before, self._settings = self._settings, _settings()
        return before != self._settings

    def _print(self, owner: AnyAxes | FigureBase) -> tuple[Any, Fingerprint, object]:
        known = self._prints.get(id(owner))
        if known is None or not known[1].compare():
            if not isinstance(owner, FigureBase) and not self.knows(type(owner)):
                raise CannotKnow(type(owner))
            self._prints[id(owner)] = known = owner, Fingerprint(_parts(owner), self), object()
        return known


def _parts(owner: AnyAxes | FigureBase) -> list[Part]:
    figure: Any = owner if isinstance(owner, FigureBase) else owner.get_figure(root=False)
    things: list[tuple[Any, tuple[str, ...]]]
    things = [(figure.get_figure(root=True), FIGURE), (figure, FIGURE)]
    if not isinstance(owner, FigureBase):
        things.append((owner, AXES))
        things += [(axis, AXIS) for axis in compat.axis_map(owner).values()]
    return [
        (thing, tuple(name for name in names if name in vars(thing))) for thing, names in things
    ]


def _settings() -> tuple[list[Any], list[list[Any]]]:
    """Return all settings, and copies of those that can be changed in place."""
    values = [*dict.values(mpl.rcParams)]
    return values, [value.copy() for value in values if type(value) is list]
