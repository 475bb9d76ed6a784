"""What an artist is drawn from, besides what its stale flag tells.

Two equal signatures of an artist that is not stale mean the same picture.  Where that cannot be
known, the signature is None, and the artist is drawn afresh.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Transform

BEST = 0  # a legend that looks for its place among the data


def view(ax: Axes) -> tuple:
    """Return what places the contents of an Axes: limits, scales, and where it stands."""
    scales = (ax.get_xscale(), ax.get_yscale())
    return (ax.viewLim.bounds, ax.bbox.bounds, ax.get_position().bounds, scales)


def signature(artist: Artist, views: Mapping[int, tuple], canvas: tuple) -> tuple | None:
    """Return the signature of an artist.

    Parameters
    ----------
    artist : `~matplotlib.artist.Artist`
    views : mapping of int to tuple
        What `view` gives for each Axes of the figure, by ``id``.
    canvas : tuple
        Place and size of the figure.
    """
    if not type(artist).__module__.startswith("matplotlib."):
        return None
    if artist.get_animated() or artist.get_clip_path() is not None:
        return None
    seen = views.get(id(artist.axes), canvas)
    if isinstance(artist, Axis):
        return (seen,)
    if isinstance(artist, Legend):
        return None if getattr(artist, "_loc", BEST) == BEST else (seen,)
    contents = _contents(artist)
    transform = _transform_key(artist, artist.get_transform())
    if contents is None or transform is None:
        return None
    box = artist.get_clip_box()
    return (seen, contents, transform, None if box is None else box.bounds)


def _transform_key(artist: Artist, transform: Transform) -> tuple | None:
    matrix = transform.get_affine().get_matrix().tobytes()
    if transform.is_affine:
        return (matrix,)
    ax = artist.axes
    if ax is None or ax.name != "rectilinear" or not transform.contains_branch(ax.transData):
        return None
    # The scales' transforms are compared as objects, which also keeps them alive.
    return (matrix, ax.xaxis.get_transform(), ax.yaxis.get_transform())


def _contents(artist: Artist) -> tuple | None:
    """Return the numbers that may have been changed in place."""
    if isinstance(artist, Annotation):
        return None  # depends on the artists that it points to
    if isinstance(artist, Text | Line2D):
        return ()  # they keep copies, which only their setters change
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
