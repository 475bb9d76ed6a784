"""Where the knots of a curve lie, and which curves are taken: compared with plain loops."""

from itertools import pairwise

import numpy as np
import pytest

from vectorplayer.record.curves import KNOTS, _close, _from_rightmost, knots, spline

ANGLE = np.linspace(0, 2 * np.pi, 400, endpoint=False)
EGG = np.column_stack([90 * np.cos(ANGLE) + 9 * np.cos(2 * ANGLE), 60 * np.sin(ANGLE) + 7])
TIME = np.arange(0, 120, 0.3)
WAVE = np.column_stack([TIME, 20 * np.sin((TIME + 9) ** 1.3 / 45)])
UNITS = 100


def places(points, is_closed):
    """Where each vertex is along its line: by length, and further where the line bends."""
    steps = [b - a for a, b in pairwise(points)]
    lengths = [float(np.hypot(*step)) for step in steps]

    def bend(k):
        """Turn from step k - 1 to step k."""
        if not is_closed and not 0 < k < len(steps):
            return 0.0
        a, b = steps[(k - 1) % len(steps)], steps[k % len(steps)]
        return float(np.arctan2(a[0] * b[1] - a[1] * b[0], a @ b))

    inner = range(len(steps)) if is_closed else range(1, len(steps))
    turned = max(sum(abs(bend(k)) for k in inner), 0.5)
    along = [0.0]
    for k, length in enumerate(lengths):
        near = sum(bend(k + shift) for shift in range(-3, 5)) / 8
        along.append(along[-1] + length / sum(lengths) + 0.2 * abs(near) / turned)
    return np.array(along)


def spread(points, along, count, is_closed):
    """Knots at equal distances along the line, on the grid."""
    wanted = np.linspace(0, along[-1], count + 1 if is_closed else count)[:count]
    return np.column_stack([np.rint(np.interp(wanted, along, x) * UNITS) for x in points.T])


@pytest.mark.parametrize("tolerance", [0.03, 0.1, 0.4])
@pytest.mark.parametrize("line", [WAVE, WAVE[:150], WAVE[::-1] * [1, -2]], ids=range(3))
def test_knots_of_an_open_line(line, tolerance):
    found = knots(line, closed=False, tolerance=tolerance, units=UNITS)
    assert (found == spread(line, places(line, False), len(found), False)).all()


@pytest.mark.parametrize("tolerance", [0.03, 0.1, 0.4])
@pytest.mark.parametrize("start", [0, 1, 170, 399])
def test_knots_of_a_closed_line(start, tolerance):
    line = np.roll(EGG, -start, axis=0)
    ring = np.concatenate([line, line[:1]])
    found = knots(line, closed=True, tolerance=tolerance, units=UNITS)
    turned, along = _from_rightmost(ring, places(ring, True))
    assert (found == spread(turned, along, len(found), True)).all()
    assert (found == knots(ring, closed=True, tolerance=tolerance, units=UNITS)).all()


@pytest.mark.parametrize("is_closed", [False, True])
def test_vertices_that_repeat_change_nothing(is_closed):
    line = EGG if is_closed else WAVE
    twice = np.repeat(line, 1 + (np.arange(len(line)) % 5 == 3), axis=0)
    once = knots(line, closed=is_closed, tolerance=0.1, units=UNITS)
    assert (knots(twice, closed=is_closed, tolerance=0.1, units=UNITS) == once).all()
    twice = np.concatenate([line[:1], line])
    assert (knots(twice, closed=is_closed, tolerance=0.1, units=UNITS) == once).all()


def arc(turn, steps):
    """A line of steps of 30 pixels that turns by the same angle at each vertex."""
    angle = turn * np.arange(steps)
    steps = 30 * np.column_stack([np.cos(angle), np.sin(angle)])
    return np.concatenate([[[0.0, 0.0]], steps.cumsum(axis=0)])


@pytest.mark.parametrize(("turn", "taken"), [(0.49, True), (-0.49, True), (0.51, False)])
def test_a_sharp_turn_is_a_corner(turn, taken):
    step = np.array([np.cos(turn), np.sin(turn)])
    line = np.concatenate([np.arange(-20, 1)[:, None] * [1, 0], np.arange(1, 21)[:, None] * step])
    assert (knots(line, closed=False, tolerance=5, units=UNITS) is not None) == taken


@pytest.mark.parametrize(("steps", "taken"), [(9, False), (10, True)])
def test_a_short_line_is_left_alone(steps, taken):
    assert (knots(arc(0.01, steps), closed=False, tolerance=9, units=UNITS) is not None) == taken


@pytest.mark.parametrize(("steps", "taken"), [(14, False), (15, True)])
def test_there_are_more_vertices_than_knots(steps, taken):
    """Six knots are not enough for 14 steps, since a knot stands for 2.5 of them."""
    line = arc(0.45, steps)
    count = next(n for n in KNOTS if n > 4)
    found = knots(line, closed=False, tolerance=20, units=UNITS)
    if taken:
        assert len(found) == count
    else:
        assert found is None


# A line to the right, one pixel per vertex, whose drawn points are off by so much.
@pytest.mark.parametrize("place", [0, 4, 9])
@pytest.mark.parametrize(
    ("off", "near"),
    [
        ((0, 0.24), True),
        ((0, -0.24), True),
        ((0, 0.26), False),
        ((0, -0.26), False),
        ((1.24, 0), True),
        ((-1.24, 0), True),
        ((1.26, 0), False),
        ((-1.26, 0), False),
        ((1.24, 0.24), True),
    ],
)
@pytest.mark.parametrize("direction", [(1, 0), (0, -1), (0.6, 0.8)])
def test_how_far_a_spline_may_be_beside_a_vertex_and_ahead_of_it(place, off, near, direction):
    x, y = direction
    points = np.arange(10.0)[:, None] * [x, y] + [7, 3]
    drawn = points.copy()
    drawn[place] += off[0] * np.array([x, y]) + off[1] * np.array([-y, x])
    assert _close(drawn, points, 0.25) is near


def test_what_is_ahead_of_a_vertex_is_the_way_from_the_one_before_to_the_one_after():
    """At the ends it is the first step and the last; these differ in direction here."""
    points = np.array([[5, 3], [6, 3], [7, 4], [7, 5], [6, 6.0]])
    for place, ahead in enumerate([(1, 0), (2, 1), (1, 2), (-1, 2), (-1, 1)]):
        for share, near in [(4.9, True), (5.1, False)]:
            drawn = points.copy()
            drawn[place] += 0.1 * share * np.array(ahead) / np.hypot(*ahead)
            assert _close(drawn, points, 0.1) is near


def ring(count=8, shift=0.3):
    angle = np.arange(count) * 2 * np.pi / count + shift
    points = np.column_stack([np.cos(angle), np.sin(angle)]) * [5, 3]
    return np.concatenate([points, points[:1]])


@pytest.mark.parametrize("shift", [-0.38, -0.3, 0.0, 0.02, 0.3, 0.38])
@pytest.mark.parametrize("start", range(8))
def test_a_closed_line_starts_at_the_top_of_a_parabola(start, shift):
    points = np.roll(ring(shift=shift)[:-1], start, axis=0)
    points = np.concatenate([points, points[:1]])
    along = np.concatenate([[0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    turned, place = _from_rightmost(points, along)

    top = points[:-1, 0].argmax()
    three = [(top + k) % 8 for k in (-1, 0, 1)]
    s = np.array([along[k] for k in three])
    s[0] -= along[-1] * (s[0] > s[1])
    s[2] += along[-1] * (s[2] < s[1])
    a, b, _ = np.polyfit(s, points[three, 0], 2)
    expected = np.clip(-b / (2 * a), s[0], s[2]) % along[-1]

    assert place[0] == 0
    assert place[-1] == pytest.approx(along[-1])
    assert (turned[0] == turned[-1]).all()
    assert turned[0] == pytest.approx(
        [np.interp(expected, along, points[:, axis]) for axis in (0, 1)]
    )
    assert len(turned) == len(place) == len(points) + 1
    for point, where in zip(turned[1:-1], place[1:-1], strict=True):  # the rest stays in order
        at = (where + expected) % along[-1]
        assert point == pytest.approx([np.interp(at, along, points[:, k]) for k in (0, 1)])
    assert (np.diff(place) >= 0).all()


def test_three_vertices_on_a_line_have_no_top():
    """All of an edge is farthest to the right: its first vertex in the list is the start."""
    points = np.array([[2, 2], [2, 3], [0, 4], [-1, 2], [0, 0], [2, 1], [2, 2.0]])
    along = np.concatenate([[0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    turned, place = _from_rightmost(points, along)
    assert turned[0] == pytest.approx(points[0])
    assert place[-1] == pytest.approx(along[-1])


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_spline_has_the_slopes_of_its_knots(is_closed):
    """A cubic in Hermite's form, whose slope at a knot is half the way between its neighbours."""
    few = np.random.default_rng(8).uniform(-50, 50, (7, 2))
    if is_closed:
        around = [few[k % 7] for k in range(-1, 9)]
    else:
        around = [2 * few[0] - few[1], *few, 2 * few[-1] - few[-2]]
    pieces = 7 if is_closed else 6
    for place in np.linspace(0, pieces, 40):
        k = min(int(place), pieces - 1)
        t = place - k
        before, start, end, after = around[k : k + 4]
        expected = (
            (2 * t**3 - 3 * t**2 + 1) * start
            + (t**3 - 2 * t**2 + t) * (end - before) / 2
            + (-2 * t**3 + 3 * t**2) * end
            + (t**3 - t**2) * (after - start) / 2
        )
        drawn = spline(few, np.array([place]), closed=is_closed)
        assert drawn[0] == pytest.approx(expected)
