"""Checks of what a trajectory holds."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import check_finite, check_scale_tril, float_array
from klhelpers._shown import shown
from klhelpers.direction import check_direction


def checked_entries(
    *,
    direction: Any,
    loss: ArrayLike,
    loc: ArrayLike | None,
    scale_tril: ArrayLike | None,
    parameters: Mapping[str, ArrayLike] | None,
    steps: ArrayLike | None,
) -> dict[str, Any]:
    """Return copies of the fields of a `Trajectory`; raise TypeError or ValueError if invalid."""
    if isinstance(direction, np.ndarray):
        raise TypeError(
            "direction must be 'reverse' or 'forward', not an array: read a file that "
            f"Trajectory.save wrote with Trajectory.load(path); got {shown(direction)}"
        )
    check_direction(direction)
    loss = float_array("loss", loss)
    if not loss.shape or loss.shape[0] == 0:
        raise ValueError(f"loss must have shape (num_steps + 1, ...); got {loss.shape}")
    lost = _lost_members(loss)
    loc, scale_tril = _gaussian(loss, lost, loc, scale_tril)
    return {
        "direction": direction,
        "loss": loss,
        "loc": loc,
        "scale_tril": scale_tril,
        "parameters": _parameters(len(loss), parameters),
        "steps": _steps(len(loss), steps),
    }


def _lost_members(loss: NDArray[Any]) -> NDArray[np.bool_]:
    """Which losses are NaN because a member of a batch was lost; raise for any other."""
    lost: NDArray[np.bool_] = np.isnan(loss)
    stays_lost = np.array_equal(lost, np.logical_or.accumulate(lost, axis=0))
    if not stays_lost or np.any(np.all(lost, axis=tuple(range(1, loss.ndim)))):
        check_finite("loss", loss)
    check_finite("loss", np.where(lost, 0, loss))
    return lost


def _gaussian(loss: NDArray[Any], lost: NDArray[Any], loc: Any, scale_tril: Any) -> tuple[Any, Any]:
    if (loc is None) != (scale_tril is None):
        raise ValueError("loc and scale_tril must be given together, or neither of them")
    if loc is None:
        return None, None
    loc, scale_tril = float_array("loc", loc), float_array("scale_tril", scale_tril)
    event = loc.shape[-1:]
    for name, array, axes in (("loc", loc, event), ("scale_tril", scale_tril, 2 * event)):
        if array.shape != loss.shape + axes:
            raise ValueError(
                f"{name} must have shape {loss.shape + axes} to match loss; got {array.shape}"
            )
    check_finite("loc", np.where(lost[..., np.newaxis], 0, loc) if lost.any() else loc)
    kept = scale_tril
    if lost.any():
        kept = np.where(lost[..., np.newaxis, np.newaxis], np.eye(*2 * event), scale_tril)
    check_scale_tril("scale_tril", kept)
    return loc, scale_tril


def _parameters(entries: int, parameters: Any) -> dict[str, NDArray[Any]]:
    if parameters is None:
        return {}
    if not isinstance(parameters, Mapping):
        raise TypeError(f"parameters must map names to arrays; got {shown(parameters)}")
    found = {}
    for name, values in parameters.items():
        if not isinstance(name, str):
            raise TypeError(f"names of parameters must be str; got {shown(name)}")
        found[name] = float_array(f"parameters[{name!r}]", values)
        if found[name].shape[:1] != (entries,):
            raise ValueError(
                f"parameters[{name!r}] must have one entry per loss, {entries}; "
                f"got shape {found[name].shape}"
            )
    return found


def _steps(entries: int, steps: Any) -> NDArray[np.int64]:
    if steps is None:
        return np.arange(entries)
    numbers = np.array(steps)
    if numbers.dtype.kind not in "iu":
        raise TypeError(f"steps must hold whole numbers; got dtype {numbers.dtype}")
    if numbers.shape != (entries,):
        raise ValueError(f"steps must have shape ({entries},) to match loss; got {numbers.shape}")
    numbers = numbers.astype(np.int64)
    if numbers[0] != 0 or np.any(np.diff(numbers) <= 0):
        raise ValueError(f"steps must increase from 0; got {shown(numbers)}")
    return numbers
