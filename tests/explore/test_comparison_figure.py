"""What the first explorer draws is what it says: read from the artists."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from klhelpers import optimal_diag_gaussian
from klhelpers.explore._bivariate import BivariateGaussian
from klhelpers.explore._comparison import compare
from klhelpers.explore._comparison_figure import LEVELS, comparison_figure

P, Q = BivariateGaussian((1, -0.5), (1.5, 0.8), 0.7), BivariateGaussian((0, 0), (0.6, 1.2), -0.3)


@pytest.fixture
def drawn():
    fig, draw = comparison_figure()
    return fig, draw(P, Q)


def half_size(points):
    """Half the width and half the height of a closed curve, and its middle."""
    low, high = points.min(axis=0), points.max(axis=0)
    return (high - low) / 2, (high + low) / 2


@pytest.mark.parametrize(("place", "gaussian"), [(0, P), (1, Q)])
def test_contours_run_where_the_density_has_their_level(drawn, place, gaussian):
    paths = [path for path in drawn[1][place].get_paths()]
    assert len(paths) == len(LEVELS)
    for path, level in zip(paths, LEVELS, strict=True):
        if len(path.vertices):
            ends = path.vertices[::3]  # where the arcs meet, on the ellipse itself
            np.testing.assert_allclose(gaussian.prob(ends), level, rtol=1e-9)
        else:
            assert level > gaussian.prob(np.array([gaussian.loc]))[0]


@pytest.mark.parametrize(("place", "direction"), [(2, "reverse"), (3, "forward")])
def test_outlines_are_the_optima_one_standard_deviation_wide(drawn, place, direction):
    best = optimal_diag_gaussian(P.loc, P.scale_tril, direction=direction)
    size, middle = half_size(drawn[1][place].get_xydata())
    np.testing.assert_allclose(size, best.scale, rtol=1e-5)
    np.testing.assert_allclose(middle, best.loc, atol=1e-5)


def test_bars_floors_and_texts_state_the_divergences(drawn):
    artists = drawn[1][4:]
    for divergence, bar, floor, text in zip(
        compare(P, Q), artists[:2], artists[2:4], artists[4:], strict=True
    ):
        assert bar.get_width() == divergence.value
        np.testing.assert_array_equal(floor.get_xdata(), divergence.floor)
        assert text.get_text().startswith(f"{divergence.arrow} = {divergence.value:.4f} nats")


def test_drawing_again_moves_everything_back(drawn):
    _fig, artists = drawn
    before = [path.vertices.copy() for path in artists[0].get_paths()]
    _fig2, draw = comparison_figure()
    draw(Q, P)
    again = draw(P, Q)
    for old, new in zip(before, again[0].get_paths(), strict=True):
        np.testing.assert_array_equal(old, new.vertices)


def test_p_and_q_differ_in_line_style(drawn):
    p_dashes, q_dashes = (artist.get_linestyle() for artist in drawn[1][:2])
    assert all(pattern is not None for _, pattern in p_dashes)
    assert all(pattern is None for _, pattern in q_dashes)


def test_pyplot_does_not_know_the_figure(drawn):
    assert plt.get_fignums() == []
