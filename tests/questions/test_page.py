"""Questions in a real browser: on a plain page, opened from a file, without a kernel."""

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

import klhelpers as kl

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
FLOOR = 0.5 * np.log(2)
QUESTIONS = kl.Questions(
    kl.Choice(
        "Which one averages in KL(q‖p)?",
        [
            ("q", True, "The first argument averages."),
            ("p", False, "That is KL(p‖q)."),
            ("both, in `KL`", False, "Only one does."),
        ],
    ),
    kl.Numeric(
        "What is the floor?",
        FLOOR,
        tolerance=0.005,
        unit="nats",
        explanation="It is −½ ln(1 − ρ²).",
        hint="Start from ρ².",
        near_misses=[(2 * FLOOR, "The half is missing."), (-FLOOR, "The sign is wrong.")],
    ),
)


@pytest.fixture
def quiz(new_page, tmp_path):
    """Open a page with the same questions twice, under a strict policy."""

    def open_quiz(**options):
        path = tmp_path / "quiz.html"
        path.write_text(
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Quiz</title>'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<style>@media(prefers-color-scheme:dark){body{background:#121212;color:#eee}}</style>"
            f"</head><body><main><h1>Quiz</h1>{QUESTIONS.html}{QUESTIONS.html}</main></body></html>",
            encoding="utf-8",
        )
        page = new_page(**options)
        page.goto(path.as_uri())
        return page

    return open_quiz


def check(form):
    """Press Check and return the verdict."""
    form.get_by_role("button", name="Check").click()
    return form.get_by_role("status").inner_text()


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        ("q", "✓ Right. The first argument averages."),
        ("p", "✗ Not right. That is KL(p‖q)."),
        ("both, in KL", "✗ Not right. Only one does."),
    ],
)
def test_every_choice_is_judged_and_explained(quiz, label, verdict):
    form = quiz().locator("form").nth(0)
    form.get_by_label(label, exact=True).check()
    assert check(form) == verdict


RIGHT, HINT = "✓ Right. It is −½ ln(1 − ρ²).", "✗ Not right. Start from ρ²."
ASK = "Enter a number, such as 0.25 or 1/4."


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("0.3466", RIGHT),
        (" 0,3466 nats ", RIGHT),
        ("3466e-4", RIGHT),
        ("+.3466", RIGHT),
        ("26 / 75", RIGHT),  # 0.34667
        (str(FLOOR + 0.0049), RIGHT),
        (str(FLOOR - 0.0049), RIGHT),
        (str(FLOOR + 0.0051), HINT),
        (str(FLOOR - 0.0051), HINT),
        ("0.69", "✗ Not right. The half is missing."),
        ("-0.35", "✗ Not right. The sign is wrong."),
        ("−0.35", "✗ Not right. The sign is wrong."),
        ("0", HINT),
        ("1e400", ASK),
        ("1/0", ASK),
        ("1/2/3", ASK),
        ("", ASK),
        ("nats", ASK),
        ("alert(1)", ASK),
    ],
)
def test_every_number_is_judged_and_explained(quiz, typed, verdict):
    form = quiz().locator("form").nth(1)
    box = form.get_by_label("Your answer in nats, to within 0.005")
    box.fill(typed)
    assert check(form) == verdict
    assert (box.get_attribute("aria-invalid") == "true") == (verdict == ASK)


def test_nothing_chosen_is_no_answer(quiz):
    assert check(quiz().locator("form").nth(0)) == "Choose an answer first."


def test_another_choice_clears_the_verdict(quiz):
    form = quiz().locator("form").nth(0)
    form.get_by_label("p", exact=True).check()
    assert check(form).startswith("✗")
    form.get_by_label("q", exact=True).check()
    assert form.get_by_role("status").inner_text() == ""


def test_another_number_clears_the_verdict(quiz):
    form = quiz().locator("form").nth(1)
    form.get_by_role("textbox").fill("7")
    assert check(form).startswith("✗")
    form.get_by_role("textbox").fill("8")
    assert form.get_by_role("status").inner_text() == ""


def test_the_keyboard_suffices(quiz):
    page = quiz()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    status = page.get_by_role("status")
    assert status.nth(0).inner_text().startswith("✓ Right.")
    for _ in range(3):  # the button, the fold, the next question
        page.keyboard.press("Tab")
    page.keyboard.type("0.6")
    page.keyboard.press("Enter")
    assert status.nth(1).inner_text() == HINT
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert not page.get_by_text("0.347 nats.").nth(0).is_visible()
    page.keyboard.press("Enter")
    assert page.get_by_text("0.347 nats.").nth(0).is_visible()


def test_copies_on_one_page_do_not_meet(quiz):
    page = quiz()
    forms = page.locator("form")
    forms.nth(0).get_by_label("p", exact=True).check()
    forms.nth(2).get_by_label("q", exact=True).check()
    assert check(forms.nth(0)).startswith("✗")
    assert check(forms.nth(2)).startswith("✓")
    assert forms.nth(0).get_by_label("p", exact=True).is_checked()


def test_moving_the_element_keeps_the_answers(quiz):
    page = quiz()
    page.locator("form").nth(0).get_by_label("q", exact=True).check()
    page.evaluate("document.body.append(document.querySelector('kl-questions'))")
    moved = page.locator("kl-questions").last.locator("form").first
    assert moved.get_by_role("radio").count() == 3
    assert moved.get_by_label("q", exact=True).is_checked()
    assert check(moved).startswith("✓")


def test_the_name_of_a_group_is_its_question(quiz):
    groups = quiz().get_by_role("group", name="1. Which one averages in KL(q‖p)?")
    assert groups.count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("answered", [False, True])
def test_axe_finds_nothing(quiz, scheme, answered):
    page = quiz(color_scheme=scheme, bypass_csp=True)  # axe puts a script of its own into the page
    if answered:
        for index, label in enumerate(("p", "q")):
            form = page.locator("form").nth(2 * index)
            form.get_by_label(label, exact=True).check()
            check(form)
        check(page.locator("form").nth(1))
        for fold in page.locator("summary").all():
            fold.click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_narrow_screen_needs_no_sideways_scrolling(quiz):
    page = quiz(viewport={"width": 320, "height": 800})
    for form in page.locator("form").all():
        check(form)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_questions_can_be_read(quiz):
    page = quiz(java_script_enabled=False)
    form = page.locator("form").nth(0)
    assert form.locator("legend").inner_text() == "1. Which one averages in KL(q‖p)?"
    assert form.locator("fieldset li").all_inner_texts() == ["q", "p", "both, in KL"]
    assert not form.get_by_text("The first argument averages.").is_visible()
    form.locator("summary").click()
    assert form.get_by_text("The first argument averages.").is_visible()
    assert page.locator("button, input").count() == 0


def test_paper_shows_no_buttons(quiz):
    page = quiz()
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Check", include_hidden=True).nth(0).is_visible()
    assert page.get_by_text("both, in KL").nth(0).is_visible()
