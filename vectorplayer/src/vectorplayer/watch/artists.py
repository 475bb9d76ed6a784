"""What some kinds of artists are drawn from besides their own attributes and their place."""

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.figure import FigureBase
from matplotlib.image import PcolorImage
from matplotlib.legend import Legend
from matplotlib.quiver import Barbs, Quiver, QuiverKey
from matplotlib.text import Annotation
from matplotlib.ticker import (
    AutoLocator,
    AutoMinorLocator,
    FixedLocator,
    LinearLocator,
    MaxNLocator,
    MultipleLocator,
    NullLocator,
)

from vectorplayer import compat
from vectorplayer.watch.fingerprint import Fingerprint, Part
from vectorplayer.watch.links import CannotKnow
from vectorplayer.watch.places import Places

# They place ticks by the limits alone; others look at the data, too.
BY_LIMITS = {
    AutoLocator, AutoMinorLocator, FixedLocator, LinearLocator, MaxNLocator, MultipleLocator,
    NullLocator,
}  # fmt: skip


def fingerprint(artist: Artist, places: Places) -> Fingerprint | None:
    """Return the fingerprint of an artist, None if some of its state cannot be seen."""
    try:
        return Fingerprint([(artist, None), *_more(artist)], places, places.covered(artist))
    except (CannotKnow, RecursionError):  # unknown, or nested too deeply to be walked through
        return None


def _more(artist: Artist) -> list[Part]:
    """Return what an artist is drawn from that its attributes do not lead to."""
    if isinstance(artist, compat.AnyAxes | FigureBase):
        raise CannotKnow(type(artist))  # its artists draw one another's limits
    if isinstance(artist, Legend) and compat.seeks_place(artist):
        raise CannotKnow(type(artist))  # all data of its Axes
    if isinstance(artist, Axis):
        return _of_axis(artist)
    if artist.axes is None:
        return []
    if isinstance(artist, Annotation | PcolorImage):
        return [(artist.axes.patch, None)]
    if isinstance(artist, Quiver | Barbs):
        return [(artist.axes.dataLim, None)]
    if isinstance(artist, QuiverKey):
        axes: Any = artist.Q.axes
        return [(axes.dataLim, None)]
    return []


def _of_axis(axis: Axis) -> list[Part]:
    """Return the spines that the label of an axis avoids, and the data that locators look at."""
    if compat.aligned_with_others(axis):
        raise CannotKnow(type(axis))  # the tick labels of other Axes
    parts: list[Part] = [(spine, None) for spine in axis.axes.spines.values()]
    locators = {type(axis.get_major_locator()), type(axis.get_minor_locator())}
    if axis.get_scale() != "linear" or not locators <= BY_LIMITS:
        parts += [(ax.dataLim, None) for ax in compat.sharing_axes(axis)]
    return parts
