"""Checks of the fits that an animation shows, and of the distributions that belong to them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from klhelpers._shown import shown
from klhelpers.fit import Trajectory


class Fit(NamedTuple):
    """A recorded fit and, if it is not of a Gaussian, the q that its values are put into."""

    trajectory: Trajectory
    q: Any


def check_fits(trajectories: Any, q: Any, event_shapes: Sequence[tuple[int, ...]]) -> list[Fit]:
    """Return the fits if they have the same steps and each can be drawn in this dimension."""
    trajectories = _check_trajectories(trajectories)
    several = isinstance(q, Sequence)
    if several and len(q) != len(trajectories):
        raise ValueError(
            f"q must be one distribution, or one for each of the {len(trajectories)} "
            f"trajectories; got {len(q)}"
        )
    chosen = q if several else [q] * len(trajectories)
    fits = [Fit(*pair) for pair in zip(trajectories, chosen, strict=True)]
    for fit in fits:
        shape = event_shape(fit)
        if shape not in event_shapes:
            raise ValueError(
                "X2 and levels must be given for a q of two dimensions, and left out for one of "
                f"one dimension; here q has the event shape {shape}"
                if shape in ((), (1,), (2,))
                else f"trajectories must be of a q of one or two dimensions; got {shape}"
            )
    return fits


def shape_of(p: Any) -> tuple[int, ...] | None:
    """Event shape of a target of one dimension; None if it does not state one."""
    shape = tuple(p.event_shape) if hasattr(p, "event_shape") else None
    if shape not in (None, (), (1,)):
        raise ValueError(f"p must be of one dimension, like q; got event shape {shape}")
    return shape


def event_shape(fit: Fit) -> tuple[int, ...]:
    """Event shape of the q that was fitted."""
    trajectory, q = fit
    if trajectory.loc is not None:
        return trajectory.loc.shape[1:]
    if not all(hasattr(q, name) for name in ("event_shape", "variables")):
        raise TypeError(
            "q must be the trainable distribution that was fitted, since its trajectory is not "
            f"one of a Gaussian vector; got {shown(q)}"
        )
    return tuple(q.event_shape)


def _check_trajectories(trajectories: Any) -> Sequence[Trajectory]:
    if isinstance(trajectories, Trajectory):
        trajectories = [trajectories]
    if not isinstance(trajectories, Sequence):
        raise TypeError(
            f"trajectories must be one Trajectory or several; got {shown(trajectories)}"
        )
    if not trajectories:
        raise ValueError("trajectories must hold at least one Trajectory; got none")
    for trajectory in trajectories:
        if not isinstance(trajectory, Trajectory):
            raise TypeError(f"trajectories must be Trajectory objects; got {shown(trajectory)}")
        if trajectory.loss.ndim != 1:
            raise ValueError(
                "trajectories must be of one q each, loss of shape (entries,), and not of a "
                f"batch; got {trajectory.loss.shape}"
            )
    lengths = sorted({trajectory.num_steps for trajectory in trajectories})
    if len(lengths) > 1:
        raise ValueError(f"trajectories must have the same number of steps; got {shown(lengths)}")
    first, *others = trajectories
    if not all(np.array_equal(first.steps, other.steps) for other in others):
        raise ValueError("trajectories must have recorded the same steps")
    return trajectories
