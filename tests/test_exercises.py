"""Answers to a coded exercise: right ones, wrong ones, and functions that are broken."""

import re

import numpy as np
import pytest

from klhelpers import CodedExercise, check
from klhelpers.quiet_tensorflow import tf


def reference(loc, scale):
    return 0.5 * (np.asarray(loc) ** 2 + np.asarray(scale) ** 2 - 1) - np.log(scale)


EXERCISE = CodedExercise(
    reference=reference,
    cases={
        "equal": (0.0, 1.0),
        "a shift": (1.0, 1.0),
        "three at once": (np.zeros(3), np.array([0.5, 1.0, 2.0])),
    },
    hint="The divergence is zero for equal distributions.",
)


def in_tensors(loc, scale):
    return 0.5 * (tf.square(loc) + tf.square(scale) - 1.0) - tf.math.log(scale)


def changes_its_arguments(loc, scale):
    value = reference(loc, scale)
    if np.ndim(loc):
        loc += 1
        scale *= 0
    return value


@pytest.mark.parametrize("function", [reference, in_tensors, changes_its_arguments])
def test_right_answers(function):
    for _ in range(2):
        result = check(function, EXERCISE)
        assert result and result.passed
        assert repr(result) == f"Right: {function.__name__} agrees in all 3 cases."


def answers(value):
    """A function that returns `value`, or raises it."""

    def answer(loc, scale):
        if isinstance(value, Exception):
            raise value
        return value

    return answer


NOT_YET = r"Not yet\. Case 1 of 3, equal:\nanswer\(loc=0\.0, scale=1\.0\) "
WRONG = {
    "a wrong number": (0.1, r"must return 0\.0 nats; it returns 0\.1\."),
    "NaN": (np.nan, r"must return 0\.0 nats; it returns nan\."),
    "infinity": (np.inf, r"must return 0\.0 nats; it returns inf\."),
    "None": (None, r"returns None: does it end with `return`\?\."),
    "a text": ("0.0", r"must return real numbers; it returns '0\.0', a str\."),
    "a truth value": (False, r"must return real numbers; it returns False, a bool\."),
    "a complex number": (0j, r"must return real numbers; it returns 0j, a complex\."),
    "a generator": ((x for x in [0.0]), r"must return real numbers; .* a generator\."),
    "a ragged list": ([[0.0], [0.0, 1.0]], r"must return numbers; it returns a list\."),
    "another shape": ([0.0], r"must return one number; it returns an array of shape \(1,\)\."),
    "an exception": (ValueError("no\nluck"), r"raises ValueError: no\."),
    "one without words": (ZeroDivisionError(), r"raises ZeroDivisionError\."),
    "a long one": (ValueError("x" * 10_000), r"raises ValueError: x{90,200}.*\."),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_answers_get_a_reason_and_the_hint(name):
    value, reason = WRONG[name]
    result = check(answers(value), EXERCISE)
    assert not result and not result.passed
    hint = r"\nHint: The divergence is zero for equal distributions\."
    assert re.fullmatch(NOT_YET + reason + hint, repr(result)), result
    assert len(repr(result)) < 500


def test_the_first_case_that_fails_is_named():
    result = check(lambda loc, scale: np.sum(reference(loc, scale)), EXERCISE)
    assert "Case 3 of 3, three at once:" in result.message
    assert "must return an array of shape (3,); it returns one number." in result.message


def test_a_call_with_other_parameters_is_quoted():
    result = check(lambda loc: 0.0, EXERCISE)
    assert "raises TypeError: " in result.message and "2 were given" in result.message


def test_a_stub_is_not_written_yet():
    result = check(answers(NotImplementedError("write me")), EXERCISE)
    assert not result
    assert result.message == "Not written yet: answer raises NotImplementedError."


@pytest.mark.parametrize("value", [0.5, None, "kl", [1.0]])
def test_a_value_in_place_of_a_function(value):
    result = check(value, EXERCISE)
    assert not result
    assert result.message.startswith("Pass the function itself, without a call; got ")


def test_tolerance_is_relative_to_large_answers_and_absolute_for_small_ones():
    large = CodedExercise(reference=lambda x: x, cases={"large": (1e6,)}, hint="x", tolerance=1e-3)
    assert check(lambda x: x + 900, large) and not check(lambda x: x + 1100, large)
    small = CodedExercise(reference=lambda x: x, cases={"small": (1e-6,)}, hint="x", tolerance=1e-3)
    assert check(lambda x: 9e-4, small) and not check(lambda x: 2e-3, small)


def test_the_exercise_is_checked():
    with pytest.raises(ValueError, match=r"exercise must be one of ex-code-kl, .*; got 'ex-scale'"):
        check(reference, "ex-scale")
    with pytest.raises(TypeError, match=r"exercise must be a label or a CodedExercise; got 3"):
        check(reference, 3)
