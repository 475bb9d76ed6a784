"""The search, from the disk: excerpts, and words that are marked on arrival."""

import json
import re

import pytest
from table_of_contents import WRITTEN


@pytest.fixture
def search(book, new_page):
    """Search for a text; return the page with the results."""

    def results(query):
        page = new_page()
        page.goto((book / "search.html").as_uri() + f"?q={query}")
        page.get_by_text(re.compile("^Search finished|did not match")).wait_for()
        return page

    return results


@pytest.mark.parametrize("query", ["divergence", "minimising", "GradientTape", "Cholesky factor"])
def test_results_have_excerpts_with_the_words(search, query):
    page = search(query)
    results = page.locator("#search-results ul.search > li")
    assert results.count() >= 1
    starts = tuple(word[:6] for word in query.lower().split())
    for result in results.all():
        excerpt = result.locator("p.context")
        assert 5 < len(excerpt.inner_text()) < 400
        marked = excerpt.locator("mark").all_inner_texts()
        assert marked
        words = [re.sub("^2F", "", word).lower() for word in marked]  # %2F in an address
        assert [word for word in words if not word.startswith(starts)] == []


def test_words_are_marked_on_every_arrival_and_escape_removes_them(search):
    page = search("bijector")
    for _ in range(2):  # the second visit as the first
        page.locator("#search-results a[href^='chapters/trainable-q']").first.click()
        page.wait_for_url("**/trainable-q.html*")
        marks = page.locator("article mark")
        assert marks.count() > 3
        assert all("bijector" in text.lower() for text in marks.all_text_contents())
        assert page.locator("nav mark, .bd-sidebar-primary mark").count() == 0
        assert "highlight" not in page.url
        page.go_back()
    page.go_forward()
    page.get_by_text("Your guess:").wait_for()  # the live figure of the page has its words, too
    text = page.locator("article").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("mark").count() == 0
    assert page.locator("article").inner_text() == text


def test_other_forms_of_a_word_are_marked(search):
    page = search("minimise")
    page.locator("#search-results a[href^='chapters/forward-reverse']").first.click()
    page.wait_for_url("**/forward-reverse.html*")
    marked = {text.lower() for text in page.locator("article mark").all_text_contents()}
    assert len(marked) >= 2
    assert all(word.startswith("minimis") for word in marked)


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>'])
def test_a_hostile_query_stays_text(search, query):
    page = search(query)
    assert page.locator("#search-results img, #search-results script").count() == 0


@pytest.mark.parametrize("words", ["<img src=x>", "%22%3E%3Cscript%3E", "a" * 5000, "( [ \\"])
def test_hostile_words_in_the_address_are_harmless(book, new_page, words):
    page = new_page()
    page.goto((book / "run.html").as_uri() + f"?highlight={words} pages")
    assert page.locator("article img, article script").count() == 0
    assert page.locator("article mark").count() >= 1


def test_texts_hold_all_pages_and_no_answers(book, read_page):
    script = (book / "_static" / "search_texts.js").read_text(encoding="utf-8")
    texts = json.loads(script.removeprefix("var SEARCH_TEXTS=").removesuffix(";"))
    assert set(texts) == set(WRITTEN)
    for name, sections in texts.items():
        joined = " ".join(text for _, text in sections)
        assert "\\mathrm" not in joined and "headerlink" not in joined
        for span in read_page(name).select("kl-questions details [data-right] span"):
            assert span.get_text() not in joined


def test_pages_load_neither_texts_nor_index(page, read_page):
    scripts = " ".join(script["src"] for script in read_page(page).select("script[src]"))
    assert "sphinx_highlight" not in scripts
    assert ("search_texts" in scripts) == ("searchindex" in scripts) == (page == "search")
