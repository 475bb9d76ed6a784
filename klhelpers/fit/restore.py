"""From a recorded step back to the variables of a distribution."""

from typing import Any

import numpy as np

from klhelpers._checks import check_count
from klhelpers._shown import shown
from klhelpers.fit.parameters import trainable_parameters


def restore_entry(trajectory: Any, q: Any, step: int) -> None:
    """Put q's variables to their values at a recorded step: see `Trajectory.restore`."""
    (found,) = np.nonzero(trajectory.steps == check_count("step", step, least=0))
    if not hasattr(q, "trainable_variables"):
        raise TypeError(f"q must be a trainable distribution; got {shown(q)}")
    if len(found) != 1:
        raise ValueError(
            f"step must be one that was recorded, {shown(trajectory.steps)}; got {shown(step)}"
        )
    entry = int(found[0])
    parameters = trainable_parameters(q)
    if trajectory.parameters:
        values = {name: array[entry] for name, array in trajectory.parameters.items()}
        if list(values) != list(parameters):
            raise ValueError(
                f"q must have the trainable quantities {', '.join(values)}; "
                f"got {', '.join(parameters) or 'none'}"
            )
    else:
        values = _of_gaussian(trajectory, q, parameters, entry)
    for name, parameter in parameters.items():
        if tuple(parameter.shape) != values[name].shape:
            raise ValueError(
                f"{name} of q must have shape {values[name].shape}; got {tuple(parameter.shape)}"
            )
        if parameter.dtype.name != values[name].dtype.name:
            raise TypeError(
                f"{name} of q must have the dtype of the trajectory, {values[name].dtype}; got "
                f"{parameter.dtype.name}"
            )
    for name, parameter in parameters.items():
        parameter.assign(values[name])


def _of_gaussian(trajectory: Any, q: Any, parameters: dict[str, Any], entry: int) -> dict[str, Any]:
    """Find the values of a Gaussian vector's variables from its mean and triangular factor."""
    if trajectory.loc is None:
        raise ValueError("the trajectory must hold parameters, or be that of a Gaussian vector")
    loc, factor = trajectory.loc[entry], trajectory.scale_tril[entry]
    diagonal = np.diagonal(factor, axis1=-2, axis2=-1)
    sources = {"loc": loc, "scale_tril": factor, "scale_diag": diagonal}
    known = {id(q.parameters.get(argument)): value for argument, value in sources.items()}
    values = {name: known.get(id(parameter)) for name, parameter in parameters.items()}
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise ValueError(
            "q must have its trainable quantities as loc, scale_diag or scale_tril, since the "
            f"trajectory holds no parameters; got {type(q).__name__} with {', '.join(missing)}"
        )
    return values
