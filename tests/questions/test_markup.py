"""The markup of questions, character by character: the script and the style sheet read it."""

import pytest

import klhelpers as kl
from klhelpers.questions.markup import _squeeze, question_markup

FORM = (
    '<form class="kq" novalidate autocomplete="off"><p class="kq-title">Check yourself</p>'
    "<fieldset><legend>{}</legend>{}</fieldset>"
    "<details><summary>Answer</summary>{}</details></form>"
)


def test_a_choice():
    answers = [("`a`", False, "Too low."), ("b", True, "1 > 0."), ("c", False, "Too `high`.")]
    assert question_markup(kl.Choice("Which?", answers), "3. ") == FORM.format(
        "3. Which?",
        '<ol type="a"><li><code>a</code></li><li>b</li><li>c</li></ol>',
        '<ol type="a"><li><strong>Not right.</strong> <span>Too low.</span></li>'
        "<li data-right><strong>Right.</strong> <span>1 &gt; 0.</span></li>"
        "<li><strong>Not right.</strong> <span>Too <code>high</code>.</span></li></ol>",
    )


def test_a_number():
    question = kl.Numeric(
        "How much?",
        -0.25,
        tolerance=0.05,
        unit="nats",
        explanation="So it is.",
        hint="Count.",
        near_misses=[(0.25, "The sign."), (-10, "Too far.")],
    )
    assert question_markup(question, "") == FORM.format(
        "How much?",
        '<p data-unit="nats" data-within="0.05">Your answer in nats, to within 0.05</p>',
        '<p data-value="-0.2500" data-tolerance="0.05" data-right>'
        "<strong>−0.25 nats.</strong> <span>So it is.</span></p>"
        '<p data-value="0.2500" data-tolerance="0.05">'
        "<strong>Not 0.25 nats.</strong> <span>The sign.</span></p>"
        '<p data-value="-10.0000" data-tolerance="0.05">'
        "<strong>Not −10.00 nats.</strong> <span>Too far.</span></p>"
        "<p><strong>Hint.</strong> <span>Count.</span></p>",
    )


def test_a_number_without_a_unit():
    question = kl.Numeric("6 × 7?", 42, tolerance=10, explanation="So it is.", hint="Multiply.")
    assert question_markup(question, "2. ") == FORM.format(
        "2. 6 × 7?",
        '<p data-unit="" data-within="10">Your answer, to within 10</p>',
        '<p data-value="42.00" data-tolerance="10.0" data-right>'
        "<strong>42.</strong> <span>So it is.</span></p>"
        "<p><strong>Hint.</strong> <span>Multiply.</span></p>",
    )


@pytest.mark.parametrize(
    ("tolerance", "within"), [(20, "20"), (0.5, "0.5"), (0.1875, "0.19"), (0.005, "0.005")]
)
def test_a_tolerance_is_stated_in_two_digits_at_most(tolerance, within):
    question = kl.Numeric("How much?", 4, tolerance=tolerance, explanation="So.", hint="Count.")
    assert f'data-within="{within}">Your answer, to within {within}<' in question_markup(
        question, ""
    )


def test_a_squeezed_source_keeps_all_that_does_something():
    source = "/* A sheet. */\n\na {\n  color: red; /* kept */\n}\n  // a comment\nx = '//';\n   \n"
    assert _squeeze(source) == "a {\ncolor: red; /* kept */\n}\nx = '//';"
