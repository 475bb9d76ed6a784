"""What a page says of itself to search engines is what it says to its readers."""

import json
import re
import tomllib

import pytest
from table_of_contents import CHAPTERS, ROOT, WRITTEN

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def block(read_page):
    """Return the data block of a page, as a program reads it."""

    def read(name):
        [found] = read_page(name).head.select('script[type="application/ld+json"]')
        return json.loads(found.string)

    return read


def shown(element):
    """Return the text of an element as a reader sees it, with formulas in MathML alone."""
    copy = element.__copy__()
    for hidden in copy.select(".katex-html, annotation, .headerlink"):
        hidden.decompose()
    return "".join(copy.get_text().split())


def letters(text):
    """Return the letters of a text, without what sets formulas apart."""
    return re.sub(r"[\s_‖∥⁡]", "", text)


def minutes(read_page):
    """Return the minutes of each chapter from the table of the landing page."""
    found = {}
    for row in read_page("index").select("table tbody tr"):
        link, *cells = row.select("a.reference, td")[1:]
        if (name := link.get("href", "").removesuffix(".html")) in CHAPTERS:
            found[name] = int(cells[0].get_text())
    return found


def test_every_page_has_title_licence_and_version(written, block, read_page):
    found = block(written)
    page = read_page(written)
    assert found["@context"] == "https://schema.org"
    assert letters(found["name"]) == letters(shown(page.h1))
    assert found["license"] == page.select_one("link[rel=license]")["href"] == CC_BY
    assert found["version"] == VERSION
    assert found["inLanguage"] == page.html["lang"]
    assert found["isAccessibleForFree"] is True
    assert found["description"] == page.select_one("meta[name=description]")["content"]
    assert "url" not in found  # without SITE_URL a page does not know it


def test_chapter_teaches_what_its_box_says(chapter, block, read_page):
    found = block(chapter)
    box = read_page(chapter).select_one(".admonition.objectives")
    assert found["@type"] == "LearningResource"
    assert not re.search(r"[\\$<>{}]", " ".join(found["teaches"]))
    assert [letters(text) for text in found["teaches"]] == [
        letters(shown(item)).rstrip(".;") for item in box.select("li")
    ]
    needs = box.find_all("p")[-1]
    assert letters(shown(needs)) == letters("You need " + found["competencyRequired"] + ".")


def test_minutes_and_order_are_those_of_the_table(block, read_page):
    table = minutes(read_page)
    assert list(table) == CHAPTERS
    found = {name: block(name) for name in CHAPTERS}
    assert {name: one["timeRequired"] for name, one in found.items()} == {
        name: f"PT{number}M" for name, number in table.items()
    }
    assert [one["position"] for one in found.values()] == list(range(1, len(CHAPTERS) + 1))
    whole = block("index")
    assert whole["timeRequired"] == f"PT{sum(table.values())}M"
    assert [part["name"] for part in whole["hasPart"]] == [one["name"] for one in found.values()]
    assert {one["isPartOf"]["name"] for one in found.values()} == {whole["name"]}


def test_level_is_that_of_the_page_for_lecturers(block, read_page):
    levels = {block(name)["educationalLevel"] for name in WRITTEN}
    [level] = levels
    text = " ".join(read_page("teaching").article.get_text().split())
    assert level.partition(", ")[2] in text


def test_licences_stand_at_the_foot_of_every_page(page, read_page):
    [footer] = read_page(page).select(".extra_footer")
    assert footer.select_one("a[rel=license]")["href"] == CC_BY
    assert " ".join(footer.get_text().split()) == "Text and figures: CC BY 4.0. Code: MIT."
