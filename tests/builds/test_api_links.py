"""The first mention of a public name leads to its entry; the others, and other words, do not."""

import pytest
from bs4 import BeautifulSoup

ENTRIES = """```{eval-rst}
.. py:currentmodule:: klhelpers

.. autofunction:: claim

.. autofunction:: check

.. autofunction:: kl_gaussian
```"""

TEXT = """## `kl.claim` in a heading

First `kl.claim("x")`, then `kl.claim`, `kl.unknown`, `claim` and [`kl.check`](index.md)."""

CODE = """import klhelpers as kl
assert kl.kl_gaussian([0], [[1]], [0], [[1]]) == 0
with kl.claim("Once more."):
    assert kl.kl_gaussian([0], [[1]], [0], [[1]]) == 0"""


@pytest.mark.thorough
def test_first_mentions_are_links(book):
    book.page("index", text=ENTRIES, code="print(6 * 7)")
    book.page("second", text=TEXT, code=CODE)
    result = book.build()
    assert result.status == 0, result.output
    page = BeautifulSoup(book.html("second"), "html5lib").select_one("article")
    links = {a.get_text(): a["href"] for a in page.select("a[href*='#klhelpers.']")}
    assert links == {
        'kl.claim("x")': "index.html#klhelpers.claim",
        "kl_gaussian": "index.html#klhelpers.kl_gaussian",
    }
    assert len(page.select("a[href*='#klhelpers.']")) == 2
    entries = BeautifulSoup(book.html("index"), "html5lib").select_one("article")
    assert entries.select("a.api") == []
    assert {entry["id"] for entry in entries.select("dl.py > dt[id]")} == {
        "klhelpers.claim",
        "klhelpers.check",
        "klhelpers.kl_gaussian",
    }


@pytest.mark.thorough
def test_a_missing_name_stops_the_build(book):
    book.page("index", text="```{eval-rst}\n.. autofunction:: klhelpers.no_name\n```", code="6")
    result = book.build()
    assert result.status != 0
    assert "no_name" in result.output
