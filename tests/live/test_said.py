"""What figures say: notes that hold, refusals beside their field, values of a step, axes."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from klhelpers.live import (
    BetweenFigure,
    FitFigure,
    GuessFigure,
    ModesFigure,
    PairFigure,
    SurfaceFigure,
)
from klhelpers.live.assets import joined

WIDTHS = [1280, 390, 320]


def note(page):
    return page.locator(".kl-note")


# Notes


def stop(page, name="Mean of q"):
    grip = page.get_by_role("slider", name=name, exact=True)
    grip.focus()
    for _ in range(12):
        page.keyboard.press("Shift+ArrowRight")
    expect(note(page)).to_contain_text("stops at 4")


CHANGES = {
    "choice": lambda page: page.get_by_label("family of q").select_option("full"),
    "tick": lambda page: page.get_by_label("Show the best q of both").check(),
    "slider": lambda page: page.get_by_label("correlation of p").first.press("ArrowLeft"),
    "key": lambda page: page.keyboard.press("ArrowLeft"),
    "typed": lambda page: (
        page.get_by_text("Type numbers").click(),
        page.get_by_label("correlation of p").last.fill("0.5"),
        page.keyboard.press("Enter"),
    ),
    "button": lambda page: page.get_by_role("button", name="Reset").click(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_note_goes_with_the_state_that_it_was_about(open_figures, change):
    page = open_figures(PairFigure())
    stop(page)
    CHANGES[change](page)
    expect(note(page)).to_have_text("")


def test_a_note_that_still_holds_stays_and_is_not_said_anew(open_figures):
    page = open_figures(PairFigure())
    stop(page)
    page.evaluate(
        """() => { window.heard = 0;
          new MutationObserver((all) => { heard += all.length; })
            .observe(document.querySelector(".kl-note"), { childList: true, characterData: true,
              subtree: true }); }"""
    )
    page.mouse.move(*middle(page, "Mean of q"))
    page.mouse.down()
    for y in (10, 20, 30):
        page.mouse.move(middle(page, "Mean of q")[0] + 40, 200 + y)
    page.mouse.up()
    expect(note(page)).to_have_text("mean of q stops at 4.")
    assert page.evaluate("heard") == 0


def middle(page, name):
    box = page.get_by_role("slider", name=name, exact=True).locator("> :last-child").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_note_of_a_slider_of_a_fit_goes(open_figures):
    page = open_figures(FitFigure(num_steps=5, taken=5, step=5))
    page.get_by_role("button", name="Fit", exact=True).click()
    expect(note(page)).to_contain_text("is kept")
    page.get_by_label("step shown").first.press("ArrowLeft")
    expect(note(page)).to_have_text("")


# Typed numbers


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refusal_stands_beside_its_field_until_the_number_is_valid(open_figures, width):
    page = open_figures(PairFigure(), viewport={"width": width, "height": 800})
    page.get_by_text("Type numbers").click()
    field = page.get_by_label("mean of q, 2", exact=True)
    assert field.get_attribute("aria-invalid") != "true"
    field.fill("5")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    text = "mean of q, 2 must be a number from -4 to 4."
    expect(field).to_have_accessible_description(text)
    shown = page.get_by_text(text).bounding_box()
    box = field.bounding_box()
    assert 0 <= shown["y"] - box["y"] - box["height"] < 12  # right below
    assert shown["x"] + shown["width"] <= width
    expect(note(page)).to_have_text("")
    field.fill("3")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(page.get_by_text(text)).to_have_count(0)


@pytest.mark.parametrize("how", ["drag", "reset"])
def test_a_refused_number_goes_when_the_state_is_set_in_another_way(open_figures, how):
    page = open_figures(PairFigure())
    page.get_by_text("Type numbers").click()
    field = page.get_by_label("mean of q, 1", exact=True)
    field.fill("nine")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    if how == "drag":
        page.get_by_role("slider", name="Mean of q", exact=True).press("ArrowUp")
    else:
        page.get_by_role("button", name="Reset").click()
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(field).to_have_value("0.8")


@pytest.mark.parametrize(
    "figure, state, wrong",
    [
        (PairFigure, {"loc_q": 1}, "mean of q must be two numbers from -4 to 4"),
        (PairFigure, {"correlation_q": 0.5}, "correlation of q must be 0 for a q that is diagonal"),
        (
            FitFigure,
            {"scale_q": [0, 1]},
            "standard deviation of the start of q must be two numbers",
        ),
        (GuessFigure, {"loc_p": [1, 1]}, "mean of p is fixed"),
    ],
)
@pytest.mark.parametrize("width", [1280, 320])
def test_a_refused_link_is_said_in_labels_and_in_sight(open_figures, figure, state, wrong, width):
    hash = f"#fig-0&state={quote(json.dumps(state))}"
    page = open_figures(figure(), hash=hash, viewport={"width": width, "height": 420})
    expect(note(page)).to_contain_text(f"The state in the link was not used: {wrong}")
    expect(note(page)).to_be_in_viewport()


@pytest.mark.parametrize(
    "values",
    [
        {"family": "diagonal", "scale_q": [1, 2], "correlation_q": 0.5},
        {"family": "isotropic", "scale_q": [1, 2], "correlation_q": 0},
        {"family": "isotropic", "scale_q": [1, 1], "correlation_q": 0},
    ],
)
def test_both_languages_say_the_same_of_a_family(browser, values):
    try:
        PairFigure(**values)
        python = ""
    except ValueError as error:
        python = str(error)
    page = browser.new_page()
    code = f"(values) => {{ {joined('hands')}\nreturn checkFamily(values); }}"
    assert page.evaluate(code, values) == python
    page.close()


# Values of a step, and divergence


def test_values_at_the_shown_step_are_spoken(open_figures):
    page = open_figures(SurfaceFigure())
    voice = page.locator("[aria-live=polite].kl-voice")
    expect(voice).to_contain_text("Step 60: KL(q‖p) = ")
    page.get_by_label("step shown").press("ArrowRight")
    texts = page.locator(".kl-reading").all_inner_texts()
    assert texts[0].startswith("Step 61: KL(q‖p) = ")
    expect(voice).to_have_text(" ".join(texts))  # the sentence is as it was
    page.get_by_label("optimiser").select_option("gradient descent")
    expect(voice).to_contain_text("Gradient descent at a rate of 0.1")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_fit_that_diverged_agrees_with_itself(open_figures, width):
    diverged = {"optimiser": "gradient descent", "rate": 2, "scale_q": (0.02, 0.02)}
    figure = FitFigure(**diverged, direction="forward")
    page = open_figures(figure, viewport={"width": width, "height": 800})
    last = figure.run("forward").loss.size - 1
    slider = page.get_by_label("step shown").first
    expect(slider).to_have_attribute("aria-valuetext", f"{last} of {last}")
    expect(page.locator(".kl-sentence")).to_contain_text(f"Forward: at step {last}, KL(p‖q)")
    mark = page.locator(".kl-warning:visible")
    expect(mark).to_have_text(f"diverged at step {last + 1}")
    frame = page.locator(".kl-axes rect:visible").first.bounding_box()
    box = mark.bounding_box()
    assert frame["x"] < box["x"] and box["x"] + box["width"] < frame["x"] + frame["width"]
    page.get_by_role("button", name="Step", exact=True).click()
    expect(note(page)).to_have_text("The fit has diverged: there is no further step.")


# The picture

OVERLAPS = """() => {
  const found = [];
  for (const picture of document.querySelectorAll(".kl-picture svg:not(.kl-data)")) {
    const boxes = [...picture.querySelectorAll("text")]
      .filter((one) => one.textContent.trim() && one.checkVisibility())
      .map((one) => [one.textContent, one.getBoundingClientRect(), !!one.closest(".kl-axes g")]);
    boxes.forEach(([a, one, tick], i) => boxes.slice(i + 1).forEach(([b, two, other]) => {
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (!(tick && other) && wide > 1 && high > 1) found.push([a, b]);
    }));
  }
  return found;
}"""
PICTURES = [
    PairFigure(),
    BetweenFigure(),
    FitFigure(num_steps=20),
    FitFigure(scale_q=(0.02, 0.02), optimiser="gradient descent", rate=2),
    FitFigure(log_axis=True),
    SurfaceFigure(),
    ModesFigure(),
    ModesFigure(scale=0.1, scale_1=0.3),
    ModesFigure(distance=1, loc=-6, scale=5),
    GuessFigure(shown=True),
]


@pytest.mark.parametrize("width", WIDTHS)
def test_texts_of_a_picture_do_not_overlap(open_figures, width):
    page = open_figures(*PICTURES, viewport={"width": width, "height": 900})
    expect(page.locator(".kl-bands:not(.kl-stale):has(> path)")).to_have_count(3, timeout=30_000)
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_numbers_of_runs_keep_apart(open_figures, width):
    page = open_figures(FitFigure(num_steps=100), viewport={"width": width, "height": 900})
    for rate in (0.11, 0.12, 0.13):  # curves that nearly coincide
        page.evaluate(f"document.querySelector('kl-live').figure.state.set({{ rate: {rate} }})")
        page.get_by_role("button", name="Fit", exact=True).click()
    page.get_by_label("rate, typed").fill("0.14")
    page.keyboard.press("Enter")
    numbers = page.locator(".kl-legend ~ *, svg g[aria-hidden] > text").evaluate_all(
        """(all) => all.filter((one) => /^[0-9]$/.test(one.textContent)
          && !one.closest(".kl-axes")).map((one) => {
            const { x, y, width, height } = one.getBoundingClientRect();
            return [one.textContent, x, y, width, height];
          })"""
    )
    assert {one[0] for one in numbers} == {"2", "3", "4"}
    for i, (_, x, y, width_, height) in enumerate(numbers):
        for _, other_x, other_y, *_ in numbers[:i]:
            assert abs(x - other_x) > width_ or abs(y - other_y) > height * 0.8


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sentence_of_a_fit_stands_below_its_steps(open_figures, width):
    page = open_figures(FitFigure(num_steps=20), viewport={"width": width, "height": 900})
    step = page.get_by_role("button", name="Step", exact=True).locator("..").bounding_box()
    box = page.locator(".kl-sentence").bounding_box()
    assert 0 <= box["y"] - step["y"] - step["height"] < 20
