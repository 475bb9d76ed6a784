"""Every frame of an animation is one recorded step: artists are read while it is saved."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.animation import AbstractMovieWriter, FuncAnimation
from matplotlib.collections import PathCollection
from PIL import Image
from scipy.stats import multivariate_normal

from klhelpers import Trajectory, animate_fit, density_grid

LEVELS = np.linspace(1e-4, 10**-0.8, 8)
STEPS = 4
X1, X2 = density_grid((-4, 6), num=40)


class PlainTarget:
    """A target that is no TensorFlow distribution: all that is asked of one."""

    calls = 0

    def prob(self, x):
        self.calls += 1
        return multivariate_normal([0.5, 0.0], [[1.0, 0.6], [0.6, 1.5]]).pdf(x)


class Reader(AbstractMovieWriter):
    """Apply `read` to the figure at every frame."""

    def __init__(self, read):
        super().__init__(fps=30)
        self.read, self.frames = read, []

    def setup(self, fig, outfile, dpi=None):
        super().setup(fig, outfile, dpi)

    def grab_frame(self, **_):
        self.frames.append(self.read(self.fig))

    def finish(self):
        pass


def read_frames(animation, read, tmp_path):
    reader = Reader(read)
    animation.save(tmp_path / "unwritten", writer=reader)
    return reader.frames


def make_trajectory(direction="reverse", steps=STEPS, seed=0):
    rng = np.random.default_rng(seed)
    trils = np.tril(rng.normal(size=(steps + 1, 2, 2)), -1)
    trils += np.eye(2) * rng.uniform(0.8, 1.5, size=(steps + 1, 1, 2))
    loc = rng.normal(size=(steps + 1, 2))
    return Trajectory(direction, np.linspace(2, 0.3, steps + 1) ** 2, loc, trils)


def animate(trajectories, p=None, **options):
    return animate_fit(
        trajectories, p or PlainTarget(), **{"X1": X1, "X2": X2, "levels": LEVELS} | options
    )


def ellipses(ax):
    (collection,) = (c for c in ax.collections if type(c) is PathCollection)
    return collection


def test_one_frame_for_each_recorded_step(tmp_path):
    animation = animate(make_trajectory())
    assert isinstance(animation, FuncAnimation)
    assert list(animation.new_frame_seq()) == list(range(STEPS + 1))
    assert len(read_frames(animation, lambda fig: None, tmp_path)) == STEPS + 1


@pytest.mark.parametrize(
    ("stride", "steps"),
    [(1, [0, 1, 2, 3, 4]), (2, [0, 2, 4]), (3, [0, 3, 4]), (4, [0, 4]), (99, [0, 4])],
)
def test_stride_leaves_out_steps_but_never_the_last(stride, steps, tmp_path):
    titles = read_frames(
        animate(make_trajectory(), stride=stride),
        lambda fig: fig.axes[0].get_title(loc="left").splitlines()[1].split(":")[0],
        tmp_path,
    )
    assert titles == [f"Step {step}" for step in steps]


@pytest.mark.parametrize(
    ("direction", "name"), [("reverse", "Reverse KL(q‖p)"), ("forward", "Forward KL(p‖q)")]
)
def test_titles_state_the_direction_the_step_and_its_own_divergence(direction, name, tmp_path):
    trajectory = make_trajectory(direction)
    titles = read_frames(
        animate(trajectory), lambda fig: fig.axes[0].get_title(loc="left"), tmp_path
    )
    assert titles == [
        f"{name}\nStep {t}: {loss:.4f} nats" for t, loss in enumerate(trajectory.loss)
    ]
    assert len(set(titles)) == STEPS + 1


def test_contours_are_those_of_the_same_step(tmp_path):
    trajectory = make_trajectory()
    frames = read_frames(
        animate(trajectory),
        lambda fig: [path.vertices[::3].copy() for path in ellipses(fig.axes[0]).get_paths()],
        tmp_path,
    )
    for t, paths in enumerate(frames):
        tril = trajectory.scale_tril[t]
        density = multivariate_normal(trajectory.loc[t], tril @ tril.T).pdf
        assert len(paths) == len(LEVELS)
        drawn = [level < density(trajectory.loc[t]) for level in LEVELS]
        assert [len(points) > 0 for points in paths] == drawn
        for level, points in zip(LEVELS, paths, strict=True):
            np.testing.assert_allclose(density(points), level, rtol=1e-4)


def test_a_frame_depends_on_its_step_alone(tmp_path):
    """Saved twice, the second time after the first has run: no state is carried along."""
    animation = animate(make_trajectory())
    first, second = (
        read_frames(animation, lambda fig: fig.axes[0].get_title(loc="left"), tmp_path)
        for _ in range(2)
    )
    assert first == second


def test_target_is_evaluated_once_and_dashed(tmp_path):
    p = PlainTarget()
    animation = animate(make_trajectory(), p)
    levels, dashes = read_frames(
        animation,
        lambda fig: (fig.axes[0].collections[0].levels, fig.axes[0].collections[0].get_linestyle()),
        tmp_path,
    )[-1]
    assert p.calls == 1
    np.testing.assert_array_equal(levels, LEVELS)
    assert all(pattern is not None for _, pattern in dashes)


def test_p_and_q_differ_in_more_than_colour(tmp_path):
    """q's ellipses are solid, and the legend says which is which."""
    ((texts, styles, solid),) = set(
        read_frames(
            animate(make_trajectory()),
            lambda fig: (
                tuple(text.get_text() for text in fig.axes[0].get_legend().get_texts()),
                tuple(line.get_linestyle() for line in fig.axes[0].get_legend().get_lines()),
                all(pattern is None for _, pattern in ellipses(fig.axes[0]).get_linestyle()),
            ),
            tmp_path,
        )
    )
    assert texts == ("p", "q")
    assert styles == ("--", "-")
    assert solid


def test_panels_show_the_range_of_the_mesh(tmp_path):
    (limits,) = set(
        read_frames(
            animate(make_trajectory()),
            lambda fig: (fig.axes[0].get_xlim(), fig.axes[0].get_ylim()),
            tmp_path,
        )
    )
    assert limits == ((-4, 6), (-4, 6))


def test_interval_is_that_of_the_frames():
    animation = animate(make_trajectory(), interval=np.float32(40))
    assert animation._interval == 40
    animation.to_jshtml()  # drawn, so that its deletion does not warn


def test_several_fits_side_by_side_in_step(tmp_path):
    fits = [make_trajectory("reverse"), make_trajectory("forward", seed=1)]
    frames = read_frames(
        animate(fits), lambda fig: [ax.get_title(loc="left") for ax in fig.axes], tmp_path
    )
    assert frames[2] == [
        f"Reverse KL(q‖p)\nStep 2: {fits[0].loss[2]:.4f} nats",
        f"Forward KL(p‖q)\nStep 2: {fits[1].loss[2]:.4f} nats",
    ]


def test_loss_curves_with_floor_and_moving_dot(tmp_path):
    fits, floors = [make_trajectory("reverse"), make_trajectory("forward", seed=1)], [0.05, 0.07]
    frames = read_frames(
        animate(fits, loss_curves=True, floors=floors),
        lambda fig: [
            [np.array(line.get_data(), dtype=float) for line in ax.lines] for ax in fig.axes[2:]
        ],
        tmp_path,
    )
    for t, panels in enumerate(frames):
        for fit, floor, (curve, level, dot) in zip(fits, floors, panels, strict=True):
            np.testing.assert_array_equal(curve, [np.arange(STEPS + 1), fit.loss])
            np.testing.assert_array_equal(level[1], [floor, floor])
            np.testing.assert_array_equal(dot, [[t], [fit.loss[t]]])


def test_axes_do_not_move_from_frame_to_frame(tmp_path):
    frames = read_frames(
        animate([make_trajectory(), make_trajectory(seed=1)], loss_curves=True),
        lambda fig: tuple(tuple(ax.get_position().bounds) for ax in fig.axes),
        tmp_path,
    )
    assert len(set(frames)) == 1


def test_pyplot_never_knows_the_figure(tmp_path, monkeypatch):
    """Another thread may draw meanwhile, so not even a figure that is closed at once will do."""
    current = plt.figure()
    monkeypatch.setattr(plt, "new_figure_manager", lambda *_, **__: pytest.fail("a pyplot figure"))
    animation = animate([make_trajectory(), make_trajectory(seed=1)], loss_curves=True)
    animation.save(tmp_path / "fit.gif", writer="pillow")
    animation.save(tmp_path / "fit.html", writer="vector_html")
    assert plt.gcf() is current
    assert plt.get_fignums() == [current.number]


def test_matplotlib_s_own_player_has_every_frame():
    html = animate(make_trajectory()).to_jshtml(fps=10)
    assert html.count("data:image/png;base64,") == STEPS + 1
    assert plt.get_fignums() == []


@pytest.mark.parametrize("options", [{}, {"loss_curves": True}])
def test_saves_a_gif(options, tmp_path):
    path = tmp_path / "kl_qp.gif"
    animate(make_trajectory(), **options).save(path, writer="pillow", fps=30)
    with Image.open(path) as image:
        assert image.n_frames == STEPS + 1


def test_one_level_and_a_level_above_every_peak(tmp_path):
    for levels in ([0.05], [0.05, 1e3]):
        # Matplotlib asks for increasing levels only; p's own contour of 1e3 is empty as well.
        counts = read_frames(
            animate(make_trajectory(), levels=levels),
            lambda fig: [len(path.vertices) for path in ellipses(fig.axes[0]).get_paths()],
            tmp_path,
        )[0]
        assert counts[0] > 0
        assert counts[1:] == [0] * (len(levels) - 1)


def test_takes_a_tensorflow_target_and_a_real_fit(tmp_path):
    from klhelpers import lecture_start, lecture_target, minimize_kl

    p = lecture_target()
    trajectory = minimize_kl(lecture_start(), p, num_steps=3)
    titles = read_frames(
        animate(trajectory, p), lambda fig: fig.axes[0].get_title(loc="left"), tmp_path
    )
    assert titles[0] == "Reverse KL(q‖p)\nStep 0: 0.8714 nats"
    assert titles[-1] == f"Reverse KL(q‖p)\nStep 3: {trajectory.loss[-1]:.4f} nats"


IN_THREE = Trajectory("forward", np.ones(2), np.zeros((2, 3)), np.tile(np.eye(3), (2, 1, 1)))
BATCH = Trajectory(
    "forward", np.ones((2, 5)), np.zeros((2, 5, 2)), np.tile(np.eye(2), (2, 5, 1, 1))
)


class InThree(PlainTarget):
    event_shape = (3,)


class NaNTarget:
    def prob(self, x):
        return np.full(len(x), np.nan)


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"trajectories": []}, ValueError, r"trajectories must hold at least one Trajectory"),
        ({"trajectories": 3}, TypeError, r"trajectories must be one Trajectory or several; got 3"),
        ({"trajectories": ["a"]}, TypeError, r"trajectories must be Trajectory objects; got 'a'"),
        (
            {"trajectories": IN_THREE},
            ValueError,
            r"trajectories must be of a q of one or two dimensions; got \(3,\)",
        ),
        (
            {"trajectories": BATCH},
            ValueError,
            r"trajectories must be of one q each, .* not of a batch; got \(2, 5\)",
        ),
        (
            {"trajectories": [make_trajectory(), make_trajectory(steps=7)]},
            ValueError,
            r"trajectories must have the same number of steps; got \[4, 7\]",
        ),
        (
            {"p": "p"},
            TypeError,
            r"p must be a distribution with .*, p\.prob or p\.log_prob; got 'p'",
        ),
        ({"p": InThree()}, ValueError, r"density must be of two dimensions, .*; got \(3,\)"),
        ({"p": NaNTarget()}, ValueError, r"density must not return NaN; it did at 1600 of 1600"),
        ({"levels": [0.2, 0.1]}, ValueError, r"levels must be finite and increasing; got \[0\.2"),
        ({"levels": [0.0, 0.1]}, ValueError, r"levels must be positive densities; got 0\.0"),
        ({"levels": 5}, ValueError, r"levels must be finite and increasing; got 5"),
        ({"X2": X2[:3]}, ValueError, r"X1 and X2 must be meshes .*\(40, 40\) and \(3, 40\)"),
        (
            {"floors": [0.1, 0.2], "loss_curves": True},
            ValueError,
            r"floors must be one finite number for each of the 1 traj.*; got \[0\.1 0\.2\]",
        ),
        ({"p_cmap": "rain"}, ValueError, r"p_cmap must be a colour map or the name .*; got 'rain'"),
        ({"q_cmap": 3}, ValueError, r"q_cmap must be a colour map or the name of one; got 3"),
        ({"stride": 0}, ValueError, r"stride must be at least 1; got 0"),
        ({"stride": 1.5}, TypeError, r"stride must be a whole number; got 1\.5"),
        ({"interval": 0}, ValueError, r"interval must be positive and finite; got 0"),
        ({"interval": -40.0}, ValueError, r"interval must be positive and finite; got -40\.0"),
        ({"interval": np.nan}, ValueError, r"interval must be positive and finite; got nan"),
        ({"interval": np.inf}, ValueError, r"interval must be positive and finite; got inf"),
        ({"interval": "40"}, TypeError, r"interval must be a real number; got '40'"),
        ({"interval": True}, TypeError, r"interval must be a real number; got True"),
        ({"stride": "2"}, TypeError, r"stride must be a whole number; got '2'"),
        ({"stride": np.nan}, TypeError, r"stride must be a whole number; got nan"),
        ({"levels": "high"}, TypeError, r"levels must hold real numbers; got dtype <U4"),
        ({"levels": [0.1, 1j]}, TypeError, r"levels must hold real numbers; got dtype complex"),
        (
            {"floors": "low", "loss_curves": True},
            TypeError,
            r"floors must hold real numbers; got dtype <U3",
        ),
        ({"floors": [0.1]}, ValueError, r"floors must come with loss_curves=True"),
        (
            {"floors": [np.nan], "loss_curves": True},
            ValueError,
            r"floors must be one finite number .*; got \[nan\]",
        ),
    ],
)
def test_bad_input_is_named_and_leaves_no_figure(changed, error, message):
    good = {"trajectories": make_trajectory(), "p": PlainTarget()}
    with pytest.raises(error, match=message):
        animate(**good | changed)
    assert plt.get_fignums() == []
