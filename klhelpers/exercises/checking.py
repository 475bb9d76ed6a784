"""Coded exercises: a function that a learner has written, compared case by case.

Whatever the function does, the answer is a sentence and a hint; an exception of the function is
quoted and not passed on.
"""

import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klhelpers._shown import shortened, shown
from klhelpers.exercises.coded import CODED
from klhelpers.exercises.model import CodedExercise


@dataclass(frozen=True)
class Checked:
    """The result of a check, which a notebook shows as its message; true if all cases agree.

    Parameters
    ----------
    passed : bool
        Whether all cases agree.
    message : str
        What a notebook shows.
    """

    passed: bool
    message: str

    def __bool__(self) -> bool:
        """Tell whether all cases agree."""
        return self.passed

    def __repr__(self) -> str:
        """Return the message, which is what a notebook shows."""
        return self.message


class _WrongError(Exception):
    """What is wrong with a function, in words for the learner."""


def check(function: Any, exercise: str | CodedExercise) -> Checked:
    """Try a function on the cases of an exercise, up to the first that fails.

    Parameters
    ----------
    function : callable
        With the parameters that the exercise asks for.
    exercise : str or CodedExercise
        The label of an exercise of the notes, or an exercise of your own.

    Returns
    -------
    Checked
        True if all cases agree.  As the last line of a cell it is shown as a message, which says
        for which arguments the function must return what, and gives a hint.

    Raises
    ------
    TypeError
        If `exercise` is neither a label nor an exercise.
    ValueError
        If no exercise has the label.

    Notes
    -----
    What the function raises becomes part of the message; NotImplementedError stands for a function
    that is not written yet.  The function gets copies of the arguments.  A function that never
    returns is not stopped.

    Examples
    --------
    >>> half = CodedExercise(
    ...     reference=lambda x: x / 2, cases={"a whole number": (3,)}, hint="Use /.", unit=""
    ... )
    >>> check(lambda x: x / 2, half)
    Right: <lambda> agrees in all 1 cases.
    >>> check(lambda x: x // 2, half)
    Not yet. Case 1 of 1, a whole number:
    <lambda>(x=3) must return 1.5; it returns 1.0.
    Hint: Use /.
    """
    if isinstance(exercise, str):
        if exercise not in CODED:
            raise ValueError(f"exercise must be one of {', '.join(CODED)}; got {shown(exercise)}")
        exercise = CODED[exercise]
    if not isinstance(exercise, CodedExercise):
        raise TypeError(f"exercise must be a label or a CodedExercise; got {shown(exercise)}")
    if not callable(function):
        return Checked(False, f"Pass the function itself, without a call; got {shown(function)}.")
    name = getattr(function, "__name__", "the function")
    names = list(inspect.signature(exercise.reference).parameters)
    for number, (words, arguments) in enumerate(exercise.cases.items(), start=1):
        expected = np.asarray(exercise.reference(*arguments), dtype=np.float64)
        try:
            found = _numbers(_returned(function, arguments))
            _check_values(found, expected, exercise)
        except NotImplementedError:
            return Checked(False, f"Not written yet: {name} raises NotImplementedError.")
        except _WrongError as error:
            given = ", ".join(
                f"{key}={shown(value)}" for key, value in zip(names, arguments, strict=True)
            )
            return Checked(
                False,
                f"Not yet. Case {number} of {len(exercise.cases)}, {words}:\n"
                f"{name}({given}) {error}.\nHint: {exercise.hint}",
            )
    return Checked(True, f"Right: {name} agrees in all {len(exercise.cases)} cases.")


def _returned(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Call the function with copies, which it may change."""
    try:
        return function(*copy.deepcopy(arguments))
    except NotImplementedError:
        raise
    except Exception as error:
        said = shortened(str(error).strip().split("\n")[0])
        raise _WrongError(f"raises {type(error).__name__}" + f": {said}" * bool(said)) from None


def _numbers(value: Any) -> NDArray[np.float64]:
    """Read what was returned as an array; tensors are arrays, too."""
    kind = type(value).__name__
    if value is None:
        raise _WrongError("returns None: does it end with `return`?")
    try:
        array = np.asarray(value)
    except Exception:
        raise _WrongError(f"must return numbers; it returns a {kind}") from None
    if array.dtype.kind not in "iuf":
        raise _WrongError(f"must return real numbers; it returns {shown(value)}, a {kind}")
    return array.astype(np.float64)


def _check_values(
    found: NDArray[np.float64], expected: NDArray[np.float64], exercise: CodedExercise
) -> None:
    """Raise _WrongError unless the shapes and the values agree."""
    if found.shape != expected.shape:
        raise _WrongError(f"must return {_shape(expected)}; it returns {_shape(found)}")
    accepted = exercise.tolerance * np.maximum(1, np.abs(expected))
    if not np.all(np.abs(found - expected) <= accepted):  # not so for NaN
        unit = f" {exercise.unit}" * bool(exercise.unit)
        raise _WrongError(f"must return {shown(expected[()])}{unit}; it returns {shown(found[()])}")


def _shape(array: NDArray[np.float64]) -> str:
    """Name the shape of an array."""
    return f"an array of shape {array.shape}" if array.ndim else "one number"
