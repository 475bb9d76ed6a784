"""Fits in one dimension, and of a q that is no Gaussian vector: read from the artists."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from scipy import stats

from klhelpers import Trajectory, animate_fit, density_grid
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions

X = np.linspace(-6, 6, 49)
X1, X2 = density_grid((-4, 4), num=120)
LEVELS = np.array([0.02, 0.05, 0.1])
LOSS = np.array([2.0, 1.0, 0.5, 0.25])
LOCS = np.array([-2.0, -1.0, 0.0, 0.5])
SCALES = np.array([0.5, 0.7, 1.0, 1.2])
ON_A_LINE = Trajectory("reverse", LOSS, LOCS[:, np.newaxis], SCALES[:, np.newaxis, np.newaxis])


class LogTarget:
    """A target that is known up to a factor, by the logarithm of its density alone."""

    def __init__(self, factor=3.0):
        self.factor, self.shapes = factor, []

    def log_prob(self, x):
        self.shapes.append(x.shape)
        x = x.reshape(len(x), -1)
        return np.log(self.factor) - np.sum(x**2, axis=1) / 2


class Normal:
    def prob(self, x):
        return stats.norm.pdf(x).reshape(len(x))


def laplace(event_ndims=0):
    """A trainable Laplace q: of a number, or of two independent ones."""
    shape = (2,) * event_ndims
    q = tfd.Laplace(
        tf.Variable(tf.zeros(shape, tf.float64), name="loc"),
        tfp.util.TransformedVariable(np.full(shape, 3.0), tfb.Exp(), name="scale"),
    )
    return tfd.Independent(q, event_ndims) if event_ndims else q


def variables(loc, scale):
    values = {"loc": loc, "scale": scale}
    return [tf.Variable(value, dtype=tf.float64, name=name) for name, value in values.items()]


LAPLACE = Trajectory("reverse", LOSS, parameters={"loc": LOCS, "scale": SCALES})
LAPLACE_IN_TWO = Trajectory(
    "forward",
    LOSS,
    parameters={
        "loc": np.column_stack([LOCS, -LOCS]),
        "scale": np.column_stack([SCALES, SCALES[::-1]]),
    },
)


def draw(animation, entry):
    """Draw one frame; return its Axes."""
    animation._draw_was_started = True  # its deletion would warn that it was never drawn
    animation._draw_next_frame(entry, blit=False)
    return animation._fig.axes


def curves(ax):
    """Points of p and of q."""
    return [np.array(line.get_data(), dtype=float) for line in ax.lines]


def paths(ax):
    (collection,) = (c for c in ax.collections if type(c) is PathCollection)
    return collection.get_paths()


# -- one dimension -------------------------------------------------------------------------------


def test_a_gaussian_on_a_line_has_its_own_curve_at_each_step():
    animation = animate_fit(ON_A_LINE, Normal(), X1=X)
    for entry in range(4):
        (ax,) = draw(animation, entry)
        (x_of_p, of_p), (x_of_q, of_q) = curves(ax)
        np.testing.assert_array_equal(x_of_p, X)
        np.testing.assert_allclose(of_p, stats.norm.pdf(X))
        np.testing.assert_allclose(of_q, stats.norm.pdf(x_of_q, LOCS[entry], SCALES[entry]))
        assert (x_of_q[0], x_of_q[-1]) == (X[0], X[-1])
        assert ax.get_title(loc="left") == f"Reverse KL(q‖p)\nStep {entry}: {LOSS[entry]:.4f} nats"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["p", "q"]
    assert [line.get_linestyle() for line in ax.lines] == ["--", "-"]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_ylim()[0]) == ("$x$", "density", 0)


def test_the_peak_of_a_narrow_gaussian_is_not_lost_between_points():
    narrow = Trajectory("forward", [1.0, 0.5], [[0.1], [0.1]], np.full((2, 1, 1), 1e-3))
    (ax,) = draw(animate_fit(narrow, Normal(), X1=X), 1)
    _, (_, of_q) = curves(ax)
    np.testing.assert_allclose(of_q.max(), stats.norm.pdf(0, scale=1e-3), rtol=1e-9)


@pytest.mark.parametrize(("start", "top"), [(0.001, 3.24), (0.5, 2.16)])
def test_a_high_start_does_not_flatten_the_others(start, top):
    scales = np.array([start, 1.0])[:, np.newaxis, np.newaxis]
    fit = Trajectory("forward", [1.0, 0.5], np.zeros((2, 1)), scales)
    (ax,) = draw(animate_fit(fit, Normal(), X1=X), 0)
    np.testing.assert_allclose(ax.get_ylim(), (0, top * stats.norm.pdf(0)), rtol=1e-6)


def test_another_q_on_a_line_is_drawn_at_the_points():
    animation = animate_fit(LAPLACE, Normal(), X1=X, q=laplace())
    for entry in range(4):
        (ax,) = draw(animation, entry)
        _, (x_of_q, of_q) = curves(ax)
        np.testing.assert_array_equal(x_of_q, X)
        expected = stats.laplace.pdf(X, LOCS[entry], SCALES[entry])
        np.testing.assert_allclose(of_q, expected, rtol=1e-12)


def test_p_gets_points_in_its_own_event_shape():
    seen = []
    for shape in ((), (1,)):
        p = LogTarget()
        p.event_shape = shape
        draw(animate_fit(ON_A_LINE, p, X1=X), 0)
        seen += p.shapes
    without = LogTarget()
    draw(animate_fit(ON_A_LINE, without, X1=X), 0)  # then in that of q
    assert seen + without.shapes == [(49,), (49, 1), (49, 1)]


def test_a_p_of_tensorflow_on_a_line():
    p = tfd.MultivariateNormalDiag(np.zeros(1), np.ones(1))
    (ax,) = draw(animate_fit(ON_A_LINE, p, X1=X), 0)
    np.testing.assert_allclose(curves(ax)[0][1], stats.norm.pdf(X))


# -- two dimensions ------------------------------------------------------------------------------


def test_contours_of_another_q_are_those_of_its_recorded_step():
    p = tfd.MultivariateNormalDiag(np.zeros(2), np.ones(2))
    animation = animate_fit(LAPLACE_IN_TWO, p, X1=X1, X2=X2, levels=LEVELS, q=laplace(1))
    for entry in (0, 3):
        (ax,) = draw(animation, entry)
        assert len(paths(ax)) == len(LEVELS)
        for level, path in zip(LEVELS, paths(ax), strict=True):
            points = path.vertices[path.codes != path.CLOSEPOLY]
            loc = [LOCS[entry], -LOCS[entry]]
            scale = [SCALES[entry], SCALES[::-1][entry]]
            values = stats.laplace.pdf(points, loc, scale).prod(axis=1)
            assert len(points) > 20
            np.testing.assert_allclose(values, level, rtol=0.06)  # the ridges of q have corners


def test_levels_above_every_density_of_q_draw_nothing():
    p = tfd.MultivariateNormalDiag(np.zeros(2), np.full(2, 0.1))
    animation = animate_fit(LAPLACE_IN_TWO, p, X1=X1, X2=X2, levels=[2.0, 3.0], q=laplace(1))
    (ax,) = draw(animation, 0)
    assert [len(path.vertices) for path in paths(ax)] == [0, 0]


def test_p_may_be_known_by_its_log_density_up_to_a_factor():
    fit = Trajectory("reverse", -LOSS, np.zeros((4, 2)), np.tile(np.eye(2), (4, 1, 1)))
    animation = animate_fit(
        fit, LogTarget(), X1=X1, X2=X2, levels=[0.5, 1.0, 2.0], loss_curves=True
    )
    ax, losses = draw(animation, 0)
    radii = [np.linalg.norm(path.vertices, axis=1) for path in ax.collections[0].get_paths()]
    for radius, level in zip(radii, [0.5, 1.0, 2.0], strict=True):
        np.testing.assert_allclose(radius, np.sqrt(2 * np.log(3 / level)), rtol=1e-3)
    assert losses.get_ylim()[0] < -2  # losses below zero are seen


def test_both_kinds_side_by_side():
    normal = Trajectory("reverse", LOSS, np.zeros((4, 2)), np.tile(np.eye(2), (4, 1, 1)))
    p = tfd.MultivariateNormalDiag(np.zeros(2), np.ones(2))
    for q in (laplace(1), [None, laplace(1)]):
        animation = animate_fit([normal, LAPLACE_IN_TWO], p, X1=X1, X2=X2, levels=LEVELS, q=q)
        ellipses, contours = draw(animation, 0)
        np.testing.assert_allclose(
            np.linalg.norm(paths(ellipses)[0].vertices, axis=1).min(),
            np.sqrt(2 * np.log(1 / (2 * np.pi * 0.02))),
            rtol=1e-4,
        )
        assert len(paths(contours)[0].vertices) > 20


# -- q itself ------------------------------------------------------------------------------------


def test_q_has_its_own_values_again():
    q = laplace()
    animation = animate_fit(LAPLACE, Normal(), X1=X, q=q)
    np.testing.assert_allclose([float(q.loc), q.scale.numpy()], [0.0, 3.0], rtol=1e-12)
    q.loc.assign(5.0)  # and changing it afterwards changes no frame
    (ax,) = draw(animation, 3)
    np.testing.assert_allclose(curves(ax)[1][1], stats.laplace.pdf(X, 0.5, 1.2), rtol=1e-12)


def test_q_has_its_own_values_again_after_an_error():
    class Failing(tfd.Laplace):
        def _log_prob(self, x):
            if self.loc > 0:
                raise ArithmeticError("no density")
            return super()._log_prob(x)

    q = Failing(*variables(0.0, 3.0))
    with pytest.raises(ArithmeticError, match="no density"):
        animate_fit(LAPLACE, Normal(), X1=X, q=q)
    assert (float(q.loc), float(q.scale)) == (0.0, 3.0)


# -- what is recorded ----------------------------------------------------------------------------


@pytest.mark.parametrize(("stride", "shown"), [(1, [0, 10, 20, 25]), (2, [0, 20, 25])])
def test_frames_are_recorded_steps_and_are_numbered_by_them(stride, shown):
    steps = np.array([0, 10, 20, 25])
    fit = Trajectory("reverse", LOSS, ON_A_LINE.loc, ON_A_LINE.scale_tril, steps=steps)
    animation = animate_fit(fit, Normal(), X1=X, loss_curves=True, stride=stride)
    found = []
    for entry in animation.new_frame_seq():
        panel, losses = draw(animation, entry)
        found.append(int(panel.get_title(loc="left").split("Step ")[1].split(":")[0]))
        curve, dot = curves(losses)
        np.testing.assert_array_equal(curve, [steps, LOSS])
        np.testing.assert_array_equal(dot[0], found[-1:])
    assert found == shown


@pytest.mark.parametrize("name", ["fit.html", "fit.gif"])
def test_saves_files(name, tmp_path):
    writer = "vector_html" if name.endswith("html") else "pillow"
    animation = animate_fit(LAPLACE, Normal(), X1=X, q=laplace(), loss_curves=True)
    animation.save(tmp_path / name, writer=writer)
    assert (tmp_path / name).stat().st_size > 1000


IN_TWO = Trajectory("reverse", LOSS, np.zeros((4, 2)), np.tile(np.eye(2), (4, 1, 1)))
OTHER_STEPS = Trajectory(
    "reverse", LOSS, ON_A_LINE.loc, ON_A_LINE.scale_tril, steps=np.array([0, 1, 2, 3]) * 2
)
SAME_END = Trajectory(
    "reverse", LOSS[:3], ON_A_LINE.loc[:3], ON_A_LINE.scale_tril[:3], steps=np.array([0, 1, 3])
)


class NaN(tfd.Laplace):
    def _log_prob(self, x):
        return super()._log_prob(x) * np.nan


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        (
            {"trajectories": LAPLACE},
            TypeError,
            r"q must be the trainable distribution that was fitted, .*; got None",
        ),
        (
            {"trajectories": LAPLACE, "q": [laplace(), laplace()]},
            ValueError,
            r"q must be one distribution, or one for each of the 1 trajectories; got 2",
        ),
        (
            {"trajectories": IN_TWO},
            ValueError,
            r"X2 and levels must be given for a q of two dim.*; here .* event shape \(2,\)",
        ),
        (
            {"X1": X1, "X2": X2, "levels": LEVELS},
            ValueError,
            r"X2 and levels must be .* left out for one .*; here .* event shape \(1,\)",
        ),
        (
            {"trajectories": IN_TWO, "X1": X1, "X2": X2},
            ValueError,
            r"X2 and levels must be given for a q of two dimensions",
        ),
        ({"levels": LEVELS}, ValueError, r"levels must be left out in one dim.*; got \[0\.02"),
        ({"q_cmap": "plasma"}, ValueError, r"q_cmap must be left out in one .*; got 'plasma'"),
        ({"X1": X[::-1]}, ValueError, r"X1 must be increasing finite points, .*; got \[ 6"),
        ({"X1": [0.0]}, ValueError, r"X1 must be increasing finite points, shape \(n,\); got"),
        ({"X1": [0.0, np.inf]}, ValueError, r"X1 must be increasing finite .*; got \[ *0\. +inf"),
        ({"X1": "x"}, TypeError, r"X1 must hold real numbers; got dtype <U1"),
        (
            {"p": tfd.MultivariateNormalDiag(np.zeros(2), np.ones(2))},
            ValueError,
            r"p must be of one dimension, like q; got event shape \(2,\)",
        ),
        (
            {"trajectories": [ON_A_LINE, OTHER_STEPS]},
            ValueError,
            r"trajectories must have the same number of steps; got \[3, 6\]",
        ),
        (
            {"trajectories": [ON_A_LINE, SAME_END]},
            ValueError,
            r"trajectories must have recorded the same steps",
        ),
        (
            {
                "trajectories": LAPLACE,
                "q": NaN(*variables(0.0, 1.0)),
            },
            ValueError,
            r"the density of q must not return NaN; it did at 49 of 49 points, first at \(-6\.0\)",
        ),
    ],
)
def test_bad_input_is_named_and_leaves_no_figure(changed, error, message):
    with pytest.raises(error, match=message):
        animate_fit(**{"trajectories": ON_A_LINE, "p": Normal(), "X1": X} | changed)
    assert plt.get_fignums() == []
