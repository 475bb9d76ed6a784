"""Adam's path over a plane: an ordinary fit, in the coordinates of the plane."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klhelpers.direction import ARROWS
from klhelpers.explore._planes import PLANES
from klhelpers.fit import Trajectory


class Descent(NamedTuple):
    """Plane, shape of p, start of q, and how to descend."""

    plane: str
    shape: float
    start: tuple[float, float]
    learning_rate: float
    num_steps: int

    def paths(self) -> dict[str, NDArray[np.float64]]:
        """For each direction x, y and the divergence at every step: (num_steps + 1, 3)."""
        return {direction: _path(self, direction) for direction in ARROWS}


def _path(descent: Descent, direction: str) -> NDArray[np.float64]:
    from klhelpers.distributions import trainable_diag_gaussian  # these load TensorFlow
    from klhelpers.fit.loop import minimize_kl
    from klhelpers.quiet_tensorflow import tfp

    plane = PLANES[descent.plane]
    loc, scale = plane.gaussian(*np.array(descent.start, np.float64))
    p_loc, p_tril = plane.target(descent.shape)
    p = tfp.distributions.MultivariateNormalTriL(loc=p_loc, scale_tril=p_tril)
    trajectory = minimize_kl(
        trainable_diag_gaussian(loc, scale),
        p,
        direction=direction,
        num_steps=descent.num_steps,
        learning_rate=descent.learning_rate,
    )
    return np.column_stack([*_coordinates(trajectory), trajectory.loss])


def _coordinates(trajectory: Trajectory) -> NDArray[np.float64]:
    """Mean and log scale of one component, or both log scales."""
    log_scale = np.log(np.diagonal(trajectory.scale_tril, axis1=-2, axis2=-1))
    return np.hstack([trajectory.loc, log_scale]).T[-2:]
