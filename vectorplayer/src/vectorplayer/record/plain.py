"""Short outlines that need no care: a three-dimensional surface has thousands of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.path import Path

from vectorplayer.record.outlines import AXIAL, LETTERS, STRAIGHT_LINES, to_grid
from vectorplayer.record.points import codes_of, vertices_of

SHORT = 8  # vertices; longer outlines are worth thinning


class Plain(NamedTuple):
    """Operations and steps of the items that ``mask`` names; the others have none.

    The steps of item k are ``steps[ends[k]:ends[k + 1]]``.  ``straight`` names the items whose
    lines all run along the axes.
    """

    mask: np.ndarray
    straight: np.ndarray
    ops: list[str]
    steps: np.ndarray
    ends: np.ndarray


def plain_paths(
    paths: Sequence[Path],
    matrix: np.ndarray,
    shift: np.ndarray,
    filled: np.ndarray,
    widths: np.ndarray,
    *,
    size: tuple[float, float],
    units: float,
    snap: bool | None,
) -> Plain:
    """Compute all outlines together that are plain.

    Plain means few vertices, straight lines, finite, and nothing that Matplotlib would clip (lines
    that leave the canvas).  As in Matplotlib, lines that all run along the axes are snapped to
    pixels, unless ``snap`` is False.

    Parameters
    ----------
    paths : sequence of `~matplotlib.path.Path`
    matrix : (3, 3) array
        The transform of all outlines, to pixels, y downwards.
    shift : (n, 2) array
        What follows it for each outline.
    filled : (n,) array of bool
        Whether an outline bounds an area.
    widths : (n,) array of float
        Widths of the lines in pixels.
    size : tuple of float
        Width and height of the canvas.
    units : float
        Grid lines per pixel.
    snap : bool or None
        As in the graphics context.
    """
    known: dict[bytes | int, str] = {}
    ops = [_operations(path, known) for path in paths]
    mask = np.array([text != "" for text in ops])
    chosen = np.flatnonzero(mask)
    if not len(chosen):
        return Plain(mask, mask, ops, np.zeros((0, 2), np.int32), np.zeros(len(paths) + 1, int))
    some = [paths[k] for k in chosen.tolist()]
    vertices = [vertices_of(path) for path in some]
    sizes = np.array([len(points) for points in vertices])
    starts = sizes.cumsum() - sizes
    used = np.concatenate([_used(path) for path in some])
    points = np.concatenate(vertices) @ matrix[:2, :2].T + matrix[:2, 2]
    points += np.repeat(shift[chosen], sizes, axis=0)

    axial = (np.abs(_steps(points, starts)) < AXIAL).any(axis=1) | ~used
    axial[starts] = True
    inside = ((points > -1) & (points < np.add(size, 1))).all(axis=1) | ~used
    along, within, finite = (
        np.logical_and.reduceat(rows, starts)
        for rows in (axial, inside, np.isfinite(points).all(axis=1))
    )
    good = finite & (filled[chosen] | within)
    mask[chosen[~good]] = False
    straight = np.zeros(len(paths), bool)
    straight[chosen] = along & good
    if snap is not False:
        odd = np.rint(widths[chosen]) % 2  # such a line covers whole pixels around their middle
        snapped = np.floor(points + 0.5) + np.repeat(odd / 2, sizes)[:, None]
        points = np.where(np.repeat(along, sizes)[:, None], snapped, points)
    lengths = np.zeros(len(paths), int)
    lengths[chosen] = np.add.reduceat(used, starts, dtype=int) * good
    ends = np.concatenate([[0], lengths.cumsum()])
    points = to_grid(points[np.repeat(good, sizes) & used], units)
    ops = [text if plain else "" for text, plain in zip(ops, mask.tolist(), strict=True)]
    return Plain(mask, straight, ops, _steps(points, ends[:-1][mask]), ends)


def _operations(path: Path, known: dict[bytes | int, str]) -> str:
    """Return the operations of a short outline of straight lines, else nothing."""
    count, codes = len(vertices_of(path)), codes_of(path)
    if count > SHORT:
        return ""
    key = count if codes is None else codes.tobytes()
    if key not in known:
        if codes is None:
            known[key] = "M" + "L" * (count - 1) if count > 1 else ""
        else:
            straight = STRAIGHT_LINES.issuperset(codes.tolist()) and Path.LINETO in codes
            known[key] = codes.tobytes().translate(LETTERS).decode() if straight else ""
    return known[key]


def _used(path: Path) -> np.ndarray:
    """Tell which vertices of an outline are drawn to: those of ``CLOSEPOLY`` are not."""
    codes = codes_of(path)
    if codes is None:
        return np.ones(len(vertices_of(path)), bool)
    return np.asarray(codes != Path.CLOSEPOLY)


def _steps(points: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return the step to each vertex, but the place of each first vertex."""
    steps = points.copy()
    steps[1:] -= points[:-1]
    steps[starts] = points[starts]
    return steps
