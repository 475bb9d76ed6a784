"""The page that is printed: title, contents, heads, and marks for page numbers."""

from datetime import UTC, datetime

from bs4 import BeautifulSoup

from editions.facts import Facts
from editions.links import Links
from editions.paper import book_markup, numbered
from editions.static import make_static
from editions.stills import put_one

FACTS = Facts("A–B <C>", "A & B", "en", "3.1", "MIT", datetime(2026, 1, 2, tzinfo=UTC))


def markup(pages):
    links = Links(pages, files=False)
    for page in pages:
        make_static(page)
        links.rewrite(page)
    return book_markup(FACTS, pages)


def test_contents_get_their_page_numbers(pages):
    text = numbered(
        markup(pages), {"one": 7, "one.first": 8, "index.term-nat": 3, "one.answer-1": 9}
    )
    book = BeautifulSoup(text, "html5lib")
    lines = {
        line.a["href"]: line.select_one(".page").get_text()
        for line in book.select(".contents li:has(a)")
    }
    assert lines == {"#index": "000", "#one": "7", "#one.first": "8", "#genindex": "000"}
    assert book.select_one("#genindex li").get_text() == "nat, 3"
    assert book.select_one(".to-answer").get_text() == "Answer on page 9"
    assert "\ue000" not in text


def test_sections_of_every_chapter_have_a_place_and_no_line(pages):
    book = BeautifulSoup(markup(pages), "html5lib")
    assert "#one.answers" in [a["href"] for a in book.select("div[hidden] a")]
    assert "#one.answers" not in [a["href"] for a in book.select(".contents a")]


def test_title_page_and_heads(pages):
    pages[1].title = 'A "q" </style>'
    text = markup(pages)
    assert r'@page p-one { @top-left { content: "1 A \"q\" \3c /style>"; } }' in text
    assert "<h1>A–\u2060B &lt;C&gt;</h1>" in text
    assert "Version 3.1, 2 January 2026." in text


def test_formulas_are_named_by_their_tex(pages):
    formula = BeautifulSoup(markup(pages), "html5lib").select_one("article .katex")
    assert (formula["role"], formula["aria-label"]) == ("img", "q")
    assert formula.select("math, [aria-hidden]") == []


def test_only_long_cells_may_be_divided(pages):
    first = pages[1].article.pre
    second = BeautifulSoup("<pre>" + "x\n" * 40 + "</pre>", "html5lib").pre
    first.insert_after(second)
    cells = BeautifulSoup(markup(pages), "html5lib").select(".cell_input pre")
    assert [cell.get("class") for cell in cells] == [None, ["long"]]


def test_stills_stand_side_by_side_or_below_each_other(chapter):
    for width, kind in ((420, "narrow"), (840, "wide")):
        player = BeautifulSoup(
            f'<div><vector-player><figure style="width:{width}.5px"></figure>'
            "</vector-player></div>",
            "html5lib",
        ).div
        put_one(player.find("vector-player"), '<div class="vp-stills"><p>3 of 9</p></div>')
        assert str(player) == f'<div><div class="vp-stills {kind}"><p>3 of 9</p></div></div>'
