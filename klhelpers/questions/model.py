"""Questions as data: the text, the answers, and an explanation of each."""

import math
import numbers
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from klhelpers._checks import check_positive
from klhelpers._shown import shown


@dataclass(frozen=True)
class Choice:
    """A question with several answers to choose from, one of them right.

    Parameters
    ----------
    question : str
        Plain text, in which ```…``` marks code.  Mathematics is written in Unicode, KL(p‖q).
    answers : iterable of (str, bool, str)
        Text of the answer, whether it is right, and why.  Compute the truth rather than typing
        it, so that no question contradicts the package.

    Raises
    ------
    TypeError
        If a text is not a string, a truth is not a bool, or an answer is not such a triple.
    ValueError
        If a text is blank, there are fewer than two answers or more than 26, two are equal, or
        not exactly one is right.

    Examples
    --------
    >>> Choice("Is 2 + 2 = 4?", [("yes", 2 + 2 == 4, "Count."), ("no", 2 + 2 != 4, "Count.")]).right
    0
    """

    question: str
    answers: Iterable[tuple[str, bool, str]]
    right: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _check_text("question", self.question)
        answers = tuple(_checked_answer(answer) for answer in _checked("answers", self.answers))
        if not 2 <= len(answers) <= 26:
            raise ValueError(
                f"answers must be 2 to 26; got {len(answers)} to {shown(self.question)}"
            )
        texts = [text for text, _, _ in answers]
        if len(set(texts)) < len(texts):
            raise ValueError(f"answers must differ from each other; got {shown(texts)}")
        right = [index for index, (_, truth, _) in enumerate(answers) if truth]
        if len(right) != 1:
            raise ValueError(
                f"exactly one answer must be right; {len(right)} are, of those to "
                f"{shown(self.question)}"
            )
        object.__setattr__(self, "answers", answers)
        object.__setattr__(self, "right", right[0])


@dataclass(frozen=True)
class Numeric:
    """A question whose answer is a number.

    Parameters
    ----------
    question : str
        Plain text, in which ```…``` marks code.
    answer : float
        The right number, computed rather than typed.
    tolerance : float
        How far from it a reader's number may be; it also sets the digits that are shown.
    explanation : str
        Why the answer is what it is.
    hint : str
        Shown for a number that is neither right nor a near miss.
    unit : str
        Such as "nats"; empty for a pure number.
    near_misses : iterable of (float, str)
        Numbers that a known mistake gives, each with an explanation of the mistake.

    Raises
    ------
    TypeError
        If a number is not real, a text not a string, or a near miss not a pair.
    ValueError
        If a number is not finite, the tolerance not positive, a text blank, or a near miss so
        close to the answer or to another one that a reader's number could be both.

    Examples
    --------
    >>> Numeric("6 × 7?", 6 * 7, tolerance=0.5, explanation="So it is.", hint="Multiply.").answer
    42.0
    """

    question: str
    answer: float
    tolerance: float = field(kw_only=True)
    explanation: str = field(kw_only=True)
    hint: str = field(kw_only=True)
    unit: str = field(default="", kw_only=True)
    near_misses: Iterable[tuple[float, str]] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        for name in ("question", "explanation", "hint"):
            _check_text(name, getattr(self, name))
        if not isinstance(self.unit, str):
            raise TypeError(f"unit must be a string; got {shown(self.unit)}")
        answer = _checked_number("answer", self.answer)
        tolerance = check_positive("tolerance", self.tolerance)
        near_misses = tuple(map(_checked_near_miss, _checked("near_misses", self.near_misses)))
        for below, above in pairwise(sorted([answer, *(value for value, _ in near_misses)])):
            if above - below <= 2 * tolerance:
                raise ValueError(
                    "near_misses must be more than two tolerances from the answer and from each "
                    f"other; {shown(below)} and {shown(above)} are not, with tolerance {tolerance}"
                )
        for name, value in {
            "answer": answer,
            "tolerance": tolerance,
            "near_misses": near_misses,
        }.items():
            object.__setattr__(self, name, value)

    def shown(self, value: float, *, extra_digits: int = 0) -> str:
        """Write a number with the digits that the tolerance makes meaningful.

        Parameters
        ----------
        value : float
            The number.
        extra_digits : int
            Further decimals.

        Returns
        -------
        str
            At most half a tolerance off, and the same on every machine.

        Raises
        ------
        TypeError, ValueError
            If `value` is no finite number.
        """
        _checked_number("value", value)
        decimals = max(0, math.ceil(-math.log10(self.tolerance))) + extra_digits
        text = f"{value:.{decimals}f}"
        return text if float(text) else text.lstrip("-")


def _check_text(name: str, value: Any) -> None:
    """Raise unless `value` is a string with something in it."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string; got {shown(value)}")
    if not value.strip():
        raise ValueError(f"{name} must not be blank; got {shown(value)}")


def _checked(name: str, value: Any) -> Iterable[Any]:
    """Return `value` if it can be gone through; a text cannot, in this sense."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise TypeError(f"{name} must be tuples in a list or the like; got {shown(value)}")
    return value


def _checked_number(name: str, value: Any) -> float:
    """Return `value` as a finite float."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a real number; got {shown(value)}")
    if not math.isfinite(value):
        raise ValueError(f"{name} must be finite; got {shown(value)}")
    return float(value)


def _checked_answer(answer: Any) -> tuple[str, bool, str]:
    """Return one answer of a choice, its truth as a plain bool."""
    if not (isinstance(answer, tuple) and len(answer) == 3):
        raise TypeError(
            f"each answer must be a tuple (text, truth, explanation); got {shown(answer)}"
        )
    text, truth, explanation = answer
    _check_text("the text of an answer", text)
    if not isinstance(truth, (bool, np.bool_)):
        raise TypeError(f"whether {shown(text)} is right must be a bool; got {shown(truth)}")
    _check_text(f"the explanation of {shown(text)}", explanation)
    return text, bool(truth), explanation


def _checked_near_miss(miss: Any) -> tuple[float, str]:
    """Return one near miss, its number as a plain float."""
    if not (isinstance(miss, tuple) and len(miss) == 2):
        raise TypeError(f"each near miss must be a tuple (value, explanation); got {shown(miss)}")
    value = _checked_number("a near miss", miss[0])
    _check_text(f"the explanation of the near miss {shown(value)}", miss[1])
    return value, miss[1]
