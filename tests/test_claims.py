"""What a claim does when it holds and when it fails, on a page and in a live notebook."""

import subprocess
import sys

import numpy as np
import pytest

from klhelpers import claim
from klhelpers._static import STATIC_VARIABLE


@pytest.fixture
def live(monkeypatch):
    monkeypatch.delenv(STATIC_VARIABLE, raising=False)


@pytest.fixture
def published(monkeypatch):
    monkeypatch.setenv(STATIC_VARIABLE, "1")


@pytest.mark.parametrize("value", ["0", "1"])
def test_a_claim_that_holds_says_nothing(value, monkeypatch, capsys):
    monkeypatch.setenv(STATIC_VARIABLE, value)
    with claim("One is less than two."):
        assert 1 < 2
    assert capsys.readouterr().out == ""


def test_a_false_claim_stops_the_build(published):
    a, b = 1.5, 2.25
    with pytest.raises(AssertionError) as caught:
        with claim("They are equal."):
            assert np.isclose(a, b, rtol=1e-3)
    message = "They are equal.: np.isclose(a, b, rtol=1e-3) is false: a = 1.5, b = 2.25"
    assert str(caught.value) == message


@pytest.mark.faults
@pytest.mark.parametrize("flag", ["-O", "-OO"])
def test_a_claim_refuses_to_hold_because_assertions_are_left_out(flag):
    code = "import klhelpers as kl\nwith kl.claim('It holds.'):\n    assert False"
    done = subprocess.run([sys.executable, flag, "-c", code], capture_output=True, text=True)
    assert done.returncode != 0
    assert "RuntimeError: a claim cannot be checked" in done.stderr
    assert "unset PYTHONOPTIMIZE" in done.stderr


def test_another_error_stops_the_build_as_it_is(published):
    with pytest.raises(KeyError, match="absent"):
        with claim("It is there."):
            assert {}["absent"]


def said(capsys, sentence):
    first, second, *rest = capsys.readouterr().out.splitlines()
    assert rest == []
    assert first == f"No longer true for your values: {sentence}"
    return second.strip()


def test_a_live_notebook_says_both_numbers_and_goes_on(live, capsys):
    a, b = 1.5, np.float32(2.25)
    with claim("They are equal."):
        assert abs(a - b) < 1e-3
    assert said(capsys, "They are equal.") == "abs(a - b) < 1e-3 is false: a = 1.5, b = 2.25"


def check(numbers):
    assert np.all(numbers > 0)


def test_the_first_false_part_is_shown(live, capsys):
    low, mid, high, many = 1, 3, 2, np.array([1.0, 2.0, 3.0])
    with claim("chain"):
        assert low < mid < high
    assert said(capsys, "chain") == "mid < high is false: mid = 3, high = 2"
    with claim("and"):
        assert low == 1 and mid == 4
    assert said(capsys, "and") == "mid == 4 is false: mid = 3"
    with claim("not"):
        assert not mid > 2
    assert said(capsys, "not") == "not mid > 2 is false: mid = 3"
    with claim("all"):
        assert np.all(many < 3)
    assert said(capsys, "all") == "np.all(many < 3) is false: many = [1. 2. 3.]"
    with claim("lines"):
        assert np.allclose(
            many, [1, 2, 4], rtol=0
        )  # fmt: skip
    told = said(capsys, "lines")
    assert told.endswith("is false: many = [1. 2. 3.], [1, 2, 4] = [1. 2. 4.]")


def test_functions_that_compare_are_known_without_their_module(live, capsys):
    from numpy import isclose

    a, b, flags = 1.5, 2.25, [True, False]
    with claim("close"):
        assert isclose(a, b)
    assert said(capsys, "close") == "isclose(a, b) is false: a = 1.5, b = 2.25"
    with claim("all"):
        assert all(flags)
    assert said(capsys, "all") == "all(flags) is false: flags = [1. 0.]"
    with claim("norm"):
        assert np.linalg.norm(a - b) < 0.5
    told = said(capsys, "norm")
    assert told == "np.linalg.norm(a - b) < 0.5 is false: a = 1.5, b = 2.25"
    with claim("sum"):
        assert abs(a + b) < 0.5
    assert said(capsys, "sum") == "abs(a + b) < 0.5 is false: abs(a + b) = 3.75"


def test_an_assertion_in_a_function_is_shown(live, capsys):
    with claim("They are positive."):
        check(np.array([1.0, -2.5]))
    told = said(capsys, "They are positive.")
    assert told == "np.all(numbers > 0) is false: numbers = [ 1.  -2.5]"


def test_code_without_a_source(live, capsys):
    code = compile("with claim('None.'):\n    assert 1 > 2", "<no file>", "exec")
    exec(code, {"claim": claim})
    assert said(capsys, "None.") == "an assertion is false"


@pytest.mark.parametrize(
    ("words", "told"), [(", 'too small'", "too small"), ("", "an assertion is false")]
)
def test_code_without_a_source_stops_the_build_by_its_own_words(published, words, told):
    code = compile(f"with claim('It is.'):\n    assert 1 > 2{words}", "<no file>", "exec")
    with pytest.raises(AssertionError) as caught:
        exec(code, {"claim": claim})
    assert str(caught.value) == f"It is.: {told}"


def test_what_cannot_be_evaluated_again_is_left_out(live, capsys):
    values = iter([1, 2])
    with claim("The first is 2."):
        assert next(values) == 2 == next(values)
    assert "is false" in said(capsys, "The first is 2.")


def test_another_error_is_told_and_the_notebook_goes_on(live, capsys):
    with claim("Step 57 is the last."):
        assert [1.0][57] == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Cannot be checked for your values: Step 57 is the last."
    assert second.strip() == "IndexError: list index out of range"


def test_an_interrupt_is_not_held_back(live):
    with pytest.raises(KeyboardInterrupt):
        with claim("It is never interrupted."):
            raise KeyboardInterrupt


def test_a_claim_about_one_seed_is_silent_for_another(live, capsys):
    seed = 42
    with claim("It is 41.", given=seed == 41):
        assert seed == 41
    with claim("There is an entry.", given=seed == 41):
        assert [][0]
    assert capsys.readouterr().out == ""


def test_what_the_page_publishes_must_be_checked(published):
    with pytest.raises(ValueError, match="given must be true where the claim is published"):
        with claim("It is 41.", given=False):
            pass


@pytest.mark.parametrize("sentence", ["", " ", None, 3])
def test_a_claim_is_a_sentence(sentence):
    message = f"^sentence must be a text that is not empty; got {sentence!r}$"
    with pytest.raises(TypeError, match=message):
        claim(sentence)


def test_given_is_a_bool():
    with pytest.raises(TypeError, match="given must be True or False; got "):
        claim("It holds.", given=np.ones(3))
    claim("It holds.", given=np.bool_(True))


@pytest.mark.parametrize("given", [1, None, "yes"])
def test_given_is_true_or_false(given):
    with pytest.raises(TypeError, match=f"^given must be True or False; got {given!r}$"):
        claim("It holds.", given=given)
