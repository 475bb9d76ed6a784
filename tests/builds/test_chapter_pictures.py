"""The small pictures show what their captions say."""

from io import BytesIO

import numpy as np
import pytest
from chapter_pictures import OPENINGS
from chapter_pictures.analytic_kl import two_gaussians
from chapter_pictures.between_directions import RHO, SCALES, nested
from chapter_pictures.estimates import tail_indices
from chapter_pictures.explore import correlations
from chapter_pictures.families import growth
from chapter_pictures.forward_reverse import both_optima
from chapter_pictures.how_to_walk import errors
from chapter_pictures.trainable_q import descent
from chapter_pictures.traps import two_trainings
from chapter_pictures.which_kl import CENTRE, CORRELATION, contour, two_descents
from pictures import TARGET
from PIL import Image

import klhelpers as kl


def named(picture, name):
    return [path.vertices for style, path in picture.lines if style == name]


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=list(OPENINGS))
def test_picture_fits_its_window_and_is_small(opening):
    picture = opening.draw()
    for _, path in picture.lines:
        assert np.all(np.abs(path.vertices) <= picture.half_height * np.array([1.5, 1]))
    assert len(picture.svg()) < 4000
    assert picture == picture and picture.svg() == opening.draw().svg()


def test_preview_has_the_size_that_its_tags_state():
    png = both_optima().png("A title <with> $signs$", "and a long question, is it not?")
    with Image.open(BytesIO(png)) as image:
        assert image.size == (1200, 630)


def test_target_is_that_of_the_chapters():
    expected = kl.gaussian_target([-0.5, 1.25, 1.0]).scale_tril.numpy()
    np.testing.assert_allclose(TARGET, expected, rtol=1e-6)


def test_divergence_falls_towards_the_floor():
    [curve], [floor] = named(descent(), "reverse"), named(descent(), "reference")
    assert np.all(np.diff(curve[:, 1]) < 0)
    assert 0 < curve[-1, 1] - floor[0, 1] < 0.05 * (curve[0, 1] - floor[0, 1])


def test_optima_are_inside_and_around_the_target():
    p, reverse, forward = (
        np.ptp(named(both_optima(), name)[0], axis=0) for name in ("p", "reverse", "forward")
    )
    np.testing.assert_allclose(forward, p, rtol=0.04)  # the marginal deviations; of control points
    assert np.all(reverse < 0.5 * p)


def test_contours_are_those_of_the_figure():
    assert len(named(two_gaussians(), "p")) == 6
    assert len(named(two_gaussians(), "q")) == 4  # two levels lie above its peak


def test_three_correlations_and_one_q():
    assert len(named(correlations(), "p")) == 3
    assert len(named(correlations(), "q")) == 1


def test_only_the_reverse_optimum_crosses_the_level_of_one_half():
    [reverse], [forward], [half] = (
        named(tail_indices(), name) for name in ("reverse", "forward", "reference")
    )
    assert reverse[0, 1] < half[0, 1] < reverse[-1, 1]
    assert np.all(forward[:, 1] < half[0, 1])
    np.testing.assert_allclose(np.diff(reverse[:, 1]), np.diff(reverse[:2, 1])[0], rtol=1e-6)


def test_each_descent_ends_at_its_own_optimum():
    tril = np.linalg.cholesky([[1, CORRELATION], [CORRELATION, 1]])
    starts = []
    for name in ("reverse", "forward"):
        [path] = named(two_descents(), name)
        best = kl.optimal_diag_gaussian(np.zeros(2), tril, direction=name)
        np.testing.assert_allclose(path[-1] + CENTRE, np.log(best.scale), atol=0.01)
        starts.append(path[0])
    np.testing.assert_array_equal(*starts)


def test_contours_are_those_of_the_reverse_divergence():
    tril = np.linalg.cholesky([[1, CORRELATION], [CORRELATION, 1]])
    scale_tril = np.exp(contour(0.25))[:, :, np.newaxis] * np.eye(2)
    values = kl.kl_gaussian(np.zeros(2), scale_tril, np.zeros(2), tril)
    np.testing.assert_allclose(values, kl.kl_floor(tril, direction="reverse") + 0.25)


def test_the_forward_floor_grows_faster():
    [reverse], [forward] = named(growth(), "reverse"), named(growth(), "forward")
    np.testing.assert_allclose(reverse[0], forward[0])  # in two dimensions they are equal
    assert np.all(np.diff(reverse[:, 1]) > 0) and np.all(np.diff(forward[:, 1]) > 0)
    assert np.all(np.diff(forward[:, 1] - reverse[:, 1]) > 0)


def test_nested_are_the_best_q_of_three_orders():
    picture = nested()
    cov = np.outer(SCALES, SCALES) * np.array([[1, RHO], [RHO, 1]])
    tril = np.linalg.cholesky(cov)
    (of_p,) = named(picture, "p")
    np.testing.assert_allclose(np.linalg.norm(np.linalg.solve(tril, of_p.T), axis=0), 2)
    ratios = {"reverse": 1 - RHO**2, "q": np.sqrt(1 - RHO**2), "forward": 1}  # of the variances
    for name, ratio in ratios.items():
        (outline,) = named(picture, name)
        scale = SCALES * np.sqrt(ratio)
        np.testing.assert_allclose(np.max(outline, axis=0)[0], 2 * scale[0], rtol=1e-8)
        np.testing.assert_allclose(np.linalg.norm(outline / scale, axis=1), 2, rtol=1e-8)


def test_the_training_with_one_slot_lies_above():
    [two], [one] = (named(two_trainings(), name) for name in ("reverse", "reference"))
    assert two[0, 1] == one[0, 1]
    assert np.all(one[1:, 1] > two[1:, 1])


def test_full_and_half_steps_approach_the_mean_of_the_target():
    """Each natural-gradient step shortens the error in the metric of the target's precision."""
    precision = np.array([[1.0, 0.6], [0.6, 1.0]])
    for size in (1.0, 0.5):
        points = errors(size).vertices
        lengths = np.sqrt(np.sum((points @ precision) * points, axis=1))
        assert np.all(np.diff(lengths) < 0)
        np.testing.assert_allclose(points[1], points[0] - size * precision @ points[0])
