"""The mesh, the contours on it, and the Axes they are drawn on: artists, not pixels."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy.stats import multivariate_normal

from klhelpers import density_grid, plot_density_contours

LEVELS = np.linspace(1e-4, 10**-0.8, 20)
NORMAL = multivariate_normal([0.5, -1.0], [[1.0, 0.3], [0.3, 0.5]])


class Tensor:
    """As much of a TensorFlow tensor as NumPy needs to read it."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype=dtype)


class WithDensity:
    def __init__(self, d):
        self.event_shape = (d,)

    def prob(self, x):
        return np.ones(len(x))


def contour_set(ax):
    (contours,) = ax.collections
    return contours


# -- density_grid --------------------------------------------------------------------------------


def test_grid_is_a_square_mesh():
    X1, X2 = density_grid()
    assert X1.shape == X2.shape == (200, 200)
    np.testing.assert_array_equal(X1, np.tile(np.linspace(-5, 5, 200), (200, 1)))
    np.testing.assert_array_equal(X2, X1.T)


def test_grid_takes_limits_and_number():
    X1, X2 = density_grid((-1, 3), num=5)
    assert X1[0].tolist() == X2[:, 0].tolist() == [-1, 0, 1, 2, 3]
    assert X1.dtype == X2.dtype == np.float64


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"limits": (5, -5)},
            ValueError,
            r"limits must be two increasing finite .*; got \(5, -5\)",
        ),
        ({"limits": (1, 1)}, ValueError, r"limits must be two increasing finite .*; got \(1, 1\)"),
        ({"limits": (0, np.inf)}, ValueError, r"limits must be two increasing finite .* inf\)"),
        ({"limits": (0, 1, 2)}, ValueError, r"limits must be two increasing .*; got \(0, 1, 2\)"),
        ({"limits": "ab"}, TypeError, r"limits must hold real numbers; got dtype <U2"),
        (
            {"limits": (-1e308, 1e308)},
            ValueError,
            r"limits must have a finite distance; got \(-1e\+308, 1e\+308\)",
        ),
        ({"num": 1}, ValueError, r"num must be at least 2; got 1"),
        ({"num": 10.0}, TypeError, r"num must be a whole number; got 10\.0"),
    ],
)
def test_grid_refuses(arguments, error, message):
    with pytest.raises(error, match=message):
        density_grid(**arguments)


def test_grid_may_be_as_wide_as_float64():
    X1, _ = density_grid((0, 1e308), num=3)
    assert X1[0].tolist() == [0, 5e307, 1e308]


# -- plot_density_contours -----------------------------------------------------------------------


def test_called_as_the_lecture_calls_it():
    _, ax = plt.subplots()
    X1, X2 = density_grid(num=60)
    kwargs = {"levels": LEVELS, "cmap": "cividis", "alpha": 0.5}
    assert plot_density_contours(NORMAL.pdf, X1, X2, kwargs, ax=ax) is ax
    contours = contour_set(ax)
    np.testing.assert_array_equal(contours.levels, LEVELS)
    assert contours.get_cmap().name == "cividis"
    assert contours.get_alpha() == 0.5
    assert set(kwargs) == {"levels", "cmap", "alpha"}  # the caller's mapping stays as it was


def test_contours_run_where_the_density_has_the_level():
    X1, X2 = density_grid((-4, 4), num=300)
    contours = contour_set(plot_density_contours(NORMAL.pdf, X1, X2, {"levels": [0.02, 0.1]}))
    for level, path in zip(contours.levels, contours.get_paths(), strict=True):
        assert len(path.vertices) > 100
        np.testing.assert_allclose(NORMAL.pdf(path.vertices), level, rtol=2e-3)


def test_rows_and_columns_are_not_mixed_up():
    """A mesh of different length and range along its axes."""
    X1, X2 = np.meshgrid(np.linspace(0, 4, 9), np.linspace(10, 12, 5))
    contours = contour_set(plot_density_contours(lambda x: x[:, 0], X1, X2, {"levels": [1.25]}))
    (path,) = contours.get_paths()
    np.testing.assert_allclose(path.vertices[:, 0], 1.25)
    assert np.ptp(path.vertices[:, 1]) == 2


def test_two_rows_and_columns_are_enough():
    X1, X2 = density_grid((0, 1), num=2)
    contours = contour_set(plot_density_contours(lambda x: x[:, 0], X1, X2, {"levels": [0.25]}))
    np.testing.assert_allclose(contours.get_paths()[0].vertices[:, 0], 0.25)


def test_density_sees_all_points_once():
    seen = []

    def density(x):
        seen.append(x)
        return NORMAL.pdf(x)

    X1, X2 = density_grid(num=4)
    plot_density_contours(density, X1, X2)
    (points,) = seen
    np.testing.assert_array_equal(points, np.column_stack([X1.ravel(), X2.ravel()]))


@pytest.mark.parametrize("convert", [Tensor, np.float32, list], ids=["tensor", "float32", "list"])
def test_density_may_return_anything_numpy_reads(convert):
    X1, X2 = density_grid(num=30)
    plain = contour_set(plot_density_contours(NORMAL.pdf, X1, X2, {"levels": [0.05]}))
    other = contour_set(
        plot_density_contours(lambda x: convert(NORMAL.pdf(x)), X1, X2, {"levels": [0.05]})
    )
    one, two = plain.get_paths()[0].vertices, other.get_paths()[0].vertices
    np.testing.assert_allclose(one, two, atol=1e-5)


def test_density_of_a_tensorflow_distribution():
    from klhelpers import lecture_target

    p = lecture_target()
    contours = contour_set(plot_density_contours(p.prob, *density_grid(), {"levels": [0.05]}))
    density = multivariate_normal([0, 0], p.covariance().numpy()).pdf
    np.testing.assert_allclose(density(contours.get_paths()[0].vertices), 0.05, rtol=2e-3)


def test_a_new_figure_by_default():
    _, current = plt.subplots()
    ax = plot_density_contours(NORMAL.pdf, *density_grid(num=20))
    assert ax.figure is not current.figure
    assert len(current.collections) == 0
    assert ax.figure.get_size_inches().tolist() == [7, 7]


def test_draws_on_its_axes_alone_and_keeps_what_is_there():
    _, (left, right) = plt.subplots(1, 2)
    plt.sca(right)
    left.plot([0, 1], [0, 1])
    left.set_title("kept")
    figures = plt.get_fignums()
    plot_density_contours(NORMAL.pdf, *density_grid(num=20), ax=left)
    assert (len(left.lines), len(left.collections), left.get_title()) == (1, 1, "kept")
    assert len(right.collections) == 0
    assert plt.get_fignums() == figures


def test_leaves_the_settings_alone():
    before = dict(plt.rcParams)
    plot_density_contours(NORMAL.pdf, *density_grid(num=20))
    assert dict(plt.rcParams) == before


X1, X2 = density_grid(num=10)


def nan_at(*points):
    def density(x):
        values = NORMAL.pdf(x)
        values[list(points)] = np.nan
        return values

    return density


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"density": 3}, TypeError, r"density must be callable, like p\.prob; got 3"),
        ({"X2": X2[:5]}, ValueError, r"X1 and X2 must be meshes .*; got \(10, 10\) and \(5, 10\)"),
        (
            {"X1": X1[0], "X2": X2[0]},
            ValueError,
            r"meshes of one shape .*; got \(10,\) and \(10,\)",
        ),
        ({"X1": X1[:1], "X2": X2[:1]}, ValueError, r"two rows and columns .*; got \(1, 10\)"),
        ({"X1": X1 + np.inf}, ValueError, r"^X1 must be finite; got"),
        ({"X2": X2 + np.inf}, ValueError, r"^X2 must be finite; got"),
        ({"X1": X1.astype(str)}, TypeError, r"X1 must hold real numbers; got dtype <U"),
        (
            {"density": lambda x: np.ones((len(x), 2))},
            ValueError,
            r"density must return one value for each .*, shape \(100,\); got \(100, 2\)",
        ),
        ({"density": lambda x: 1.0}, ValueError, r"density must return one value .*; got \(\)"),
        (
            {"density": nan_at(13, 57)},
            ValueError,
            r"density must not return NaN; it did at 2 of 100 points, first at \(-1\.6+\d*, -3\.8+",
        ),
        (
            {"density": NORMAL.logpdf},
            ValueError,
            r"density must not be negative; it is at 100 of 100 points, first -\d.* at "
            r"\(-5\.0, -5\.0\): pass p\.prob, .* not p\.log_prob",
        ),
        (
            {"density": WithDensity(3).prob},
            ValueError,
            r"density must be of two dimensions, event shape \(2,\); got \(3,\)",
        ),
        (
            {"contour_kwargs": {"levels": [0.2, 0.1]}},
            ValueError,
            r"levels must be .*increasing; .*0\.2",
        ),
        (
            {"contour_kwargs": {"levels": [0.1, 0.1]}},
            ValueError,
            r"levels must be .*increasing; .*0\.1",
        ),
        ({"contour_kwargs": {"levels": [0.1, np.nan]}}, ValueError, r"levels must be finite .*nan"),
        ({"contour_kwargs": {"levels": 0}}, ValueError, r"^levels must be at least 1; got 0"),
        ({"contour_kwargs": [("levels", 3)]}, TypeError, r"^contour_kwargs must be a mapping; got"),
        ({"ax": "new"}, TypeError, r"^ax must be an Axes of Matplotlib; got 'new'"),
        ({"contour_kwargs": {"levels": []}}, ValueError, r"levels must be finite .*; got \[\]"),
    ],
)
def test_bad_input_is_named_and_leaves_no_figure(changed, error, message):
    good = {"density": NORMAL.pdf, "X1": X1, "X2": X2}
    with pytest.raises(error, match=message):
        plot_density_contours(**good | changed)
    assert plt.get_fignums() == []


def test_a_number_of_levels_is_matplotlib_s_own():
    ax = plot_density_contours(NORMAL.pdf, *density_grid(num=30), {"levels": 4})
    assert 3 <= len(contour_set(ax).levels) <= 6
