"""The record of a fit."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klhelpers._checks import check_finite, check_scale_tril, float_array
from klhelpers._shown import shown
from klhelpers.direction import ARROWS, check_direction

_ARRAYS = ("loss", "loc", "scale_tril")


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Loss and parameters of a Gaussian q at every step of a fit.

    Step 0 is the start, before the first update; entry t of `loss` is the KL divergence of
    entry t of the parameters, so that the last entry belongs to the fitted q.

    Parameters
    ----------
    direction : {"reverse", "forward"}
        Which divergence was minimised: KL(p‖q) or KL(q‖p).
    loss : ndarray, shape (num_steps + 1, ...)
        The divergence in nats; further axes are q's batch shape.
    loc : ndarray, shape (num_steps + 1, ..., d), optional
        Mean of q, if q is a Gaussian vector.
    scale_tril : ndarray, shape (num_steps + 1, ..., d, d), optional
        Lower-triangular L of q's covariance L Lᵀ.
    parameters : mapping of str to ndarray, optional
        Values of q's trainable quantities, in the order of its variables.
    steps : ndarray of int, optional
        Number of the step of each entry, from 0; every step by default.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If the direction is unknown, the shapes do not match, a number is not finite, or
        `scale_tril` is not lower triangular with a positive diagonal.

    Notes
    -----
    The arrays are read-only copies, also after pickling and copying: a record does not change.
    """

    direction: str
    loss: NDArray[np.floating]
    loc: NDArray[np.floating] | None = None
    scale_tril: NDArray[np.floating] | None = None
    _: KW_ONLY
    parameters: Mapping[str, NDArray[np.floating]] | None = None
    steps: NDArray[np.integer] | None = None

    def __post_init__(self) -> None:
        check_direction(self.direction)
        gaussian = self.loc is not None
        names = _ARRAYS if gaussian else _ARRAYS[:1]
        arrays = {name: float_array(name, getattr(self, name)) for name in names}
        shape = arrays["loss"].shape
        if not shape or shape[0] == 0:
            raise ValueError(f"loss must have shape (num_steps + 1, ...); got {shape}")
        check_finite("loss", arrays["loss"])
        if gaussian:
            event = arrays["loc"].shape[-1:]
            for name, expected in (("loc", shape + event), ("scale_tril", shape + 2 * event)):
                if arrays[name].shape != expected:
                    raise ValueError(
                        f"{name} must have shape {expected} to match loss; got {arrays[name].shape}"
                    )
            check_finite("loc", arrays["loc"])
            check_scale_tril("scale_tril", arrays["scale_tril"])
        steps = np.arange(len(self.loss)) if self.steps is None else np.array(self.steps)
        parameters = {name: np.array(value) for name, value in (self.parameters or {}).items()}
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "parameters", MappingProxyType(parameters))
        for name, array in arrays.items():
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and unpickle through the constructor, which checks and protects the arrays."""
        arrays = {name: getattr(self, name) for name in (*_ARRAYS, "steps")}
        arrays |= {"direction": self.direction, "parameters": dict(self.parameters)}
        return partial(type(self), **arrays), ()

    def restore(self, q: Any, step: int) -> None:
        """Put the values of a recorded step into the variables of q."""
        entry = int(np.searchsorted(self.steps, step))
        owners = {}
        for part in q.submodules:
            bijector = getattr(part, "bijector", None)
            pretransformed = getattr(part, "pretransformed_input", None)
            if bijector is not None and pretransformed is not None:
                owners[id(pretransformed)] = bijector
        for variable, values in zip(q.trainable_variables, self.parameters.values(), strict=True):
            value = values[entry]
            bijector = owners.get(id(variable))
            variable.assign(value if bijector is None else bijector.inverse(value))

    @property
    def num_steps(self) -> int:
        """Number of updates recorded."""
        return int(self.steps[-1])

    @property
    def arrow(self) -> str:
        """The divergence that was minimised, written with its arrow."""
        return ARROWS[self.direction]

    def __repr__(self) -> str:
        last = shown(np.asarray(self.loss[-1]), precision=4)
        return f"Trajectory({self.arrow}, num_steps={self.num_steps}, last loss={last} nats)"
