"""The settings of a fit, checked once."""

from collections.abc import Callable
from typing import Any, NamedTuple

from klhelpers._checks import check_count, check_positive
from klhelpers._shown import shown
from klhelpers.direction import check_direction

MOST_STEPS = 2000
_FRAMES = 200  # of the player; a longer fit is shown at every second, third, ... step


class Settings(NamedTuple):
    """Target, start, and how to descend."""

    p: Any
    make_q: Callable[[], Any]
    direction: str
    learning_rate: float
    num_steps: int

    @property
    def stride(self) -> int:
        """Recorded steps from one frame of the player to the next."""
        return -(-self.num_steps // _FRAMES)


def check_settings(
    p: Any, make_q: Any, *, direction: Any, learning_rate: Any, num_steps: Any
) -> Settings:
    """Return the settings, or raise TypeError or ValueError for the first invalid one."""
    if not callable(getattr(p, "prob", None)):
        raise TypeError(f"p must be a distribution with a density, p.prob; got {shown(p)}")
    if not callable(make_q) or hasattr(make_q, "log_prob"):
        raise TypeError(
            "make_q must be a function that returns a new trainable distribution; "
            f"got {shown(make_q)}"
        )
    direction = check_direction(direction)
    if check_count("num_steps", num_steps) > MOST_STEPS:
        raise ValueError(f"num_steps must be at most {MOST_STEPS}; got {shown(num_steps)}")
    rate = check_positive("learning_rate", learning_rate)
    return Settings(p, make_q, direction, rate, int(num_steps))
