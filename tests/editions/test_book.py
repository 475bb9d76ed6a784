"""The order of the pages, and the facts of the title page."""

import pytest

from editions.book import plain_text, read_book
from editions.facts import read_facts


def test_pages_come_in_the_order_of_the_contents(folder):
    title, pages = read_book(folder)
    assert title == "The book"
    assert [(page.part, page.number, page.title) for page in pages] == [
        ("", "", "Introduction"),
        ("Part one", "1", "One q"),  # the formula once, and no link to itself
        ("Appendix", "", "Index"),
    ]
    assert [page.slug for page in pages] == ["index", "one", "genindex"]
    assert plain_text(pages[1].article.h2) == "First"


@pytest.mark.parametrize(
    ("both", "words"), [(True, "CC BY 4.0"), (False, "Text, figures and code")]
)
def test_facts_are_those_of_the_project(tmp_path, monkeypatch, both, words):
    (tmp_path / "_config.yml").write_text("author: A & B\nsphinx:\n  config:\n    language: en\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "3.1"\n')
    if both:
        (tmp_path / "LICENSE-text").touch()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    facts = read_facts("T", tmp_path)
    assert (facts.author, facts.version, facts.language) == ("A & B", "3.1", "en")
    assert facts.date.isoformat() == "1970-01-02T00:00:00+00:00"
    assert words in facts.licence


def test_date_is_that_of_the_last_commit(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert read_facts("T").date.year >= 2026
