"""The figures of the pages, still and moving: vectors, in the colours of the theme, readable."""

from itertools import pairwise

import pytest

PHONE = {"width": 390, "height": 844}
LEAST_TEXT = 11  # pixels
FIGURES = "vector-player > figure, div.vp-picture:not(.kl-still *)"

TEXT_SIZES = """figure => {
  const units = +figure.querySelector("[data-text]").dataset.text;
  return [...figure.querySelectorAll(":scope > svg, .vp-panel")].map((svg) =>
    units * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width);
}"""


BOXES = """figures => figures.map((figure) =>
  [...figure.querySelectorAll(".vp-panel")].map((panel) => panel.getBoundingClientRect()))"""


def test_every_figure_is_drawn_as_vectors(written, read_page):
    outputs = read_page(written).select(".cell_output, figure")
    assert [str(image)[:120] for output in outputs for image in output.select("img, canvas")] == []
    for player in read_page(written).select("vector-player"):
        assert player.select("image") == []


def test_chapters_have_figures_that_stand_still(read_page):
    """Else the tests below would see the players alone."""
    assert len(read_page("chapters/analytic-kl").select("figure div.vp-picture")) >= 4


def test_page_holds_the_style_of_pictures_once(chapter, read_page):
    styles = [style.string or "" for style in read_page(chapter).select("style")]
    assert sum("div.vp-picture)" in style and "container-type" in style for style in styles) == 1


def test_text_of_figures_is_large_enough_on_a_phone(written, look_at):
    figures = look_at(written, viewport=PHONE).locator(FIGURES)
    sizes = [figure.evaluate(TEXT_SIZES) for figure in figures.all()]
    assert [(place, found) for place, found in enumerate(sizes) if min(found) < LEAST_TEXT] == []


@pytest.mark.parametrize("width", [390, 320])
def test_panels_stand_below_each_other_on_a_phone(written, width, look_at):
    page = look_at(written, viewport={"width": width, "height": 844})
    for boxes in page.locator(".vp-panels:not(.kl-still *)").evaluate_all(BOXES):
        for above, below in pairwise(boxes):
            assert above["bottom"] <= below["top"] + 1
        assert all(0 <= box["left"] and box["right"] <= width for box in boxes)


def test_panels_stand_side_by_side_on_a_wide_page(show):
    page = show("chapters/forward-reverse", viewport={"width": 1280, "height": 900})
    places = page.locator("#fig-side-by-side .vp-panel").evaluate_all(
        "all => all.map(panel => panel.getBoundingClientRect()).map(box => [box.x, box.y])"
    )
    (x0, y0), (x1, y1) = places
    assert y0 == y1 and x0 < x1


INKS = """figures => figures.map((figure) => {
  const ink = figure.querySelector("[fill=currentColor]");
  const all = [figure, ...figure.querySelectorAll("svg")];
  return [getComputedStyle(ink).fill, getComputedStyle(figure).color,
          all.map((element) => getComputedStyle(element).filter)];
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ink_is_the_text_colour_of_the_page(sample_page, scheme, look_at):
    page = look_at(sample_page, color_scheme=scheme)
    for ink, text, filters in page.locator(FIGURES).evaluate_all(INKS):
        assert ink == text
        assert set(filters) == {"none"}
        level = max(int(part) for part in text.strip("rgba()").split(",")[:3])
        assert level > 150 if scheme == "dark" else level < 110
