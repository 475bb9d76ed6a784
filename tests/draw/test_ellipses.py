"""The contours of a Gaussian are checked against its density."""

import numpy as np
import pytest
from matplotlib.path import Path
from scipy.stats import multivariate_normal

from klhelpers.draw.ellipses import _unit_circle, contour_paths, contour_radii

LEVELS = np.linspace(1e-4, 10**-0.8, 20)
GAUSSIANS = {
    "standard": ([0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]]),
    "lecture's target": ([0.0, 0.0], [[0.8688682, 0.0], [0.6666248, 1.0177136]]),
    "shifted": ([3.0, -2.0], [[0.5, 0.0], [0.0, 1.5]]),
    "correlation 0.9999": ([1.0, 1.0], [[1.0, 0.0], [0.9999, np.sqrt(1 - 0.9999**2)]]),
    "negative correlation": ([0.0, 1.0], [[2.0, 0.0], [-1.0, 0.3]]),
}


def bezier_points(path, per_arc=25):
    """Points all along the path's cubic arcs, by the Bernstein polynomials."""
    t = np.linspace(0, 1, per_arc)[:, np.newaxis]
    vertices, codes = path.vertices, path.codes
    assert codes[0] == Path.MOVETO
    assert set(codes[1:]) == {Path.CURVE4}
    return np.concatenate(
        [
            (1 - t) ** 3 * vertices[i - 1]
            + 3 * t * (1 - t) ** 2 * vertices[i]
            + 3 * t**2 * (1 - t) * vertices[i + 1]
            + t**3 * vertices[i + 2]
            for i in range(1, len(vertices), 3)
        ]
    )


def test_the_unit_circle_is_nearly_one():
    """Its arcs touch at eighths of a turn; all vertices, handles too, are spread evenly."""
    path = Path(_unit_circle(), [Path.MOVETO] + 24 * [Path.CURVE4])
    angle = np.arange(9) * np.pi / 4
    np.testing.assert_allclose(
        path.vertices[::3], np.column_stack([np.cos(angle), np.sin(angle)]), atol=1e-15
    )
    x, y = bezier_points(path).T
    np.testing.assert_allclose(np.hypot(x, y), 1, atol=5e-6)
    assert np.hypot(x, y).max() > 1 + 4e-6
    np.testing.assert_allclose(np.diff(np.unwrap(np.arctan2(y, x))).sum(), 2 * np.pi)


@pytest.mark.parametrize("name", GAUSSIANS)
def test_density_is_the_level_all_along_each_path(name):
    loc, scale_tril = (np.array(part) for part in GAUSSIANS[name])
    density = multivariate_normal(loc, scale_tril @ scale_tril.T).pdf
    peak = density(loc)
    drawn = 0
    for level, path in zip(LEVELS, contour_paths(loc, scale_tril, LEVELS), strict=True):
        if level < peak:
            np.testing.assert_allclose(density(bezier_points(path)), level, rtol=1e-4)
            drawn += 1
        else:
            assert len(path.vertices) == 0
    assert drawn > 10


def test_paths_are_closed_and_go_once_round():
    loc, scale_tril = (np.array(part) for part in GAUSSIANS["lecture's target"])
    (path,) = contour_paths(loc, scale_tril, LEVELS[:1])
    points = bezier_points(path)
    np.testing.assert_allclose(points[0], points[-1], atol=1e-12)
    (radius,) = contour_radii(scale_tril, LEVELS[:1])
    np.testing.assert_allclose(points[0], loc + radius * scale_tril[:, 0])
    x, y = np.linalg.solve(scale_tril, (points - loc).T)
    turned = np.diff(np.unwrap(np.arctan2(y, x)))
    assert np.all(turned > -1e-12)
    np.testing.assert_allclose(turned.sum(), 2 * np.pi)


def test_level_above_the_peak_is_an_empty_path():
    peak = 1 / (2 * np.pi)
    below, above = contour_paths(np.zeros(2), np.eye(2), np.array([0.99 * peak, 1.01 * peak]))
    assert len(below.vertices) > 0
    assert len(above.vertices) == 0


def test_radii_of_a_standard_normal():
    radii = np.array([0.5, 1.0, 3.0])
    levels = np.exp(-(radii**2) / 2) / (2 * np.pi)
    np.testing.assert_allclose(contour_radii(np.eye(2), levels), radii, rtol=1e-12)


def test_a_factor_of_single_precision_is_computed_in_double():
    single = np.array(GAUSSIANS["lecture's target"][1], np.float32)
    ours, theirs = (contour_paths(np.zeros(2), x, LEVELS) for x in (single, single.astype(float)))
    for path, expected in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(path.vertices, expected.vertices)


def test_radii_have_batch_axes():
    scale_trils = np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [5.0, 2.0]]])
    batch = contour_radii(scale_trils, LEVELS)
    assert batch.shape == (2, len(LEVELS))
    for row, scale_tril in zip(batch, scale_trils, strict=True):
        np.testing.assert_array_equal(row, contour_radii(scale_tril, LEVELS))


def test_very_narrow_density_keeps_its_contours():
    scale_tril = np.diag([1e-160, 1e-160])  # its determinant underflows to 0
    (radius,) = contour_radii(scale_tril, np.array([1.0]))
    np.testing.assert_allclose(radius, np.sqrt(2 * (320 * np.log(10) - np.log(2 * np.pi))))
