"""The texts for excerpts, and titles that look like markup."""

import json

from search_texts import safe_titles, section_texts


def test_glossary_entries_are_texts_of_their_own():
    body = (
        '<section id="top"><h1>T</h1><p>Some <b>words</b>, here.</p>'
        '<dl><dt id="term-a">a</dt><dd><p>the first</p></dd></dl></section>'
    )
    assert section_texts(body) == [("top", "T Some words, here."), ("term-a", "a the first")]


def test_what_is_not_text_is_left_out():
    body = (
        '<section id="a">x<svg><text>no</text></svg><span class="katex-mathml">no</span>'
        "<kl-questions>ask<details>no</details></kl-questions></section>"
    )
    assert section_texts(body) == [("a", "x ask")]


def test_titles_of_sections_are_escaped_and_those_of_pages_are_not():
    index = {"alltitles": {"<b>": [[0, "a"]], "A &amp; B": [[0, None]]}, "titles": ["A &amp; B"]}
    safe = safe_titles(f"Search.setIndex({json.dumps(index)})")
    assert json.loads(safe[len("Search.setIndex(") : -1])["alltitles"] == {
        "&lt;b&gt;": [[0, "a"]],
        "A &amp; B": [[0, None]],
    }


def test_hostile_headings_and_texts_stay_text(book, new_page):
    text = (
        "Needle in a text: `<img src=x onerror=alert(1)>`.\n\n"
        "## Needle `<img src=y onerror=alert(2)>`\n\nMore, and </script><script>alert(3)</script>."
    )
    book.page("second", text=text, code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    page = new_page()
    page.goto((book.pages / "search.html").as_uri() + "?q=needle")
    page.locator("#search-results p.context").first.wait_for()
    assert page.locator("#search-results").get_by_text("<img src=").count() >= 1
    assert page.locator("#search-results :is(img, script)").count() == 0
