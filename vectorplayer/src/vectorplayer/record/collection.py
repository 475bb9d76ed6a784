"""Collections: many outlines in many paints, written down together.

A collection cycles through its paths, transforms, places and paints, as in Matplotlib's own
renderers.  Few outlines at many places, as in a scatter plot, are *placed*: each outline is
stored once.  Otherwise each item has numbers of its own.
"""

from collections.abc import Sequence
from itertools import cycle
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.path import Path

from vectorplayer.record.outlines import to_grid
from vectorplayer.record.paint import Paint
from vectorplayer.record.paints import different_paints
from vectorplayer.record.plain import plain_paths
from vectorplayer.record.sheet import STRAIGHT_DOWN, Sheet

SHARED = 2  # items per outline, at least, for an outline to be stored apart from its places
SAME = 0.25  # grid steps by which outlines may differ that are stored as one


class Collection(NamedTuple):
    """The items of a collection: item k is path k in paint ``kinds[which[k]]``.

    ``matrices`` has one entry, or one per item; ``shift`` is what follows them, y downwards.
    """

    paths: list[Path]
    matrices: np.ndarray
    shift: np.ndarray
    kinds: list[Paint]
    which: np.ndarray


def add_collection(
    sheet: Sheet,
    clip: int,
    gc: GraphicsContextBase,
    pixels: float,
    master: np.ndarray,
    paths: Sequence[Path],
    transforms: Any,
    places: np.ndarray,
    paints: Sequence[Any],
) -> None:
    """Add the items of a collection to a sheet.

    Parameters
    ----------
    sheet, clip
        Where the items go, and the number of their clip.
    gc : `~matplotlib.backend_bases.GraphicsContextBase`
        What all items share.
    pixels : float
        Pixels per point.
    master : (3, 3) array
        What follows the transforms, up to the place.
    paths, transforms
        As for ``draw_path_collection``.
    places : (n, 2) array
        In pixels, y upwards.
    paints : sequence
        Face colours, edge colours, line widths, line styles and whether edges are smoothed, as
        for ``draw_path_collection``.
    """
    if not len(paths):
        return
    matrices = STRAIGHT_DOWN @ master
    matrices = matrices @ np.asarray(transforms) if len(transforms) else matrices[None]
    count = max(len(paths), len(transforms), len(places))
    shift = np.resize(places * (1, -1) + (0, sheet.height), (count, 2))
    kinds, which = different_paints(count, gc, pixels, *paints)
    seen = np.array([kind.filled or kind.lined for kind in kinds], bool)[which]
    seen &= np.isfinite(shift).all(axis=1)
    outline_of = _outlines(len(paths), matrices, _reach(paths) * sheet.units, count)
    if len(matrices) > 1:
        matrices = np.resize(matrices, (count, 3, 3))[seen]
    kept = Collection(
        [path for path, show in zip(cycle(paths), seen.tolist(), strict=False) if show],
        matrices, shift[seen], kinds, which[seen],
    )  # fmt: skip
    if (outline_of.max() + 1) * SHARED <= count:
        _add_placed(sheet, clip, kept, outline_of[seen], snap=bool(gc.get_snap()))
    else:
        _add_paths(sheet, clip, kept, gc)


def _reach(paths: Sequence[Path]) -> float:
    """Return how far the outlines of a collection reach before their transforms."""
    return max((float(np.abs(path.vertices).max(initial=0)) for path in paths), default=0.0)


def _outlines(paths: int, matrices: np.ndarray, reach: float, count: int) -> np.ndarray:
    """Return for each item the number of its outline: its path, and its transform but the place.

    Transforms that move no vertex by more than `SAME` grid steps are one: thousands of sizes
    make a few hundred outlines.
    """
    path_of = np.arange(count) % paths
    if len(matrices) == 1:
        return path_of
    linear = matrices[:, :2, :2].reshape(-1, 4)
    grid = 2 * SAME / reach if 0 < reach < np.inf else 1.0
    steps = np.rint(np.nan_to_num(linear) / grid)
    _, transform_of = np.unique(steps, axis=0, return_inverse=True)
    pairs = np.resize(transform_of.ravel(), count) * paths + path_of
    _, number = np.unique(pairs, return_inverse=True)
    return np.asarray(number).ravel()


def _add_placed(
    sheet: Sheet, clip: int, items: Collection, outline_of: np.ndarray, *, snap: bool
) -> None:
    """Add items as outlines at places."""
    # Where outlines are snapped to pixels, they depend on the width of their line, too.
    same = outline_of * len(items.kinds) + items.which if snap else outline_of
    _, first, shape_of = np.unique(same, return_index=True, return_inverse=True)
    moves = np.broadcast_to(items.matrices[:, :2, 2], items.shift.shape)
    shapes = []
    for item in first.tolist():
        matrix = items.matrices[item % len(items.matrices)].copy()
        matrix[:2, 2] = 0
        paint = items.kinds[items.which[item]]
        shapes.append(sheet.placed_shape(paint, items.paths[item], matrix, snap=snap))
    places = items.shift + moves
    drawn = np.array([shape is not None for shape in shapes], bool)[shape_of.ravel()]
    places, shape_of, which = places[drawn], shape_of.ravel()[drawn], items.which[drawn]
    if snap:
        places = np.floor(places + 0.5)
    styles = [sheet.style(kind) for kind in items.kinds]
    sheet.add(
        clip,
        tuple(styles[kind] for kind in which.tolist()),
        tuple(shapes[shape] for shape in shape_of.tolist()),
        to_grid(places, sheet.units).ravel(),
    )


def _add_paths(sheet: Sheet, clip: int, items: Collection, gc: GraphicsContextBase) -> None:
    """Add items as paths: those that are plain together, the others one by one."""
    count = len(items.paths)
    if gc.get_snap() or gc.get_sketch_params() or len(items.matrices) > 1:
        for item in range(count):
            _add_path(sheet, clip, items, item, gc)
        return
    plain = plain_paths(
        items.paths, items.matrices[0], items.shift,
        np.array([kind.filled for kind in items.kinds], bool)[items.which],
        np.array([kind.width for kind in items.kinds])[items.which],
        size=(sheet.width, sheet.height), units=sheet.units, snap=gc.get_snap(),
    )  # fmt: skip
    styles = [
        [sheet.style(kind, straight=along) for kind in items.kinds] for along in (False, True)
    ]
    straight, which = plain.straight.tolist(), items.which.tolist()
    start = 0
    for stop in [*np.flatnonzero(~plain.mask).tolist(), count]:
        if start < stop:
            paints = zip(straight[start:stop], which[start:stop], strict=True)
            sheet.add(
                clip,
                tuple(styles[along][kind] for along, kind in paints),
                tuple(sheet.shapes.number(("path", ops)) for ops in plain.ops[start:stop]),
                plain.steps[plain.ends[start] : plain.ends[stop]].ravel(),
            )
        if stop < count:
            _add_path(sheet, clip, items, stop, gc)
        start = stop + 1


def _add_path(
    sheet: Sheet, clip: int, items: Collection, item: int, gc: GraphicsContextBase
) -> None:
    """Add one item as a path."""
    matrix = items.matrices[item % len(items.matrices)].copy()
    matrix[:2, 2] += items.shift[item]
    paint = items.kinds[items.which[item]]
    sheet.add_path(
        clip, paint, items.paths[item], matrix, filled=paint.filled, snap=gc.get_snap(),
        sketch=gc.get_sketch_params(),
    )  # fmt: skip
