"""What is remembered of one artist: its last recording, and what that was drawn from."""

from collections.abc import Callable, Hashable
from typing import Any

from matplotlib.artist import Artist

from vectorplayer.types import DisplayList
from vectorplayer.watch.artists import fingerprint
from vectorplayer.watch.fingerprint import Fingerprint
from vectorplayer.watch.places import Places

LONGEST_WAIT = 32  # frames


class Memory:
    """The last recording of an artist, and whether it can be used again.

    A recording is used again only if drawing left the state of the artist as it was; otherwise
    drawing might give something else the next time.  Fingerprints take time, too: an artist that
    changed whenever one was compared is drawn without one for some frames, and so is a new
    artist in its first frame: it may be gone in the next.

    Parameters
    ----------
    artist : `~matplotlib.artist.Artist`
    key : tuple
        Where its layers stand in the figure.

    Attributes
    ----------
    lists : list of DisplayList
        The last recording.
    """

    __slots__ = (
        "_boxes",
        "_boxes_print",
        "_epoch",
        "_known",
        "_misses",
        "_print",
        "_wait",
        "artist",
        "key",
        "lists",
    )  # fmt: skip

    def __init__(self, artist: Artist, key: tuple[Any, ...]) -> None:
        self.artist, self.key = artist, key
        self.lists: list[DisplayList] = []
        self._print: Fingerprint | None = None
        self._known, self._epoch = False, -1
        self._wait, self._misses = 1, 0
        self._boxes: dict[Hashable, Any] = {}
        self._boxes_print: Fingerprint | None = None

    def forget(self) -> None:
        """Do not use the last recording again."""
        self._print = self._boxes_print = None

    def holds(self, places: Places) -> bool:
        """Tell whether the artist would be drawn as it was the last time."""
        if self._print is None:
            return False
        if self._epoch != places.epoch:
            unchanged = self._print.compare()
            if not unchanged:
                now = None if unchanged is False else fingerprint(self.artist, places)
                if not self._print.same(now):
                    self._print = None
                    self._missed()
                    return False
                self._print = now
            self._epoch, self._misses = places.epoch, 0
        return True

    def record(self, record: Callable[[], list[DisplayList]], places: Places) -> None:
        """Record an artist that is drawn as its class draws it."""
        waiting = self._wait > 0
        before = after = None
        if waiting:
            self._wait -= 1
        else:
            before = after = fingerprint(self.artist, places)
            self._known = before is not None
        self.lists = record()
        if not self._known:
            places.forget()  # code of the user's may have run
        unchanged = before is None or before.compare()
        if not unchanged:
            after = None if unchanged is False else fingerprint(self.artist, places)
            if before is None or not before.same(after):
                after = None
        if after is None and not waiting:
            self._missed()
        self._print, self._epoch = after, places.epoch

    def box(self, measure: Callable[[], Any], key: Hashable, places: Places) -> Any:
        """Return what `measure` gave the last time that the artist was in this state.

        Measuring for another renderer moves labels; once the artist was drawn again, it is in
        the state for which the box was found.
        """
        if not self.holds(places):
            return measure()
        if self._print is None or not self._print.same(self._boxes_print):
            self._boxes, self._boxes_print = {}, self._print
        if key not in self._boxes:
            self._boxes[key] = measure()
            self._epoch = -1
        box = self._boxes[key]
        return None if box is None else box.frozen()

    def _missed(self) -> None:
        self._misses += 1
        self._wait = min(4 << self._misses, LONGEST_WAIT)
