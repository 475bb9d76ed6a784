"""Predict, then see: nothing of the answer before it is asked for, and then the right one."""

import json
import re
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

from klhelpers import kl_gaussian, optimal_diag_gaussian
from klhelpers.direction import ARROWS, ordered
from klhelpers.live import GuessFigure
from klhelpers.live.gaussians import scale_tril
from klhelpers.nats import format_nats

HOSTILE = '<img src=x onerror="window.hurt = 1"></script><b>&amp;'
NUMBER = {"ask": "number", "label": "KL(p‖q)", "truth": 1.386, "range": (0, 4)}


def sentence(page, number=0):
    return page.locator(".kl-sentence").nth(number).inner_text()


def visible(page):
    """All texts but the one that a screen reader is told after a rest."""
    texts = page.locator(".kl-figure > :not(.kl-voice)").all_inner_texts()
    return "\n".join(texts)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def values(figure, direction):
    """The divergence of the guess, and the least of the family, by klhelpers."""
    p = np.array(figure.loc_p), scale_tril(figure.scale_p, figure.correlation_p)
    q = np.array(figure.loc_q), scale_tril(figure.scale_q, figure.correlation_q)
    scale = optimal_diag_gaussian(*p, direction=direction).scale
    if figure.family == "isotropic":  # the least of a fine grid, not our formula
        sizes = np.geomspace(scale.min() / 2, scale.max() * 2, 200_001)
        best = np.broadcast_to(p[0], (len(sizes), 2)), sizes[:, np.newaxis, np.newaxis] * np.eye(2)
    else:
        best = (p[0], np.diag(scale)) if figure.family == "diagonal" else p
    divergence = [
        np.min(kl_gaussian(*first, *second))
        for first, second in (ordered(direction, p, q), ordered(direction, p, best))
    ]
    return float(divergence[0]), float(divergence[1])


FIGURES = {
    "reverse, diagonal": {},
    "forward, diagonal": {"direction": "forward", "correlation_p": -0.95},
    "reverse, isotropic": {"family": "isotropic", "scale_p": (2.5, 0.5)},
    "forward, isotropic": {"direction": "forward", "family": "isotropic", "scale_p": (0.3, 3)},
    "reverse, full": {"family": "full", "correlation_q": 0.3, "loc_p": (1, -1)},
    "forward, full": {"family": "full", "direction": "forward", "correlation_q": -0.7},
}


@pytest.mark.parametrize("name", FIGURES)
def test_the_answer_is_that_of_klhelpers(open_figures, name):
    figure = GuessFigure(**FIGURES[name])
    page = open_figures(figure)
    before = visible(page)
    assert not re.search(r"\d\.\d", before)  # no number at all
    assert not page.locator(".kl-line.kl-reverse, .kl-line.kl-forward").count()
    press(page, "Show")
    value, least = values(figure, figure.direction)
    shown = [format_nats(x) for x in (value, least, value - least)]
    found = re.findall(r"\d+\.\d+", sentence(page))
    assert found == shown
    assert f"Your q: {ARROWS[figure.direction]} = " in sentence(page)
    outline = page.locator(f".kl-data .kl-line.kl-{figure.direction}")
    assert outline.count() == 1 and outline.is_visible()
    assert shown[1] in figure.answer
    press(page, "Hide")
    assert visible(page) == before
    assert not outline.is_visible()


@pytest.mark.parametrize("direction", ARROWS)
def test_the_outline_is_the_best_q(open_figures, direction):
    figure = GuessFigure(direction=direction, loc_p=(1, -0.5), scale_p=(2, 0.7), shown=True)
    page = open_figures(figure)
    matrix = page.locator(f".kl-line.kl-{direction}").get_attribute("transform")
    a, b, zero, c, x, y = map(float, re.findall(r"[-\d.e]+", matrix))
    tril = scale_tril(figure.scale_p, figure.correlation_p)
    best = optimal_diag_gaussian(figure.loc_p, tril, direction=direction)
    np.testing.assert_allclose([a, c, x, -y], [*best.scale, *best.loc], rtol=1e-12)
    assert b == zero == 0


def test_q_is_dragged_by_mouse_before_and_after_the_answer(open_figures, drag, handle):
    page = open_figures(GuessFigure())
    before = handle(page, "Mean of q").get_attribute("aria-valuetext")
    drag(page, "Mean of q", 30, -20)
    drag(page, "Axis 1 of q", 25, 0)
    assert handle(page, "Mean of q").get_attribute("aria-valuetext") != before
    assert not re.search(r"\d\.\d", sentence(page))
    press(page, "Show")
    first = sentence(page)
    drag(page, "Mean of q", -40, 10)
    assert sentence(page) != first  # the distance follows
    assert page.get_by_role("slider").count() == 3  # p cannot be moved


def test_a_guess_at_the_optimum_is_at_no_distance(open_figures):
    scale = optimal_diag_gaussian([0, 0], scale_tril((1.5, 1), 0.8), direction="reverse").scale
    page = open_figures(GuessFigure(loc_q=(0, 0), scale_q=tuple(scale), shown=True))
    assert "0.5108 nats, so your guess is 0.0000 nats above it" in sentence(page)


def test_q_by_keyboard_alone(open_figures):
    page = open_figures(GuessFigure())
    names = []
    for _ in range(9):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.innerText")
        )
        if names[-1] == "Mean of q":
            for key in ("ArrowLeft", "Shift+ArrowUp"):
                page.keyboard.press(key)
        if names[-1] == "Show":
            page.keyboard.press("Enter")
            break
    assert names == ["Axis 1 of q", "Axis 2 of q", "Mean of q", "Show"]
    moved = GuessFigure(loc_q=(0.75, 0.0))
    assert format_nats(values(moved, "reverse")[0]) in sentence(page)
    page.keyboard.press("Space")
    assert not re.search(r"\d\.\d", sentence(page))


def test_one_typed_scale_of_an_isotropic_q_takes_the_other_along(open_figures):
    page = open_figures(GuessFigure(family="isotropic"))
    page.get_by_text("Type numbers").click()
    field = page.get_by_label("standard deviation of q, 1")
    field.fill("1,25")
    field.press("Enter")
    assert page.get_by_label("standard deviation of q, 2").input_value() == "1.25"
    field.fill("9")
    field.press("Enter")
    expect(field).to_have_accessible_description(
        "standard deviation of q, 1 must be a number from 0.02 to 4."
    )
    expect(field).to_have_value("9")


def test_a_number(open_figures, handle):
    page = open_figures(GuessFigure(**NUMBER, because="It is ln 4."))
    assert page.locator(".kl-question").last.inner_text() == "How large is KL(p‖q)?"
    text = page.locator(".kl-figure").inner_text()
    assert "1.386" not in text and "ln 4" not in text and "2.0000" in text
    assert not page.locator(".kl-floor").is_visible()
    page.get_by_label("your guess in nats").fill("0,5")
    page.get_by_label("your guess in nats").press("Enter")
    assert handle(page, "Your guess of KL(p‖q)").get_attribute("aria-valuetext") == "0.5000 nats"
    press(page, "Show")
    assert sentence(page) == (
        "KL(p‖q) = 1.3860 nats. Your guess, 0.5000 nats, is 0.8860 nats below it. It is ln 4."
    )
    assert "truth 1.3860, 0.8860 nats away" in page.locator(".kl-figure svg").first.text_content()
    for typed in ("1.386", "1.38603"):
        page.get_by_label("your guess in nats").fill(typed)
        page.get_by_label("your guess in nats").press("Enter")
        assert "is the same to four decimals." in sentence(page)
    press(page, "Hide")
    assert "truth" not in visible(page)
    press(page, "Reset")
    assert "KL(p‖q) = 2.0000 nats" in sentence(page)


def test_the_truth_stands_where_the_axis_says(open_figures):
    page = open_figures(GuessFigure("number", label="x", truth=-1, range=(-2, 6), shown=True))
    box = page.locator(".kl-axes rect").bounding_box()
    for line, value in ((".kl-floor", -1), (".kl-line.kl-guess", 2)):
        at = page.locator(line).bounding_box()
        middle = at["x"] + at["width"] / 2
        assert middle == pytest.approx(box["x"] + box["width"] * (value + 2) / 8, abs=0.7)


def test_a_number_by_mouse_and_keyboard(open_figures, drag, handle):
    page = open_figures(GuessFigure(**NUMBER))
    name = "Your guess of KL(p‖q)"
    axis = page.locator(".kl-axes rect").bounding_box()["width"]
    drag(page, name, axis / 4, 30)
    value = float(handle(page, name).get_attribute("aria-valuenow"))
    assert value == pytest.approx(3, abs=0.02)
    drag(page, name, axis, 0)
    assert handle(page, name).get_attribute("aria-valuenow") == "4.0000"
    assert page.locator(".kl-note").inner_text() == "your guess in nats stops at 4."
    handle(page, name).focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowUp")
    assert handle(page, name).get_attribute("aria-valuetext") == "3.8200 nats"
    assert page.locator(".kl-note").inner_text() == ""
    assert not page.locator(".kl-floor").is_visible()


def test_a_typed_number_beyond_the_axis_is_refused(open_figures):
    page = open_figures(GuessFigure(**NUMBER))
    field = page.get_by_label("your guess in nats")
    for valid, refused in {"0.5": "4.5", "1": "-1", "1.5": "1e400", "2.5": "abc", "3": ""}.items():
        field.fill(valid)  # a valid number removes the message
        field.press("Enter")
        expect(field).to_have_accessible_description("")
        field.fill(refused)
        field.press("Enter")
        expect(field).to_have_accessible_description(
            "your guess in nats must be a number from 0 to 4."
        )
        expect(field).to_have_value(refused)
        assert f"{float(valid):.4f}" in sentence(page)


@pytest.mark.parametrize("ask", [{}, NUMBER | {"label": HOSTILE}])
def test_texts_are_never_html(open_figures, ask):
    figure = GuessFigure(**ask, question=HOSTILE, because=HOSTILE, shown=True)
    page = open_figures(figure)
    assert page.locator(".kl-figure .kl-question").inner_text() == HOSTILE
    assert sentence(page).endswith(HOSTILE)
    still = page.locator(".kl-still")
    assert still.locator(".kl-question").text_content() == HOSTILE
    assert still.locator(".kl-answer").text_content().endswith(HOSTILE)
    assert page.locator("kl-live img, kl-live b").count() == 0
    assert page.evaluate("window.hurt") is None


def test_dollars_in_a_label_are_no_formula():
    figure = GuessFigure("number", label="cost in $ and $", truth=1)
    assert figure.still().axes[0].get_xlabel() == r"cost in \$ and \$ in nats"
    assert "cost in" in figure.html


def link(state):
    return f"#fig-0&state={quote(json.dumps(state))}"


def test_a_link_holds_the_guess(open_figures):
    page = open_figures(GuessFigure(**NUMBER), hash=link({"guess": 1.5, "shown": True}))
    assert "Your guess, 1.5000 nats, is 0.1140 nats above it." in sentence(page)
    page = open_figures(GuessFigure(), hash=link({"loc_q": [0.75, 0]}))
    press(page, "Show")
    moved = GuessFigure(loc_q=(0.75, 0.0))
    assert format_nats(values(moved, "reverse")[0]) in sentence(page)


BAD = {
    "direction": ({}, {"direction": "forward"}, "direction is fixed"),
    "p": ({}, {"correlation_p": 0}, "correlation of p is fixed"),
    "truth": (NUMBER, {"truth": 3}, "truth is not known"),
    "about": (NUMBER, {"about": {"truth": 3}}, "about is not known"),
    "guess": (NUMBER, {"guess": 4.5}, "your guess in nats must be a number from 0 to 4"),
    "correlation": (
        {},
        {"correlation_q": 0.5},
        "correlation of q must be 0 for a q that is diagonal; got 0.5",
    ),
    "hostile": ({}, {HOSTILE: 1}, f"{HOSTILE[:40]} is not known"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_link_cannot_change_the_question(open_figures, name):
    ask, state, wrong = BAD[name]
    page = open_figures(GuessFigure(**ask), hash=link(state | {"shown": True}))
    note = page.locator(".kl-note").inner_text()
    assert note == f"The state in the link was not used: {wrong}."
    assert page.get_by_role("button", name="Show").is_visible()


def test_copied_links_do_not_hold_the_truth(open_figures):
    page = open_figures(GuessFigure(**NUMBER))
    page.evaluate("delete navigator.__proto__.clipboard")
    page.get_by_label("your guess in nats").fill("1")
    page.get_by_label("your guess in nats").press("Enter")
    press(page, "Copy link")
    page.wait_for_function("location.hash !== ''")
    assert page.evaluate("decodeURIComponent(location.hash)") == '#fig-0&state={"guess":1}'


def test_nothing_is_stored(open_figures):
    page = open_figures(GuessFigure(**NUMBER))
    press(page, "Show")
    stored = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert page.evaluate(stored) == ["", 0, 0]


@pytest.mark.parametrize("ask", [{}, NUMBER | {"because": "It is ln 4."}])
def test_without_scripts_the_answer_is_in_a_fold(page_file, new_page, ask):
    figure = GuessFigure(**ask)
    page = new_page(java_script_enabled=False)
    page.goto(page_file(figure))
    assert page.get_by_text(figure.question).is_visible()
    answer = page.locator(".kl-answer")
    assert answer.count() == 1 and answer.get_attribute("open") is None
    assert answer.locator("summary").inner_text() == "Answer"
    assert figure.answer == answer.locator("p").text_content()
    assert page.locator(".kl-still svg").first.is_visible()


def test_on_paper_the_answer_follows_the_figure(open_figures):
    page = open_figures(GuessFigure(**NUMBER))
    assert not page.locator(".kl-answer").is_visible()
    page.emulate_media(media="print")
    page.evaluate("document.querySelector('.kl-answer').open = true")  # as the book does
    assert page.locator(".kl-answer p").is_visible()
    assert not page.locator(".kl-still .kl-question, .kl-still svg").first.is_visible()


def test_the_still_does_not_hold_the_answer():
    for figure in (GuessFigure(), GuessFigure(**NUMBER)):
        (ax,) = figure.still().axes
        lines = len(ax.lines)
        assert lines == (3 if figure.about["ask"] == "q" else 0)
        assert "1.386" not in figure.ALT and not ax.texts


def test_python_sets_and_reads_the_guess():
    figure = GuessFigure(**NUMBER)
    figure.guess = 3
    assert figure.guess == 3.0 and figure.about["truth"] == 1.386
    with pytest.raises(ValueError, match=r"guess must be a number from 0 to 4; got 4\.5"):
        figure.guess = 4.5
    with pytest.raises(Exception, match="about"):
        figure.about = {}
    other = GuessFigure(correlation_p=0.5)
    other.correlation_p, other.direction = 0.9, "forward"
    assert other.question == "Which diagonal q has the least KL(p‖q)?"
    assert "0.8304 nats" in other.answer
    assert other.q.event_shape == other.p.event_shape == (2,)


WRONG = {
    "ask": (ValueError, {"ask": "p"}, r"ask must be one of q, number; got 'p'"),
    "no truth": (TypeError, {"ask": "number", "label": "x"}, "label and truth must be given"),
    "no label": (TypeError, {"ask": "number", "truth": 1}, "label and truth must be given"),
    "truth": (ValueError, NUMBER | {"truth": 5}, r"truth must be a number from 0 to 4; got 5"),
    "NaN": (ValueError, NUMBER | {"truth": float("nan")}, "truth must be a number from 0 to 4"),
    "range": (ValueError, NUMBER | {"range": (4, 0)}, "range must be two increasing numbers"),
    "one end": (ValueError, NUMBER | {"range": 4}, "range must be two numbers from -1000 to 1000"),
    "question": (TypeError, {"question": 1}, "question must be a string; got 1"),
    "because": (TypeError, {"because": None}, "because must be a string; got None"),
    "label": (TypeError, NUMBER | {"label": 1}, "label must be a string; got 1"),
    "truth of q": (TypeError, {"truth": 1}, "truth does not belong to a question with ask='q'"),
    "guess of q": (TypeError, {"guess": 1}, "guess does not belong to a question with ask='q'"),
    "p of a number": (TypeError, NUMBER | {"loc_p": (0, 0)}, "loc_p does not belong to"),
    "unknown": (TypeError, {"colour": 1}, "GuessFigure has no colour"),
    "scale": (ValueError, {"scale_p": (0.1, 1)}, r"scale_p must be two numbers from 0\.2 to 3"),
    "family": (ValueError, {"family": "round"}, "family must be one of isotropic, diagonal, full"),
    "q": (ValueError, {"correlation_q": 0.5}, "correlation_q must be 0 for a q that is diagonal"),
    "guess": (ValueError, NUMBER | {"guess": 5}, "guess must be a number from 0 to 4; got 5"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_author_gives_is_checked(name):
    error, given, message = WRONG[name]
    with pytest.raises(error, match=message):
        GuessFigure(**given)
