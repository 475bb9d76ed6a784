"""What every live figure does: touch, contrast, phones, two on a page, paper, no scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from thorough import thoroughly

from klhelpers.live import (
    BetweenFigure,
    FitFigure,
    GuessFigure,
    ModesFigure,
    PairFigure,
    SurfaceFigure,
)

FIGURES = {
    "pair": (PairFigure, {}, "Mean of q"),
    "fit": (FitFigure, {"num_steps": 40}, "Mean of the start of q, reverse panel"),
    "surface": (SurfaceFigure, {}, "Start, on the surface of KL(p‖q)"),
    "between": (BetweenFigure, {}, "Mean of p"),
    "modes": (ModesFigure, {}, "Mean of q"),
    "guess of q": (GuessFigure, {}, "Mean of q"),
    "guess of a number": (
        GuessFigure,
        {"ask": "number", "label": "KL(p‖q)", "truth": 1.2},
        "Your guess of KL(p‖q)",
    ),
    "answer of q": (GuessFigure, {"shown": True}, "Mean of q"),
    "answer of a number": (  # texts at both ends of the axis
        GuessFigure,
        {"ask": "number", "label": "KL(p‖q)", "truth": 0.01, "guess": 3.99, "shown": True},
        "Your guess of KL(p‖q)",
    ),
}
PAGES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "390": {"viewport": {"width": 390, "height": 844}},
    "320": {"viewport": {"width": 320, "height": 700}, "reduced_motion": "reduce"},
}
SEEN_BY_AXE = ("light", "dark", "320")  # colours are checked in none of the others
PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}


# Size on the screen, and where the letters begin and end.  The box of a turned label, unlike its
# letters, begins with the room above them.
TEXTS = """[...document.querySelectorAll(".kl-figure svg text")].map((text) => {
  const { a, b } = text.getScreenCTM();
  const scale = Math.hypot(a, b);
  const { left, right, width } = text.getBoundingClientRect();
  const style = getComputedStyle(text);
  const brush = document.createElement("canvas").getContext("2d");
  brush.font = `${style.fontSize} ${style.fontFamily}`;
  const letters = brush.measureText(text.textContent);
  const room = letters.fontBoundingBoxAscent - letters.actualBoundingBoxAscent;
  const begin = b < -0.5 * scale ? left + room * scale : left;
  return [parseFloat(style.fontSize) * scale, begin, right, width];
})"""


def make(kind):
    figure, options, _ = FIGURES[kind]
    return figure(**options)


def centre(handle):
    handle.scroll_into_view_if_needed()
    box = handle.locator("> :last-child").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_every_figure_is_here():
    import klhelpers

    public = {name for name in klhelpers.__all__ if name.endswith("Figure")} - {"LiveFigure"}
    assert {figure.__name__ for figure, *_ in FIGURES.values()} == public


@pytest.mark.parametrize("look", thoroughly(PAGES, always=["light"]))
@pytest.mark.parametrize("kind", FIGURES)
def test_accessible_while_it_is_dragged(open_figures, handle, kind, look):
    page = open_figures(make(kind), **PAGES[look])
    if kind == "fit":  # a run that is kept is drawn, too
        page.get_by_label("optimiser").select_option("gradient descent")
        expect(page.locator(".kl-legend li")).to_have_count(1)
    x, y = centre(handle(page, FIGURES[kind][2]))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 15, y + 4, steps=2)
    if look in SEEN_BY_AXE:
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.mouse.up()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    texts = [one for one in page.evaluate(TEXTS) if one[3]]
    assert len(texts) > 5
    for size, left, right, _ in texts:
        assert size >= 11 and left >= 0 and right <= page.viewport_size["width"]


@pytest.mark.parametrize("kind", FIGURES)
def test_a_finger_drags(open_figures, handle, kind):
    page = open_figures(make(kind), **PHONE)
    grip = handle(page, FIGURES[kind][2])
    x, y = centre(grip)
    session = page.context.new_cdp_session(page)
    seen, scrolled = [], page.evaluate("scrollY")
    for step in range(5):
        event = "touchMove" if step else "touchStart"
        points = [{"x": x - 8 * step, "y": y + 4 * step}]
        session.send("Input.dispatchTouchEvent", {"type": event, "touchPoints": points})
        seen.append(grip.get_attribute("aria-valuetext"))
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert len(set(seen)) == 5  # every move arrived
    assert page.evaluate("scrollY") == scrolled


@pytest.mark.parametrize("kind", FIGURES)
def test_targets_of_fingers_are_large(open_figures, kind):
    page = open_figures(make(kind), **PHONE)
    for control in page.locator(".kl-figure :is(button, select):visible").all():
        assert control.bounding_box()["height"] >= 44
    hits = page.locator(".kl-hit:visible").evaluate_all(
        "(all) => all.map((hit) => hit.getBoundingClientRect().width)"
    )
    assert min(hits) >= 40


@pytest.mark.parametrize("kind", FIGURES)
def test_two_on_a_page_are_independent(open_figures, handle, kind):
    page = open_figures(make(kind), make(kind))
    grips = handle(page, FIGURES[kind][2])
    before = grips.nth(0).get_attribute("aria-valuetext")
    grips.nth(1).press("ArrowRight")
    assert grips.nth(0).get_attribute("aria-valuetext") == before
    assert grips.nth(1).get_attribute("aria-valuetext") != before
    ids = page.locator(".kl-figure [id]").evaluate_all("(all) => all.map((node) => node.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", FIGURES)
def test_reset_takes_everything_back(open_figures, handle, kind):
    page = open_figures(make(kind))
    values = "JSON.stringify(document.querySelector('kl-live').figure.state.values)"
    before = page.evaluate(values)
    handle(page, FIGURES[kind][2]).press("Shift+ArrowLeft")
    assert page.evaluate(values) != before
    page.get_by_role("button", name="Reset", exact=True).click()
    assert page.evaluate(values) == before


@pytest.mark.parametrize("kind", FIGURES)
def test_paper_has_no_controls(open_figures, kind):
    page = open_figures(make(kind))
    page.emulate_media(media="print")
    controls = ":is(button, select, input, .kl-bar, .kl-handle, .kl-numbers)"
    assert page.locator(f".kl-figure {controls}").count()
    assert page.locator(f".kl-figure {controls}:visible").count() == 0
    assert page.locator(".kl-sentence").is_visible()
    assert page.locator(".kl-figure svg:visible").count()


@pytest.mark.parametrize("kind", FIGURES)
def test_a_still_without_scripts(page_file, browser, kind):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    figure = make(kind)
    page.goto(page_file(figure))
    expect(page.get_by_role("img", name=figure.ALT)).to_be_visible()
    context.close()
