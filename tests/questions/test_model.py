"""Questions: what they accept, and the markup and text that they become."""

import numpy as np
import pytest
from bs4 import BeautifulSoup

import klhelpers as kl
from klhelpers.questions import questions_block

ANSWERS = [("q", True, "The first argument averages."), ("p", False, "That is KL(p‖q).")]
NASTY = "</script><b>x</b> & \"y\" 'z' $a$ \\(b\\) `<i>`"


def choice(answers=ANSWERS, question="Which one averages in KL(q‖p)?"):
    return kl.Choice(question, answers)


def numeric(**changes):
    options = {
        "question": "What is the floor?",
        "answer": 0.5 * np.log(2),
        "tolerance": 0.005,
        "unit": "nats",
        "explanation": "It is −½ ln(1 − ρ²).",
        "hint": "Start from ρ².",
        "near_misses": [(np.log(2), "The half is missing.")],
    } | changes
    return kl.Numeric(options.pop("question"), options.pop("answer"), **options)


def soup(*questions):
    return BeautifulSoup(kl.Questions(*questions).html, "html5lib")


@pytest.mark.parametrize(
    ("answers", "error", "match"),
    [
        ([(t, False, e) for t, _, e in ANSWERS], ValueError, "right; 0 are, of those to 'Which"),
        (
            [(t, True, e) for t, _, e in ANSWERS],
            ValueError,
            "exactly one answer must be right; 2",
        ),
        (ANSWERS[:1], ValueError, r"answers must be 2 to 26; got 1 to 'Which one averages in"),
        (
            [*ANSWERS, ("q", False, "Again.")],
            ValueError,
            r"answers must differ from each other; got \['q', 'p', 'q'\]",
        ),
        ([*ANSWERS, ("r", 0, "No bool.")], TypeError, "whether 'r' is right must be a bool; got 0"),
        ([*ANSWERS, ("r", False)], TypeError, r"each answer must be a tuple \(text, truth, expl"),
        ([*ANSWERS, ["r", False, "e"]], TypeError, r"; got \['r', False, 'e'\]"),
        ([*ANSWERS, ("r", False, "e", 4)], TypeError, r"; got \('r', False, 'e', 4\)"),
        ([*ANSWERS, ("r", False, " ")], ValueError, "^the explanation of 'r' must not be blank"),
        ([*ANSWERS, ("", False, "e")], ValueError, "^the text of an answer must not be blank"),
        ([*ANSWERS, (3, False, "e")], TypeError, "^the text of an answer must be a string; got 3"),
    ],
)
def test_bad_answers_are_refused(answers, error, match):
    with pytest.raises(error, match=match):
        choice(answers)


@pytest.mark.parametrize(
    ("question", "error", "match"),
    [
        (" \n", ValueError, "^question must not be blank"),
        (None, TypeError, "^question must be a string; got None"),
    ],
)
def test_a_choice_needs_a_question(question, error, match):
    with pytest.raises(error, match=match):
        choice(question=question)


def test_which_answer_is_right_cannot_be_passed_and_is_not_shown():
    with pytest.raises(TypeError, match="positional argument"):
        kl.Choice("1 > 0?", ANSWERS, 1)
    assert "right=" not in repr(choice())


def test_options_of_a_number_have_names():
    for count in range(1, 4):
        with pytest.raises(TypeError, match="positional argument"):
            kl.Numeric("6 × 7?", 42, *[0.5, "It is.", "Multiply."][:count], tolerance=0.5)


def test_a_computed_truth_becomes_a_bool():
    question = choice([("no", np.float64(1) > 2, "e"), ("yes", np.float64(1) < 2, "e")])
    assert question.right == 1
    assert [truth for _, truth, _ in question.answers] == [False, True]
    assert {type(truth) for _, truth, _ in question.answers} == {bool}


def test_what_a_generator_gives_is_kept():
    assert choice(answer for answer in ANSWERS).answers == tuple(ANSWERS)
    misses = [(9, "Too large."), (-9.5, "Too small.")]
    kept = numeric(near_misses=(miss for miss in misses)).near_misses
    assert kept == ((9.0, "Too large."), (-9.5, "Too small."))
    assert {type(value) for value, _ in kept} == {float}


def test_answers_have_the_letters_of_the_alphabet():
    letters = [(f"answer {i}", i == 25, f"reason {i}") for i in range(26)]
    asked, solved = kl.Questions(choice(letters)).text.split("\n\nAnswers\n\n")
    assert asked.endswith("   (z) answer 25")
    assert solved == "(z) reason 25"
    with pytest.raises(ValueError, match=r"answers must be 2 to 26; got 27 to 'Which one"):
        choice([*letters, ("answer 26", False, "e")])


@pytest.mark.parametrize(
    ("changes", "error", "match"),
    [
        ({"answer": np.nan}, ValueError, "^answer must be finite; got nan"),
        ({"answer": "0.3"}, TypeError, "^answer must be a real number; got '0.3'"),
        ({"answer": np.True_}, TypeError, "answer must be a real number"),
        ({"tolerance": 0}, ValueError, "^tolerance must be positive and finite; got 0"),
        ({"tolerance": -0.1}, ValueError, "tolerance must be positive and finite; got -0.1"),
        ({"tolerance": np.inf}, ValueError, "tolerance must be positive and finite; got inf"),
        ({"question": " "}, ValueError, "^question must not be blank"),
        ({"explanation": ""}, ValueError, "^explanation must not be blank"),
        ({"hint": None}, TypeError, "^hint must be a string; got None"),
        ({"unit": 3}, TypeError, "^unit must be a string; got 3"),
        ({"near_misses": [(np.inf, "e")]}, ValueError, "^a near miss must be finite; got inf"),
        ({"near_misses": [0.7]}, TypeError, r"each near miss must be a tuple \(value, .*; got 0.7"),
        ({"near_misses": [[0.7, "e"]]}, TypeError, r"must be a tuple .*; got \[0.7, 'e'\]"),
        ({"near_misses": [(0.7, "e", 1)]}, TypeError, r"must be a tuple .*; got \(0.7, 'e', 1\)"),
        (
            {"near_misses": [(0.7, "")]},
            ValueError,
            "^the explanation of the near miss 0.7 ",
        ),
        ({"near_misses": [(0.354, "e")]}, ValueError, "more than two tolerances from the answer"),
        (
            {"answer": 1, "tolerance": 0.25, "near_misses": [(1.5, "e")]},
            ValueError,
            "each other; 1.0 and 1.5 are not, with tolerance 0.25",
        ),
        ({"near_misses": [(0.7, "e"), (0.7, "f")]}, ValueError, "and from each other; 0.7 and 0.7"),
    ],
)
def test_bad_numbers_are_refused(changes, error, match):
    with pytest.raises(error, match=match):
        numeric(**changes)


def test_near_misses_a_little_more_than_two_tolerances_off_are_taken():
    misses = [(1.5625, "Too large."), (0.4375, "Too small.")]
    assert numeric(answer=1, tolerance=0.25, near_misses=misses).near_misses == tuple(misses)


def test_numbers_become_floats():
    question = numeric(answer=np.int64(3), tolerance=np.float32(0.5), near_misses=())
    assert (type(question.answer), type(question.tolerance)) == (float, float)


@pytest.mark.parametrize(
    ("answer", "tolerance", "shown"),
    [(0.34657, 0.005, "0.347"), (0.34657, 0.05, "0.35"), (-1e-9, 0.1, "0.0"), (1234.5, 50, "1234")],
)
def test_digits_follow_the_tolerance(answer, tolerance, shown):
    question = numeric(answer=answer, tolerance=tolerance, near_misses=())
    assert question.shown(question.answer) == shown
    assert abs(float(shown) - answer) <= tolerance


@pytest.mark.parametrize(
    ("questions", "error", "match"),
    [
        ((), ValueError, "^questions must hold at least one Choice or Numeric$"),
        ((choice(), "Why?"), TypeError, "questions must be Choice or Numeric; got 'Why"),
        (([choice()],), TypeError, r"questions must be Choice or Numeric; got \[Choice"),
    ],
)
def test_other_things_are_no_questions(questions, error, match):
    with pytest.raises(error, match=match):
        kl.Questions(*questions)


def test_two_runs_are_equal():
    first, second = (kl.Questions(choice(), numeric())._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert set(first) == {"text/html", "text/plain"}


def test_the_last_bit_of_an_answer_does_not_show():
    answer = 0.5 * np.log(2)
    assert soup(numeric()) == soup(numeric(answer=np.nextafter(answer, 1)))


def test_there_are_no_ids():
    assert not soup(choice(), numeric()).find_all(id=True)


def test_every_text_stays_text():
    answers = [(NASTY, True, NASTY), ("other", False, NASTY)]
    page = soup(
        choice(answers, NASTY),
        numeric(
            question=NASTY, unit=NASTY, explanation=NASTY, hint=NASTY, near_misses=[(9, NASTY)]
        ),
    )
    expected = NASTY.replace("`", "")
    assert len(page.find_all("script")) == 1  # the shared one
    assert not page.find_all(["b", "i"])
    assert [legend.text for legend in page.find_all("legend")] == [f"{n}. {expected}" for n in "12"]
    assert [span.text for span in page.find_all("span")] == [expected] * 5
    assert page.find("code").text == "<i>"
    assert page.find(attrs={"data-unit": NASTY})


def test_without_a_script_the_answers_are_folded():
    page = soup(choice(), numeric())
    folds = page.find_all("details")
    assert [fold.summary.text for fold in folds] == ["Answer", "Answer"]
    assert not any(fold.has_attr("open") for fold in folds)
    assert folds[0].find(attrs={"data-right": True}).text.startswith("Right. The first")
    assert folds[1].find(attrs={"data-right": True}).text.startswith("0.347 nats. It is")
    for fold in folds:
        fold.decompose()
    page.script.decompose()
    page.style.decompose()
    assert "0.347" not in page.text
    assert "Your answer in nats, to within 0.005" in page.text


def test_plain_text_asks_first_and_answers_after():
    asked, solved = kl.Questions(choice(), numeric()).text.split("\n\nAnswers\n\n")
    assert asked == (
        "Check yourself\n\n1. Which one averages in KL(q‖p)?\n   (a) q\n   (b) p"
        "\n\n2. What is the floor?"
    )
    assert solved == ("1. (a) The first argument averages.\n\n2. 0.347 nats. It is −½ ln(1 − ρ²).")


def test_a_single_question_has_no_number():
    assert soup(choice()).legend.text == "Which one averages in KL(q‖p)?"


def test_the_representation_gives_nothing_away():
    assert repr(kl.Questions(choice(), numeric())) == "<Questions: 2>"


def test_the_shared_block_is_small_and_plain():
    block = questions_block()
    assert len(block.encode()) < 13_000
    for word in ("eval(", "Function(", "innerHTML", "document.write", "fetch(", "http"):
        assert word not in block
