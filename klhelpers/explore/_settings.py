"""The settings of a fit, checked once."""

from typing import Any, NamedTuple

import numpy as np

from klhelpers._checks import check_count, check_positive
from klhelpers._shown import shown
from klhelpers.direction import check_direction
from klhelpers.explore._bivariate import BivariateGaussian, checked_gaussian
from klhelpers.explore.families import BIJECTORS, FAMILIES, family_floor

MOST_STEPS = 2000
_FRAMES = 200  # of the player; a longer fit is shown at every second, third, ... step


class Settings(NamedTuple):
    """Target and start of a fit, family of q, and how to descend."""

    p: BivariateGaussian
    direction: str
    family: str
    bijector: str
    loc: tuple[float, float]
    scale: tuple[float, float]
    learning_rate: float
    num_steps: int

    @property
    def floor(self) -> float:
        """Least divergence that the family reaches, in nats."""
        return family_floor(self.family, self.p, self.direction)

    @property
    def stride(self) -> int:
        """Recorded steps from one frame of the player to the next."""
        return -(-self.num_steps // _FRAMES)


def check_settings(
    p: BivariateGaussian,
    *,
    direction: Any,
    family: Any,
    bijector: Any,
    loc: Any,
    scale: Any,
    learning_rate: Any,
    num_steps: Any,
) -> Settings:
    """Return the settings, or raise TypeError or ValueError for the first invalid one."""
    for name, value, known in (("family", family, FAMILIES), ("bijector", bijector, BIJECTORS)):
        if not (isinstance(value, str) and value in known):
            raise ValueError(f"{name} must be one of {', '.join(known)}; got {shown(value)}")
    start = checked_gaussian("q", loc, scale, 0.0)
    if check_count("num_steps", num_steps) > MOST_STEPS:
        raise ValueError(f"num_steps must be at most {MOST_STEPS}; got {shown(num_steps)}")
    return Settings(
        p,
        check_direction(direction),
        family,
        bijector,
        start.loc,
        start.scale if family != "isotropic" else (start.scale[0],) * 2,
        check_positive("learning_rate", learning_rate),
        int(np.asarray(num_steps)),
    )
