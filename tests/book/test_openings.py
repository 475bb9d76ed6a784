"""Each chapter begins with its question and its picture; the landing page shows all of them."""

import re

import pytest
from chapter_pictures import OPENINGS
from table_of_contents import CHAPTERS

import klhelpers as kl


def test_every_chapter_has_an_opening():
    assert list(OPENINGS) == CHAPTERS


def test_chapter_opens_with_its_question_and_picture(chapter, read_page):
    page = read_page(chapter)
    section = page.select_one("article section")
    heading, question, figure = section.find_all(True, recursive=False)[:3]
    assert heading.name == "h1"
    assert "question" in question["class"] and question.get_text().endswith("?")
    assert figure.select_one("svg[aria-hidden] path")
    target = figure.select_one("figcaption a")["href"]
    assert page.select_one(target).select_one(".caption-number").get_text(strip=True) == (
        figure.select_one("figcaption a").get_text()
    )


def test_landing_page_asks_the_same_questions(chapter, read_page):
    question = read_page(chapter).select_one("p.question").get_text()
    link = f'a[href="{chapter}.html"]'
    row = read_page("index").select_one(f"table tr:has({link}):has(svg.chapter-picture)")
    assert question in row.get_text()
    assert re.search(r"\d+", row.select("td")[1].get_text())  # minutes of reading


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_have_the_colours_of_figures_and_enough_contrast(chapter, show, scheme):
    lines = show(chapter, color_scheme=scheme).evaluate(
        """() => {
          const ground = getComputedStyle(document.body).backgroundColor;
          return [...document.querySelectorAll(".opening path")].map((path) =>
            [path.getAttribute("class"), getComputedStyle(path).stroke, ground]);
        }"""
    )
    assert lines
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
