"""Smooth polylines as a few knots with a curve through them.

The curve is a Catmull–Rom spline: between two knots it is the cubic whose slopes at the knots are
half the way from the knot before to the knot after.  The knots are all that has to be stored, and
since they are spread evenly from a start that depends on the shape alone, they move as the shape
moves: from frame to frame their differences are small.
"""

from bisect import bisect_left

import numpy as np

KNOTS = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
SHARPEST = 0.5  # rad; a polyline that turns more at a vertex has corners
FEWEST = 10  # steps of a polyline worth the trouble
SPARE = 1.15  # more knots than an arc of circle needs: curvature varies
BENDS = 0.2  # share of the knots that goes to bends, against those spread evenly
SPAN = 3  # vertices on either side over which bends are averaged
AHEAD = 5  # times the tolerance that the spline may be ahead of a vertex, or behind
TRIES = 5  # numbers of knots tried before the polyline is left as it is
DENSE = 2.5  # vertices per knot, at least: fewer do not tell where the curve runs between them
BEND = 0.0231  # distance of the spline from an arc of angle a and radius 1, over a ** 4


def knots(points: np.ndarray, *, closed: bool, tolerance: float, units: float) -> np.ndarray | None:
    """Return the fewest knots whose spline passes all vertices of a polyline closely.

    Parameters
    ----------
    points : (n, 2) array
        The vertices, in pixels.
    closed : bool
        Whether the last vertex is joined to the first.
    tolerance : float
        Largest distance in pixels from a vertex to the spline.
    units : float
        Grid lines per pixel: the knots are rounded to that grid.

    Returns
    -------
    (m, 2) int array or None
        The knots, counted in grid lines; None if the polyline has corners, or would need
        hardly fewer knots than it has vertices.
    """
    if closed and (points[0] != points[-1]).any():
        points = np.concatenate([points, points[:1]])
    steps = points[1:] - points[:-1]
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    if lengths.min() == 0:
        keep = lengths > 0
        steps, lengths = steps[keep], lengths[keep]
        points = np.concatenate([points[:1], points[1:][keep]])
    if len(lengths) < FEWEST:
        return None
    before = np.concatenate([steps[-1:], steps[:-1]]) if closed else steps[:-1]
    after = steps if closed else steps[1:]
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    bent = np.arctan2(cross, (before * after).sum(axis=1))
    turns = np.abs(bent)
    if turns.max() > SHARPEST:
        return None
    total, turned = lengths.sum(), max(turns.sum(), SHARPEST)
    # Most knots are spread evenly over the length, some more where the line bends for long.
    if closed:
        padded = np.concatenate([bent[-SPAN:], bent, bent[: SPAN + 1]])
    else:
        padded = np.concatenate([np.zeros(SPAN + 1), bent, np.zeros(SPAN + 1)])
    bends = np.abs(np.convolve(padded, np.ones(2 * SPAN + 2) / (2 * SPAN + 2), "valid"))
    pace = lengths / total + BENDS * bends / turned
    along = np.concatenate([[0.0], pace.cumsum()])
    if closed:
        points, along = _from_rightmost(points, along)
    expected = SPARE * turned * (BEND * total / turned / tolerance) ** 0.25
    for count in KNOTS[bisect_left(KNOTS, expected) :][:TRIES]:
        if count * DENSE > len(lengths):
            return None
        pieces = count if closed else count - 1
        wanted = np.arange(count) * (along[-1] / pieces)
        found = np.empty((count, 2))
        for axis in (0, 1):
            found[:, axis] = np.interp(wanted, along, points[:, axis])
        found = np.rint(found * units)
        drawn = spline(found, along * (pieces / along[-1]), closed=closed)
        if _close(drawn / units, points, tolerance):
            return found.astype(np.int32)
    return None


def _close(drawn: np.ndarray, points: np.ndarray, tolerance: float) -> bool:
    """Tell whether the spline passes the vertices; what counts is how far beside them.

    A point that is a little ahead of its vertex is as good, unless the line bends meanwhile:
    being ahead by a is worth a²/2r at a bend of radius r.
    """
    off = drawn - points
    ahead = np.empty_like(points)
    ahead[1:-1] = points[2:] - points[:-2]
    ahead[0], ahead[-1] = points[1] - points[0], points[-1] - points[-2]
    length = np.hypot(ahead[:, 0], ahead[:, 1])
    beside = np.abs(off[:, 0] * ahead[:, 1] - off[:, 1] * ahead[:, 0])
    along = np.abs((off * ahead).sum(axis=1))
    near = (beside <= tolerance * length) & (along <= AHEAD * tolerance * length)
    return bool(near.all())


def _from_rightmost(points: np.ndarray, along: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Turn a closed polyline so that it starts where it reaches farthest to the right.

    The place is the top of a parabola through three vertices, so that it moves smoothly.
    """
    total = along[-1]
    count = len(along) - 1
    top = int(points[:-1, 0].argmax())
    order = np.arange(top - 1, top - 1 + count) % count
    ring, place = points[order], (along[order] - along[order[0]]) % total
    (x0, x1, x2), (s0, s1, s2) = ring[:3, 0].tolist(), place[:3].tolist()
    d1, d2 = (x1 - x0) / (s1 - s0), (x2 - x1) / (s2 - s1)
    start = s1 if d1 == d2 else (s0 + s1) / 2 + d1 * (s2 - s0) / 2 / (d1 - d2)
    start = min(max(start, s0), s2)
    cut = int(np.searchsorted(place, start))  # the first vertex that comes after the start
    ring = np.concatenate([ring[cut:], ring[:cut]])
    place = np.concatenate([place[cut:], place[:cut] + total]) - start
    # The start lies on the straight line between the last vertex and the first.
    gap = place[0] + total - place[-1]
    weight = place[0] / gap
    first = ring[-1:] * weight + ring[:1] * (1 - weight)
    return np.concatenate([first, ring, first]), np.concatenate([[0.0], place, [total]])


def spline(knots: np.ndarray, places: np.ndarray, *, closed: bool) -> np.ndarray:
    """Evaluate the spline at places counted in knots."""
    padded = _padded(knots, closed=closed)
    index = np.minimum(places.astype(int), len(padded) - 4)
    t = (places - index)[:, None]
    p0, p1, p2, p3 = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    cubic, square, slope = (3 * (p1 - p2) + p3 - p0) / 2, p0 - 2.5 * p1 + 2 * p2 - p3 / 2, p2 - p0
    points: np.ndarray = p1[index] + t * (slope[index] / 2 + t * (square[index] + t * cubic[index]))
    return points


def bezier(knots: np.ndarray, *, closed: bool) -> np.ndarray:
    """Return the spline as cubic curves: (k, 3, 2) integers, two handles and an end each."""
    padded = _padded(np.asarray(knots, float), closed=closed)
    p0, p1, p2, p3 = (padded[shift : len(padded) - 3 + shift] for shift in range(4))
    first, second = p1 + (p2 - p0) / 6, p2 - (p3 - p1) / 6
    return np.floor(np.stack([first, second, p2], axis=1) + 0.5).astype(int)


def _padded(knots: np.ndarray, *, closed: bool) -> np.ndarray:
    """Add the knots beyond both ends: those of the other end, or mirror images."""
    if closed:
        return np.concatenate([knots[-1:], knots, knots[:2]])
    ends = 2 * knots[[0, -1]] - knots[[1, -2]]
    return np.concatenate([ends[:1], knots, ends[1:]])
