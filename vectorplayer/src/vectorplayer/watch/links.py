"""Objects that can change, with their contents as they were: a quick way to see a change."""

import operator
from collections.abc import Callable
from functools import cache
from itertools import chain, repeat, starmap
from operator import attrgetter, getitem, is_, itemgetter
from typing import Any

import numpy as np

from vectorplayer.watch.known import constant_class

ARRAYS = (np.ndarray, np.ma.MaskedArray)

FORM = attrgetter("shape", "dtype")
_call: Any = operator.call  # its type fits no `map`
_BYTES: Callable[[Any], bytes] = np.ndarray.tobytes

Fetch = Callable[[Any], tuple[Any, ...]]


class CannotKnow(Exception):
    """Something is drawn from a state that cannot be seen."""


class Links:
    """Contents of attributes, containers and arrays at one time, to compare with those of later.

    All are compared at once.  As long as nothing changes, the lists that are compared hold the
    same objects, which is quick to see.
    """

    def __init__(self) -> None:
        # Plain arrays of numbers, and all others.
        self._holders_of_arrays: list[Any] = []
        self._keys: list[Any] = []
        self._bytes: list[bytes] = []
        self._forms: list[tuple[Any, ...]] = []
        self._others: list[tuple[Any, Any, tuple[Any, ...]]] = []
        # The values that a function takes out of a container.
        self._containers: list[Any] = []
        self._sizes: list[int] = []
        self._fetches: list[Fetch] = []
        self._saved: list[Any] = []

    def add(self, container: Any, fetch: Fetch) -> tuple[Any, ...]:
        """Keep what `fetch` takes out of a container, and return it."""
        values = fetch(container)
        self._containers.append(container)
        self._sizes.append(len(container))
        self._fetches.append(fetch)
        self._saved += values
        return values

    def add_array(self, container: Any, key: Any) -> tuple[Any, ...]:
        """Keep the contents of an array that stands in a container, and return them."""
        array = container[key]
        content = _content(array)
        if type(array) is np.ndarray and not array.dtype.hasobject:
            self._holders_of_arrays.append(container)
            self._keys.append(key)
            self._bytes.append(content[0])
            self._forms.append(FORM(array))
        else:
            self._others.append((container, key, content))
        return content

    def compare(self) -> bool | None:
        """Tell whether all contents are as they were.

        Returns
        -------
        bool or None
            False if something changed.  None if objects were exchanged for others, which may or
            may not be equal.
        """
        if not self._arrays_hold():
            return False
        if [*map(len, self._containers)] != self._sizes:
            return None
        found = [*chain.from_iterable(map(_call, self._fetches, self._containers))]
        return all(map(is_, found, self._saved)) or self._look_closer(found)

    def _arrays_hold(self) -> bool:
        arrays = [*map(getitem, self._holders_of_arrays, self._keys)]
        return (
            all(map(is_, map(type, arrays), repeat(np.ndarray)))
            and [*map(_BYTES, arrays)] == self._bytes
            and [*map(FORM, arrays)] == self._forms
            and all([_content(box[key]) == content for box, key, content in self._others])
        )

    def _look_closer(self, found: list[Any]) -> bool | None:
        """Let equal constants stand for one another."""
        exchanged = [
            (new, old)
            for new, old in zip(found, self._saved, strict=True)
            if not (new is old or (type(new) is type(old) and type(new) in ARRAYS))
        ]
        if not all(starmap(_equal, exchanged)):
            return False if any(starmap(_changed, exchanged)) else None
        self._saved = found
        return True


@cache
def fetcher(names: tuple[str, ...]) -> Fetch:
    """Return a function that takes some values out of a dictionary."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda attributes: tuple([attributes[name] for name in names])


def _content(array: np.ndarray) -> tuple[Any, ...]:
    """Return what is in an array, to be compared by ``==``."""
    if type(array) not in ARRAYS:
        raise CannotKnow(type(array))
    if array.dtype.hasobject:
        items = array.ravel().tolist()
        if not all(constant_class(type(item)) for item in items):
            raise CannotKnow(array.dtype)
        return (array.shape, *zip(map(type, items), items, strict=True))
    if not isinstance(array, np.ma.MaskedArray):
        return array.tobytes(), array.shape, array.dtype
    mask = np.asarray(array.mask)
    return array.data.tobytes(), array.shape, array.dtype, mask.tobytes(), mask.shape


def _equal(new: Any, old: Any) -> bool:
    """Tell whether two values are the same constant, as far as drawing goes."""
    if new is old:
        return True
    if type(new) is not type(old):
        return False
    if type(new) is tuple:
        return len(new) == len(old) and all(map(_equal, new, old))
    if type(new) is frozenset:
        return bool(new == old)
    return constant_class(type(new)) and bool(new == old)


def _changed(new: Any, old: Any) -> bool:
    """Tell whether two values are constants, and different ones."""
    return constant_class(type(new)) and constant_class(type(old)) and not _equal(new, old)
