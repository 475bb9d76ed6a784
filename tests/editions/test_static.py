"""Nothing to press and nothing folded; links lead to places of the book."""

from editions.links import Links, anchor
from editions.static import make_static


def test_answers_and_solutions_stand_at_the_end(chapter):
    make_static(chapter)
    article = chapter.article
    assert [title.get_text() for title in article.select("h2")] == [
        "First",
        "Answers to the questions",
        "Solutions to the exercises",
    ]
    assert article.select_one("#question-1 .question-title").get_text() == "Question 1.1 Answer"
    assert article.select_one("#question-1 .question-text").get_text() == "Which?"
    assert article.select_one(".answers #answer-1").get_text(" ", strip=True) == (
        "Question 1.1 Right."
    )
    solution = article.select_one(".solutions .solution")
    assert solution.get_text(" ", strip=True) == "Solution to exercise 1.1 42"
    assert article.select_one("#ex-a .to-solution a")["href"] == f"#{solution['id']}"


def test_no_control_is_left(chapter):
    make_static(chapter)
    assert chapter.article.select("form, fieldset, legend, details, summary, .headerlink") == []
    assert chapter.article.select_one("pre").get_text() == "x"
    for words in ("Show", "Check yourself"):
        assert words not in chapter.article.get_text()


def test_first_page_is_an_introduction(pages):
    make_static(pages[0])
    assert pages[0].article.h1.get_text() == "Introduction"


def test_links_of_one_file_and_of_many(pages):
    for files, expected in (
        (False, ["#index.term-nat", "#one.fig-a", "https://example.org/"]),
        (True, ["index.xhtml#index.term-nat", "one.xhtml#one.fig-a", "https://example.org/"]),
    ):
        links = Links(pages, files=files)
        found = ["../index.html#term-nat", "#fig-a&frame=3", "https://example.org/"]
        assert [links.target(pages[1], address) for address in found] == expected
        assert links.external == ["https://example.org/"]


def test_links_that_lead_nowhere_are_found(pages):
    pages[1].article.select_one("a[href*=fig]")["href"] = "#fig-b"
    pages[0].article.a["href"] = "missing.html"
    links = Links(pages, files=False)
    for page in pages:
        make_static(page)
        links.rewrite(page)
    assert links.check(pages) == ["index: missing.html", "chapters/one: #one.fig-b"]


def test_names_of_places_are_names_of_xml():
    assert anchor("one", "chapters/one-solution 1") == "one.chapters-one-solution-1"
    assert anchor("one", "") == "one"


def test_parts_of_pictures_keep_their_names(pages, chapter):
    Links(pages, files=False).rewrite(chapter)
    assert chapter.article.select_one("path")["id"] == "f1"
    assert chapter.article.select_one("figure")["id"] == "one.fig-a"
