"""Smooth polylines as splines, within the bound."""

import numpy as np
import pytest

from vectorplayer.record.curves import KNOTS, bezier, knots, spline

UNITS = 10


def closed(function, count=300):
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.column_stack(function(angle))


SMOOTH = {
    "circle": (closed(lambda a: (200 * np.cos(a), 200 * np.sin(a))), True),
    "thin ellipse": (closed(lambda a: (200 * np.cos(a), 40 * np.sin(a) + 100 * np.cos(a))), True),
    "clover": (closed(lambda a: ((90 + 9 * np.cos(3 * a)) * np.cos(a), 90 * np.sin(a))), True),
    "wave": (np.column_stack([np.arange(300), 50 * np.sin(np.arange(300) / 40)]), False),
    "straight": (np.column_stack([np.arange(100), np.arange(100) * 2]), False),
}


def distance(points, curve):
    """Largest distance of a point from a densely drawn curve."""
    return max(np.hypot(*(curve - point).T).min() for point in points)


@pytest.mark.parametrize("tolerance", [0.1, 0.5])
@pytest.mark.parametrize("name", SMOOTH)
def test_the_spline_keeps_within_the_tolerance_both_ways(name, tolerance):
    points, is_closed = SMOOTH[name]
    few = knots(points, closed=is_closed, tolerance=tolerance, units=UNITS)
    assert few.dtype == np.int32
    assert len(few) in KNOTS
    assert len(few) < len(points) / 4
    places = np.linspace(0, len(few) - (0 if is_closed else 1), 4000)
    curve = spline(few, places, closed=is_closed) / UNITS
    ring = np.concatenate([points, points[:1]]) if is_closed else points
    dense = np.column_stack(
        [
            np.interp(np.linspace(0, len(ring) - 1, 4000), np.arange(len(ring)), ring[:, k])
            for k in (0, 1)
        ]
    )
    spacing = 1.2  # px between the points of the curve that are looked at, at most
    bound = np.hypot(tolerance * np.sqrt(2), spacing / 2)
    assert distance(points[::7], curve) <= bound
    assert distance(curve[::97], dense) <= bound


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0), (100, 0), (100, 100), (0, 100)] * 5,
        np.random.default_rng(0).uniform(size=(200, 2)) * 100,
        np.column_stack([np.arange(40.0), np.abs(np.arange(40.0) - 20)]),
        np.zeros((30, 2)),
        [(0, 0), (1, 1)],
    ],
    ids=["square", "noise", "corner", "point", "segment"],
)
def test_what_is_not_smooth_is_left_alone(points):
    points = np.array(points, float)
    assert knots(points, closed=False, tolerance=0.1, units=UNITS) is None


def test_knots_move_as_the_shape_moves():
    """Whichever vertex the polyline starts with."""
    points, _ = SMOOTH["thin ellipse"]
    first = knots(points, closed=True, tolerance=0.1, units=UNITS)
    moved = np.roll(points * 1.002 + 0.5, 37, axis=0)
    second = knots(moved, closed=True, tolerance=0.1, units=UNITS)
    assert len(first) == len(second)
    assert np.abs(second - first).max() < 15  # 1.5 px; the shape itself moved by up to 1 px


@pytest.mark.parametrize("is_closed", [False, True])
def test_cubics_are_the_spline(is_closed):
    few = np.random.default_rng(3).integers(0, 5000, (9, 2))
    cubics = bezier(few, closed=is_closed)
    assert cubics.dtype.kind == "i"
    starts = few if is_closed else few[:-1]
    t = 0.3
    drawn = (
        (1 - t) ** 3 * starts
        + 3 * t * (1 - t) ** 2 * cubics[:, 0]
        + 3 * t**2 * (1 - t) * cubics[:, 1]
        + t**3 * cubics[:, 2]
    )
    expected = spline(few, np.arange(len(starts)) + t, closed=is_closed)
    assert np.abs(drawn - expected).max() <= 0.5  # handles are rounded to the grid
