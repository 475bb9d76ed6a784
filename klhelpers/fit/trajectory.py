"""The record of a fit."""

from dataclasses import dataclass
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
    loc : ndarray, shape (num_steps + 1, ..., d)
        Mean of q.
    scale_tril : ndarray, shape (num_steps + 1, ..., d, d)
        Lower-triangular L of q's covariance L Lᵀ.

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
    loc: NDArray[np.floating]
    scale_tril: NDArray[np.floating]

    def __post_init__(self) -> None:
        check_direction(self.direction)
        arrays = {name: float_array(name, getattr(self, name)) for name in _ARRAYS}
        shape, event = arrays["loss"].shape, arrays["loc"].shape[-1:]
        if not shape or shape[0] == 0:
            raise ValueError(f"loss must have shape (num_steps + 1, ...); got {shape}")
        for name, expected in (("loc", shape + event), ("scale_tril", shape + 2 * event)):
            if arrays[name].shape != expected:
                raise ValueError(
                    f"{name} must have shape {expected} to match loss; got {arrays[name].shape}"
                )
        check_finite("loss", arrays["loss"])
        check_finite("loc", arrays["loc"])
        check_scale_tril("scale_tril", arrays["scale_tril"])
        for name, array in arrays.items():
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and unpickle through the constructor, which checks and protects the arrays."""
        return type(self), (self.direction, *(getattr(self, name) for name in _ARRAYS))

    @property
    def num_steps(self) -> int:
        """Number of updates recorded."""
        return len(self.loss) - 1

    @property
    def arrow(self) -> str:
        """The divergence that was minimised, written with its arrow."""
        return ARROWS[self.direction]

    def __repr__(self) -> str:
        last = shown(np.asarray(self.loss[-1]), precision=4)
        return f"Trajectory({self.arrow}, num_steps={self.num_steps}, last loss={last} nats)"
