"""The third explorer: heights, curvature and paths against second computations."""

import numpy as np
import pytest

from klhelpers import explore_landscape, kl_gaussian
from klhelpers.explore._descent import Descent
from klhelpers.explore._landscape_figure import LandscapeFigure
from klhelpers.explore._planes import PLANES

DIRECTIONS = ("reverse", "forward")
CASES = [("mean", 0.7), ("mean", 1.6), ("scales", 0.0), ("scales", -0.9)]
DESCENT = Descent("mean", 1.0, (3.0, -1.0), 0.1, 40)
H = 1e-4


def points(name):
    (x0, x1), (y0, y1) = PLANES[name].limits
    rng = np.random.default_rng(7)
    return rng.uniform(x0, x1, 50), rng.uniform(y0, y1, 50)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(("name", "shape"), CASES)
def test_hessian_agrees_with_finite_differences(name, shape, direction):
    plane, (x, y) = PLANES[name], points(name)

    def kl(i, j):
        return plane.kl(shape, direction, x + i * H, y + j * H)

    middle = kl(0, 0)
    differences = np.empty((len(x), 2, 2))
    differences[:, 0, 0] = (kl(1, 0) - 2 * middle + kl(-1, 0)) / H**2
    differences[:, 1, 1] = (kl(0, 1) - 2 * middle + kl(0, -1)) / H**2
    cross = (kl(1, 1) - kl(1, -1) - kl(-1, 1) + kl(-1, -1)) / (4 * H**2)
    differences[:, 0, 1] = differences[:, 1, 0] = cross
    exact = plane.hessian(shape, direction, x, y)
    scale = np.abs(exact).max(axis=(1, 2), keepdims=True) + middle[:, None, None]
    assert np.all(np.abs(exact - differences) < 1e-5 * scale)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(("name", "shape"), CASES)
def test_shade_is_where_an_eigenvalue_is_negative(name, shape, direction):
    plane, (x, y) = PLANES[name], points(name)
    eigenvalues = np.linalg.eigvalsh(plane.hessian(shape, direction, x, y))
    np.testing.assert_array_equal(plane.not_convex(shape, direction, x, y), eigenvalues[:, 0] < 0)


def test_only_forward_is_not_convex_and_beyond_one_scale_of_p():
    x, y = points("mean")
    np.testing.assert_array_equal(PLANES["mean"].not_convex(0.7, "forward", x, y), np.abs(x) > 0.7)
    assert not PLANES["mean"].not_convex(0.7, "reverse", x, y).any()
    x, y = points("scales")
    for direction in DIRECTIONS:
        assert not PLANES["scales"].not_convex(-0.9, direction, x, y).any()


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(("name", "shape"), CASES)
def test_optimum_is_lower_than_its_surroundings(name, shape, direction):
    plane = PLANES[name]
    best = np.array(plane.optimum(shape, direction))
    least = plane.kl(shape, direction, *best)
    for angle in np.linspace(0, 2 * np.pi, 12):
        x, y = best + 0.01 * np.array([np.cos(angle), np.sin(angle)])
        assert plane.kl(shape, direction, x, y) > least


def test_heights_are_the_closed_form():
    kl = PLANES["scales"].kl(0.8, "reverse", 0.3, -0.2)
    tril = np.array([[1, 0], [0.8, 0.6]])
    assert kl == pytest.approx(kl_gaussian([0, 0], np.diag(np.exp([0.3, -0.2])), [0, 0], tril))


@pytest.mark.parametrize("name", PLANES)
def test_path_lies_on_the_landscape(name):
    start = {"mean": (3.0, -1.0), "scales": (-2.0, 1.0)}[name]
    shape = {"mean": 1.0, "scales": 0.8}[name]
    for direction, path in Descent(name, shape, start, 0.1, 40).paths().items():
        assert path.shape == (41, 3)
        np.testing.assert_allclose(path[0, :2], start, rtol=1e-12)
        heights = PLANES[name].kl(shape, direction, path[:, 0], path[:, 1])
        np.testing.assert_allclose(path[:, 2], heights, rtol=1e-9)
        assert path[-1, 2] < path[0, 2]


def test_figure_draws_the_path_as_far_as_the_step():
    figure, paths = LandscapeFigure(DESCENT), DESCENT.paths()
    line, start, here, title, *_ = figure.draw(paths, 10)
    np.testing.assert_array_equal(line.get_xydata(), paths["reverse"][:11, :2])
    np.testing.assert_array_equal(start.get_xydata()[0], DESCENT.start)
    np.testing.assert_array_equal(here.get_xydata()[0], paths["reverse"][10, :2])
    assert title.get_text() == f"Reverse KL(q‖p) = {paths['reverse'][10, 2]:.4f} nats"


def test_shade_ends_at_one_scale_of_p():
    figure = LandscapeFigure(DESCENT)
    reverse, forward = figure.fig.axes
    (shade,) = [c for c in forward.collections if c.get_facecolor().size]
    edges = np.unique(
        np.abs(np.concatenate([p.vertices for p in shade.get_paths()])[:, 0]).round(3)
    )
    assert edges.min() == pytest.approx(1, abs=2e-3)
    assert all(
        len(c.get_paths()[0].vertices) == 0 for c in reverse.collections if c.get_facecolor().size
    )


@pytest.fixture
def panel():
    explorer = explore_landscape(num_steps=20)
    yield explorer.panel
    explorer.close()


def test_start_is_dragged_and_both_paths_follow(panel):
    panel.start[0].value = -2.0
    for path in panel.paths.values():
        assert path[0, 0] == pytest.approx(-2)
    assert f"KL(p‖q) = {panel.paths['forward'][-1, 2]:.4f} nats" in panel.picture.markup
    assert panel.message.text == ""


def test_steps_are_gone_through(panel):
    panel.step.value = 5
    assert f"KL(q‖p) = {panel.paths['reverse'][5, 2]:.4f} nats" in panel.picture.markup
    panel.num_steps.value = 30
    assert panel.step.max == panel.step.value == 30
    assert len(panel.paths["forward"]) == 31


def test_plane_changes_names_and_ranges(panel):
    before = panel.picture._back.value
    panel.plane.value = "scales"
    assert panel.picture._back.value != before
    assert [slider.description for slider in panel.start] == [
        "start log scale 1",
        "start log scale 2",
    ]
    assert (panel.shape.description, panel.shape.max) == ("correlation of p", 0.99)
    assert (panel.start[0].min, panel.start[0].max) == (-3, 1.5)
    panel.shape.value = -2
    assert panel.shape.value == -0.99
    panel.plane.value = "mean"
    assert panel.shape.value == 0.3  # the nearest that is a scale
    assert panel.message.text == ""


def test_error_is_shown(panel, monkeypatch):
    monkeypatch.setattr(Descent, "paths", lambda self: 1 / 0)
    panel.start[0].value = 0.5
    assert "ZeroDivisionError" in panel.message.text


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"plane": "sky"}, ValueError, "plane must be one of mean, scales; got 'sky'"),
        ({"shape_p": 0}, ValueError, "shape_p must lie between 0.3 and 2.5; got 0"),
        ({"plane": "scales", "shape_p": 1}, ValueError, "shape_p must lie between -0.99 and"),
        ({"start": (9, 0)}, ValueError, "start mean must lie between -4 and 4; got 9.0"),
        ({"start": (0,)}, ValueError, "start must be two numbers, mean and log scale"),
        ({"start": (np.nan, 0)}, ValueError, "start must be finite"),
        ({"num_steps": 501}, ValueError, "num_steps must lie between 1 and 500; got 501"),
        ({"num_steps": 1.5}, TypeError, "num_steps must be a whole number"),
        ({"learning_rate": 1}, ValueError, "learning_rate must lie between 0.001 and 0.5"),
    ],
)
def test_invalid_settings_are_named(options, error, message):
    with pytest.raises(error, match=message):
        explore_landscape(**options)


def test_page_shows_both_divergences_at_every_step():
    html = explore_landscape(num_steps=8).player.html
    paths = Descent("mean", 1.0, (3.0, -1.0), 0.1, 8).paths()
    for step in range(9):
        values = [f"KL(q‖p) = {paths['reverse'][step, 2]:.4f} nats"]
        values += [f"KL(p‖q) = {paths['forward'][step, 2]:.4f} nats"]
        assert "   ".join([f"step {step}", *values]) in html
