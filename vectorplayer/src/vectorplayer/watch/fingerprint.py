"""The state of everything that can be reached from an artist, to compare with its state later.

A `Fingerprint` walks from object to object through attributes, lists, dictionaries and arrays.
It keeps two things:

- `signature`, the values in the order of the walk.  Equal signatures mean equal pictures.
- links: each object that can change, with its contents.  `compare` looks at them one by one,
  which is much quicker than to walk again.

Whatever may keep a state that the walk cannot see raises `CannotKnow`: an instance of a class of
the user's, a function that reads its surroundings, an object of another library.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from operator import is_
from types import MethodType
from typing import Any, Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axis import Axis, Tick
from matplotlib.figure import FigureBase

from vectorplayer.compat import AnyAxes
from vectorplayer.watch.known import NOT_DRAWN, constant, constant_class, unread
from vectorplayer.watch.links import ARRAYS, CannotKnow, Links, fetcher

Part = tuple[Any, tuple[str, ...] | None]


class Surroundings(Protocol):
    """What a fingerprint asks about classes, Axes and figures; see `places.Places`."""

    def knows(self, kind: type) -> bool: ...  # noqa: D102

    def version(self, owner: AnyAxes | FigureBase) -> object: ...  # noqa: D102


class Fingerprint:
    """What some objects are drawn from, as it is now.

    Parameters
    ----------
    parts : iterable of (object, tuple of str or None)
        Where the walk begins: objects, and the names of their attributes that matter, None for
        all that are read by ``draw``.
    places : Surroundings
        It knows classes, and gives the versions of Axes and figures, which are not walked into.
    covered : mapping of int to object, optional
        What is not walked into, by ``id``, and the token that stands for it in the signature.

    Raises
    ------
    CannotKnow
    """

    __slots__ = ("_links", "_owners", "_places", "_roots", "seen", "signature")

    def __init__(
        self, parts: Iterable[Part], places: Surroundings, covered: Mapping[int, Any] | None = None
    ) -> None:
        parts = list(parts)
        self.signature: list[Any] = []
        self.seen = dict(covered or {})
        self._places, self._roots = places, [thing for thing, _ in parts]
        self._links = Links()
        self._owners: dict[int, tuple[Any, object]] = {}
        for thing, names in parts:
            if names is None:
                self._visit(thing, None, None)
            else:
                self._attributes(thing, names)

    def same(self, other: "Fingerprint | None") -> bool:
        """Tell whether both were taken of the same state."""
        if other is None or len(self.signature) != len(other.signature):
            return False
        kinds = map(is_, map(type, self.signature), map(type, other.signature))
        return all(kinds) and self.signature == other.signature

    def compare(self) -> bool | None:
        """Tell whether everything is as it was when the fingerprint was taken.

        Returns
        -------
        bool or None
            False if something changed.  None if only another fingerprint can tell.
        """
        try:
            if not all(self._places.version(place) is was for place, was in self._owners.values()):
                return False
            return self._links.compare()
        except (CannotKnow, LookupError):  # something unknown came, or an attribute went
            return None

    # -- the walk ------------------------------------------------------------------------------

    def _visit(self, value: Any, container: Any, key: Any) -> None:
        kind, note = type(value), self.signature.append
        if constant_class(kind):
            return note(value)
        if kind is tuple or (issubclass(kind, tuple) and hasattr(kind, "_fields")):
            note((kind, len(value)))
            return self._items(value)
        if id(value) in self.seen:
            return note(self.seen[id(value)])
        self.seen[id(value)] = ("seen", len(self.seen))
        if kind in ARRAYS:
            return note(self._links.add_array(container, key))
        if isinstance(value, AnyAxes | FigureBase):
            version = self._places.version(value)
            self._owners[id(value)] = value, version
            return note(version)
        if kind in (list, deque):
            return self._sequence(value)
        if kind in (dict, OrderedDict):
            return self._mapping(value)
        if kind in (set, frozenset) and all(constant_class(type(item)) for item in value):
            return note((kind, *self._links.add(value, _elements)))
        if kind is MethodType and constant(value.__func__):
            note(value.__func__)
            return self._visit(value.__self__, None, None)
        if constant(value):
            return note(kind if isinstance(value, NOT_DRAWN) else value)
        if isinstance(value, Axis) and not any(value is root for root in self._roots):
            raise CannotKnow(kind)
        if self._places.knows(kind):
            return self._thing(value)
        raise CannotKnow(kind)

    def _thing(self, thing: Any) -> None:
        if isinstance(thing, tuple | np.ndarray | set | frozenset | deque):
            raise CannotKnow(type(thing))
        self._attributes(thing, _names(unread(thing), tuple(vars(thing))))
        if isinstance(thing, list):
            self._sequence(thing)
        elif isinstance(thing, dict):
            self._mapping(thing)

    def _attributes(self, thing: Any, names: tuple[str, ...]) -> None:
        attributes, note = vars(thing), self.signature.append
        values = self._links.add(attributes, fetcher(names))
        self.signature += (type(thing), names)
        in_tick = isinstance(thing, Tick)
        for name, value in zip(names, values, strict=True):
            if constant_class(type(value)):
                note(value)
            elif in_tick and self._is_hidden(value):
                self._attributes(value, ("_visible",))
            else:
                self._visit(value, attributes, name)

    def _is_hidden(self, part: Any) -> bool:
        """Tell whether a part of a tick is not drawn, whatever else is true of it."""
        return (
            isinstance(part, Artist)
            and self._places.knows(type(part))
            and "draw" not in vars(part)
            and not part.get_visible()
        )

    def _sequence(self, sequence: Any) -> None:
        self._links.add(sequence, tuple)
        self.signature.append((type(sequence), len(sequence)))
        self._items(sequence)

    def _mapping(self, mapping: dict[Any, Any]) -> None:
        self._links.add(mapping, _keys_and_values)
        self.signature.append((type(mapping), len(mapping)))
        for key, value in mapping.items():
            self._visit(key, None, None)
            self._visit(value, mapping, key)

    def _items(self, sequence: Any) -> None:
        for place, item in enumerate(sequence):
            self._visit(item, sequence, place)


@cache
def _names(unread_names: frozenset[str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in unread_names)


def _keys_and_values(mapping: dict[Any, Any]) -> tuple[Any, ...]:
    return tuple(chain(mapping, mapping.values()))


def _elements(elements: set[Any]) -> tuple[Any, ...]:
    return (frozenset(elements),)
