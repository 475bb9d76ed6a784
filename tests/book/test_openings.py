"""Each chapter begins with its question and its picture; the landing page shows all of them."""

import re

import pytest
from chapter_pictures import OPENINGS
from table_of_contents import CHAPTERS

import klhelpers as kl


def test_every_opening_is_that_of_a_chapter():
    assert set(OPENINGS) <= set(CHAPTERS)
    assert len(OPENINGS) >= 4


def test_chapter_opens_with_its_question(chapter, read_page):
    heading, question = read_page(chapter).select("article section > *")[:2]
    assert heading.name == "h1"
    assert "question" in question["class"] and question.get_text().endswith("?")


@pytest.mark.parametrize("opened", OPENINGS)
def test_picture_of_a_chapter_leads_to_its_figure(opened, read_page):
    page = read_page(opened)
    figure = page.select("article section > *")[2]
    assert figure.select_one("svg[aria-hidden] path")
    target = figure.select_one("figcaption a")["href"]
    assert page.select_one(target).select_one(".caption-number").get_text(strip=True) == (
        figure.select_one("figcaption a").get_text()
    )


def test_landing_page_asks_the_same_questions(chapter, read_page):
    question = read_page(chapter).select_one("p.question").get_text()
    row = read_page("index").select_one(f'table tr:has(a[href="{chapter}.html"])')
    assert question in row.get_text()
    assert bool(row.select("svg.chapter-picture")) == (chapter in OPENINGS)
    assert re.search(r"\d+", row.select("td")[1].get_text())  # minutes of reading


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_have_the_colours_of_figures_and_enough_contrast(chapter, look_at, scheme):
    lines = look_at(chapter, color_scheme=scheme).evaluate(
        """() => {
          const ground = getComputedStyle(document.body).backgroundColor;
          return [...document.querySelectorAll(".opening path")].map((path) =>
            [path.getAttribute("class"), getComputedStyle(path).stroke, ground]);
        }"""
    )
    assert lines or chapter not in OPENINGS
    for name, stroke, ground in lines:
        assert contrast(stroke, ground) >= 3
        if scheme == "light" and name in ("q", "reverse", "forward"):
            assert "#{:02x}{:02x}{:02x}".format(*rgb(stroke)) == kl.line_style(name)["color"]


def rgb(colour):
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


def luminance(colour):
    parts = [value / 255 for value in rgb(colour)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
