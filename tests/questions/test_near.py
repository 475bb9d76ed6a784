"""Numbers that are nearly right get an answer of their own."""

import math

import pytest

import klhelpers as kl

ANSWER = 2 / math.log(2)  # 2.8854 bits


def numeric(answer=ANSWER, *, unit="bits", tolerance=0.01, near_misses=()):
    return kl.Questions(
        kl.Numeric(
            "How many?",
            answer,
            tolerance=tolerance,
            unit=unit,
            explanation="So many.",
            hint="Count.",
            near_misses=near_misses,
        )
    )


def verdict(page, typed):
    page.get_by_role("textbox").fill(typed)
    page.get_by_role("button", name="Check").click()
    return page.get_by_role("status").inner_text()


NEAR = "≈ Not quite. "


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2.9", "Right to two digits; give it to within 0.01."),
        ("3", "Right to one digit; give it to within 0.01."),
        ("2.8", "The first two digits are right; give it to within 0.01."),
        ("-2.885", "The size is right, the sign is not."),
        ("−2,885", "The size is right, the sign is not."),
        ("2", "That is the answer in nats; it is asked for in bits."),
        ("2.885 nats", "The answer is asked for in bits; one nat is 1.4427 bits."),
        (
            "2 nats",
            "That is the right amount, in another unit. "
            "The answer is asked for in bits; one nat is 1.4427 bits.",
        ),
        ("2.885 m", "The unit asked for is bits; you gave “m”."),
    ],
)
def test_nearly_right_is_told_what_is_missing(ask, typed, words):
    assert verdict(ask(numeric()), typed) == NEAR + words


@pytest.mark.parametrize(
    "typed", ["2.885", "2,89", "2.8854 bits", "2.8854bit", "2.8854 Bits", "28854e-4", "202/70"]
)
def test_right_in_other_words_is_right(ask, typed):
    assert verdict(ask(numeric()), typed) == "✓ Right. So many."


@pytest.mark.parametrize("typed", ["2.7", "3.1", "0", "1", "29", "20/7.1", "1e9", "28.85"])
def test_far_from_right_gets_the_hint(ask, typed):
    assert verdict(ask(numeric()), typed) == "✗ Not right. Count."


def test_a_known_mistake_goes_before_a_general_one(ask):
    page = ask(numeric(near_misses=[(-ANSWER, "KL is not negative.")]))
    assert verdict(page, "-2.885") == "✗ Not right. KL is not negative."


def test_digits_of_a_small_or_negative_number(ask):
    page = ask(numeric(-0.01234, unit="", tolerance=0.00002))
    assert verdict(page, "-0.012") == NEAR + "Right to two digits; give it to within 0.00002."
    assert verdict(page, "-0.0123") == NEAR + "Right to three digits; give it to within 0.00002."
    assert verdict(page, "0.01234") == NEAR + "The size is right, the sign is not."
    assert verdict(page, "-0.01234 nats") == (
        NEAR + "A number without a unit is asked for; you gave “nats”."
    )


def test_a_comma_between_thousands(ask):
    page = ask(numeric(1234, unit="", tolerance=0.5))
    assert verdict(page, "1,234") == NEAR + "A comma is read as a decimal point here: leave it out."
    assert verdict(page, "1234") == "✓ Right. So many."


def test_a_hostile_unit_stays_text(ask):
    page = ask(numeric(unit="<img src=x>"))
    assert "<img src=x>" in page.get_by_text("Your answer in").inner_text()
    assert page.locator("img").count() == 0
