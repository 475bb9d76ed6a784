"""What stands in for methods of artists while a figure is captured, and gives way afterwards."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.artist import Artist

from vectorplayer.watch.known import StandIn


class MethodStandIn(StandIn):
    """An attribute of an artist that is called instead of one of its methods.

    Parameters
    ----------
    artist : `~matplotlib.artist.Artist`
    name : str
        The method.
    act : callable
        What to do instead: it gets the stand-in, then the arguments.
    transparent : bool
        Whether the class defines the method, and the artist has none of its own.
    """

    def __init__(
        self, artist: Artist, name: str, act: Callable[..., Any], transparent: bool
    ) -> None:
        self.artist, self.name, self.transparent = artist, name, transparent
        self._act = act
        self._own: Any = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Act instead of the method."""
        return self._act(self, *args, **kwargs)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call the method itself."""
        if self.transparent:
            return getattr(type(self.artist), self.name)(self.artist, *args, **kwargs)
        return self._own(*args, **kwargs)

    def enter(self) -> None:
        """Take the place of the method."""
        attributes = vars(self.artist)
        if not self.transparent:
            self._own = attributes[self.name]
        attributes[self.name] = self

    def leave(self) -> None:
        """Put back what was there, unless the artist has been given something else meanwhile."""
        attributes = vars(self.artist)
        if attributes.get(self.name) is not self:
            return
        if self.transparent:
            del attributes[self.name]
        else:
            attributes[self.name] = self._own


class StandIns:
    """All stand-ins of a figure, the same ones in each capture: fingerprints know them."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, str, bool], MethodStandIn] = {}

    @contextmanager
    def taking_over(
        self, methods: Iterable[tuple[Artist, str, Callable[..., Any]]]
    ) -> Iterator[None]:
        """Let a function act for each method: artist, name, function."""
        made = {}
        for artist, name, act in methods:
            key = id(artist), name, name not in vars(artist)
            stand_in = self._made.get(key)
            if stand_in is None:
                stand_in = MethodStandIn(artist, name, act, transparent=key[2])
            made[key] = stand_in
        self._made = made
        entered = []
        try:
            for stand_in in made.values():
                stand_in.enter()
                entered.append(stand_in)
            yield
        finally:
            for stand_in in entered:
                stand_in.leave()
