"""What a coded exercise asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class CodedExercise:
    """What a function has to return, and for which arguments it is tried.

    Parameters
    ----------
    reference : callable
        Returns the right answer, a number or an array of numbers.  Its parameters are those that
        the exercise asks for, in this order.
    cases : mapping of str to tuple
        Arguments of each case, by a few words that describe it.
    hint : str
        Shown beside the first case that fails.
    unit : str
        Of what is returned.
    tolerance : float
        Largest accepted difference, relative to the right answer where that is larger than 1.
    """

    reference: Callable[..., Any]
    cases: Mapping[str, tuple[Any, ...]]
    hint: str
    unit: str = "nats"
    tolerance: float = 1e-6
