"""What a coded exercise asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from klhelpers._checks import check_positive
from klhelpers._shown import shown


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

    Raises
    ------
    TypeError
        If `reference` cannot be called, `cases` is no mapping from words to tuples, or a text is
        no string.
    ValueError
        If there is no case, or `tolerance` is not positive and finite.
    """

    reference: Callable[..., Any]
    cases: Mapping[str, tuple[Any, ...]]
    hint: str
    unit: str = "nats"
    tolerance: float = 1e-6

    def __post_init__(self) -> None:
        if not callable(self.reference):
            raise TypeError(f"reference must be callable; got {shown(self.reference)}")
        if not isinstance(self.cases, Mapping):
            raise TypeError(f"cases must map words to tuples; got {shown(self.cases)}")
        if not self.cases:
            raise ValueError("cases must hold at least one case; got none")
        for words, arguments in self.cases.items():
            if not (isinstance(words, str) and isinstance(arguments, tuple)):
                given = f"{shown(words)}: {shown(arguments)}"
                raise TypeError(f"cases must map words to tuples of arguments; got {given}")
        for name in ("hint", "unit"):
            if not isinstance(getattr(self, name), str):
                raise TypeError(f"{name} must be a string; got {shown(getattr(self, name))}")
        check_positive("tolerance", self.tolerance)
