"""Explorer of both divergences as functions of two parameters of q."""

from collections.abc import Sequence

import numpy as np
from matplotlib.animation import FuncAnimation
from vectorplayer import VectorPlayer

from klhelpers._checks import check_count, check_finite, check_positive, float64_array
from klhelpers._shown import shown
from klhelpers.direction import ARROWS
from klhelpers.draw.animation import frame_interval, frame_steps
from klhelpers.explore._descent import Descent
from klhelpers.explore._landscape_figure import landscape_figure
from klhelpers.explore._planes import PLANES
from klhelpers.explore.explorer import Explorer
from klhelpers.nats import format_nats

_FRAMES, _MOST_STEPS = 300, 500
_SHAPES = {"mean": 1.0, "scales": 0.8}
_STARTS = {"mean": (3.0, -1.0), "scales": (-2.5, 1.0)}


def explore_landscape(
    plane: str = "mean",
    *,
    shape_p: float | None = None,
    start: Sequence[float] | None = None,
    learning_rate: float = 0.1,
    num_steps: int = 300,
) -> Explorer:
    """See both divergences as a landscape over two parameters of q, and Adam's path on it.

    With a kernel, sliders move the target, the start and Adam's settings.  Without one, the
    player shows the path step by step.

    Parameters
    ----------
    plane : {"mean", "scales"}
        "mean": p is N(0, σ²) and q's mean and log scale move.  "scales": p is bivariate with
        unit variances and correlation ρ, q has p's mean, and its two log scales move.
    shape_p : float, optional
        σ for "mean", from 0.3 to 2.5, 1 by default; ρ for "scales", from -0.99 to 0.99, 0.8 by
        default.
    start : (float, float), optional
        Where q starts, in the plane's coordinates.
    learning_rate : float
        Adam's, at most 0.5.
    num_steps : int
        Updates, from 1 to 500.

    Returns
    -------
    Explorer
        Show it as the last expression of a cell.

    Raises
    ------
    TypeError, ValueError
        If the plane is unknown or a number lies outside its range.

    Notes
    -----
    Heights are closed forms in nats; the path is that of `klhelpers.minimize_kl` with the
    bijector Exp, whose variables are the log scales.  Grey marks where the Hessian in
    these coordinates is indefinite.  Only KL(p‖q) has such places, where q's mean is more than
    one standard deviation of p away from p's.  TensorFlow is loaded when the
    explorer is first shown.
    """
    if not (isinstance(plane, str) and plane in PLANES):
        raise ValueError(f"plane must be one of {', '.join(PLANES)}; got {shown(plane)}")
    known = PLANES[plane]
    shape = _within("shape_p", _SHAPES[plane] if shape_p is None else shape_p, known.shape_range)
    point = float64_array("start", _STARTS[plane] if start is None else start)
    if point.shape != (2,):
        raise ValueError(f"start must be two numbers, {known.x} and {known.y}; got {shown(start)}")
    check_finite("start", point)
    pair = tuple(
        _within(f"start {label}", float(value), limits)
        for label, value, limits in zip((known.x, known.y), point, known.limits, strict=True)
    )
    rate = _within("learning_rate", check_positive("learning_rate", learning_rate), (0.001, 0.5))
    count = int(_within("num_steps", check_count("num_steps", num_steps), (1, _MOST_STEPS)))
    descent = Descent(plane, shape, pair, rate, count)

    def make_panel():
        from klhelpers.explore._landscape_panel import LandscapePanel  # loads ipywidgets

        return LandscapePanel(descent)

    return Explorer(f"KL over {known.x} and {known.y}", lambda: _player(descent), make_panel)


def _within(name: str, value: float, limits: tuple[float, float]) -> float:
    number = float64_array(name, value)
    if number.shape != () or not limits[0] <= number <= limits[1]:
        raise ValueError(f"{name} must lie between {limits[0]} and {limits[1]}; got {shown(value)}")
    return float(number)


def _player(descent: Descent) -> VectorPlayer:
    """Play both paths step by step."""
    paths, plane = descent.paths(), PLANES[descent.plane]
    fig, draw = landscape_figure(descent)
    steps = frame_steps(descent.num_steps, -(-descent.num_steps // _FRAMES))
    anim = FuncAnimation(
        fig,
        lambda frame: draw(paths, steps[frame]),
        frames=len(steps),
        interval=frame_interval(len(steps)),
        init_func=lambda: [],
        repeat=False,
    )

    def label(frame: int) -> str:
        values = [
            f"{ARROWS[direction]} = {format_nats(path[steps[frame], 2])} nats"
            for direction, path in paths.items()
        ]
        return "   ".join([f"step {steps[frame]}", *values])

    shaded = any(
        np.any(plane.not_convex(descent.shape, "forward", x, 0.0)) for x in plane.limits[0]
    )
    grey = " On the right it is grey where the divergence is not convex." if shaded else ""
    return VectorPlayer(
        anim,
        alt=(
            f"Contours of KL(q‖p), left, and of KL(p‖q), right, over {plane.x} and {plane.y} of q;"
            f" Adam's path grows from the start towards the optimum.{grey}"
        ),
        labels=label,
        slider="step of the fit",
        start=-1,  # a page shows the whole path at first
    )
