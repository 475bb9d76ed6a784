"""The state of everything that can be reached from an artist, to compare with its state later.

A `Fingerprint` walks from object to object through attributes, lists, dictionaries and arrays.
It keeps two things:

- `signature`, the values in the order of the walk.  Equal signatures mean equal pictures.
- links: each object that can change, with its contents as they were.  `holds` looks at them one
  by one, which is much quicker than to walk again.

Whatever may keep a state that the walk cannot see raises `CannotKnow`: an instance of a class of
the user's, a function that reads its surroundings, an object of another library.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import chain, starmap
from operator import call, is_, itemgetter
from types import MethodType
from typing import Any, Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axis import Axis, Tick
from matplotlib.figure import FigureBase

from vectorplayer.compat import AnyAxes
from vectorplayer.watch.known import NOT_DRAWN, constant, constant_class, unread

ARRAYS = (np.ndarray, np.ma.MaskedArray)
SEQUENCES, MAPPINGS, SETS = (list, deque), (dict, OrderedDict), (set, frozenset)

Part = tuple[Any, tuple[str, ...] | None]


class CannotKnow(Exception):
    """Something is drawn from a state that cannot be seen."""


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

    __slots__ = (
        "_arrays",
        "_containers",
        "_fetches",
        "_owners",
        "_places",
        "_roots",
        "_saved",
        "_sizes",
        "seen",
        "signature",
    )  # fmt: skip

    def __init__(
        self, parts: Iterable[Part], places: Surroundings, covered: Mapping[int, Any] | None = None
    ) -> None:
        parts = list(parts)
        self.signature: list[Any] = []
        self.seen = dict(covered or {})
        self._places, self._roots = places, [thing for thing, _ in parts]
        self._containers: list[Any] = []
        self._sizes: list[int] = []
        self._fetches: list[Callable[[Any], tuple]] = []
        self._saved: list[Any] = []
        self._arrays: list[tuple[Any, Any, tuple]] = []
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
            False if something changed.  None if objects were exchanged for others, which may or
            may not be equal: only another fingerprint can tell.
        """
        try:
            if not all(self._places.version(place) is was for place, was in self._owners.values()):
                return False
            return self._arrays_hold() and self._links_hold()
        except (CannotKnow, LookupError):  # something unknown came, or an attribute went
            return None

    def _arrays_hold(self) -> bool:
        return all(
            [
                array.tobytes() == content[0]
                and array.shape == content[1]
                and array.dtype == content[2]
                if type(array := box[key]) is np.ndarray and not array.dtype.hasobject
                else _content(array) == content
                for box, key, content in self._arrays
            ]
        )

    def _links_hold(self) -> bool | None:
        """Compare all contents at once, as objects; look closer only if that fails."""
        if [*map(len, self._containers)] != self._sizes:
            return None
        found = [*chain.from_iterable(map(call, self._fetches, self._containers))]
        if all(map(is_, found, self._saved)):
            return True
        exchanged = [
            (new, old)
            for new, old in zip(found, self._saved, strict=True)
            if not (new is old or (type(new) is type(old) and type(new) in ARRAYS))
        ]
        if not all(starmap(_equal, exchanged)):
            return False if any(starmap(_changed, exchanged)) else None
        self._saved = found
        return True

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
            content = _content(value)
            self._arrays.append((container, key, content))
            return note(content)
        if isinstance(value, AnyAxes | FigureBase):
            version = self._places.version(value)
            self._owners[id(value)] = value, version
            return note(version)
        if kind in SEQUENCES:
            return self._sequence(value)
        if kind in MAPPINGS:
            return self._mapping(value)
        if kind in SETS and all(constant_class(type(item)) for item in value):
            elements = _elements(value)
            self._link(_elements, value, elements)
            return note((kind, *elements))
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
        self._attributes(thing, _names(type(thing), unread(thing), tuple(vars(thing))))
        if isinstance(thing, list):
            self._sequence(thing)
        elif isinstance(thing, dict):
            self._mapping(thing)

    def _attributes(self, thing: Any, names: tuple[str, ...]) -> None:
        attributes, fetch = vars(thing), _fetcher(names)
        values = fetch(attributes)
        self._link(fetch, attributes, values)
        self.signature += (type(thing), names)
        in_tick = isinstance(thing, Tick)
        note = self.signature.append
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
        self._link(tuple, sequence, tuple(sequence))
        self.signature.append((type(sequence), len(sequence)))
        self._items(sequence)

    def _mapping(self, mapping: dict) -> None:
        self._link(_flat, mapping, _flat(mapping))
        self.signature.append((type(mapping), len(mapping)))
        for key, value in mapping.items():
            self._visit(key, None, None)
            self._visit(value, mapping, key)

    def _items(self, sequence: Any) -> None:
        for place, item in enumerate(sequence):
            self._visit(item, sequence, place)

    def _link(self, fetch: Callable[[Any], tuple], container: Any, values: tuple) -> None:
        """Keep what `fetch` gets out of a container."""
        self._containers.append(container)
        self._sizes.append(len(container))
        self._fetches.append(fetch)
        self._saved += values


@cache
def _names(kind: type, unread_names: frozenset[str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in unread_names)


@cache
def _fetcher(names: tuple[str, ...]) -> Callable[[dict], tuple]:
    """Return a function that takes some values out of a dictionary."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda attributes: tuple([attributes[name] for name in names])


def _flat(mapping: dict) -> tuple:
    return tuple(chain(mapping, mapping.values()))


def _elements(elements: set) -> tuple:
    return (frozenset(elements),)


def _content(array: np.ndarray) -> tuple:
    """Return what is in an array, to be compared by ``==``."""
    if type(array) not in ARRAYS:
        raise CannotKnow(type(array))
    if array.dtype.hasobject:
        items = array.ravel().tolist()
        if not all(constant_class(type(item)) for item in items):
            raise CannotKnow(array.dtype)
        return (array.shape, *zip(map(type, items), items, strict=True))
    if type(array) is np.ndarray:
        return array.tobytes(), array.shape, array.dtype
    mask = array.mask
    return array.data.tobytes(), array.shape, array.dtype, mask.tobytes(), mask.shape


def _equal(new: Any, old: Any) -> bool:
    """Tell whether two values are constants that are drawn alike."""
    if new is old:
        return True
    if type(new) is not type(old):
        return False
    if type(new) is tuple:
        return len(new) == len(old) and all(map(_equal, new, old))
    if type(new) is frozenset:
        return new == old
    return constant_class(type(new)) and bool(new == old)


def _changed(new: Any, old: Any) -> bool:
    """Tell whether two values are constants, and different ones."""
    return constant_class(type(new)) and constant_class(type(old)) and not _equal(new, old)
