"""What pages say of themselves: hostile titles, addresses, and a page without objectives."""

import json

from bs4 import BeautifulSoup

HOSTILE = 'a </script><script>alert(1)</script> <!-- "b" & \u2029 c'

CHAPTER = """A question?

```{admonition} After this chapter you can
:class: objectives

- say what $x^2 \\le y$ means;
- read `code`.

**You need** [the first page](index.md).
```
"""


def block(book, name):
    """Return the data block of a page, and the number of its scripts that hold "alert"."""
    page = BeautifulSoup(book.html(name), "html5lib")
    [found] = page.head.select('script[type="application/ld+json"]')
    return json.loads(found.string), str(page.head).count("alert(1)</script>")


def test_text_cannot_end_the_block(book):
    book.page("second", text=f"{HOSTILE}.", code="print(1)")
    text = (book.folder / "second.md").read_text("utf-8").replace("# Second", f"# {HOSTILE}")
    book.write("second.md", text)
    result = book.build("--keep-going")  # markup in a title may be a warning
    assert result.status == 0, result.output
    found, alerts = block(book, "second")
    assert "</script>" in found["name"] or "<script>" in found["name"]
    assert alerts == 0


def test_chapter_of_the_table_is_described(book):
    table = "| chapter | minutes |\n| --- | ---: |\n| [Second](second.md) | 25 |"
    book.page("index", text=table, code="print(1)")
    book.page("second", text=CHAPTER, code="print(2)")
    result = book.build(SITE_URL="https://example.org/notes")
    assert result.status == 0, result.output
    found, _ = block(book, "second")
    assert found["@type"] == "LearningResource"
    assert found["teaches"] == ["say what x² ≤ y means", "read code"]
    assert found["competencyRequired"] == "the first page"
    assert found["timeRequired"] == "PT25M"
    assert found["url"] == "https://example.org/notes/second.html"
    assert found["isPartOf"]["url"] == "https://example.org/notes/index.html"
    whole, _ = block(book, "index")
    assert whole["hasPart"] == [
        {
            "@type": "LearningResource",
            "name": "Second",
            "url": "https://example.org/notes/second.html",
        }
    ]


def test_page_that_is_no_chapter_belongs_to_the_course(book):
    found, _ = block(book, "second")
    assert found["@type"] == "WebPage"
    assert found["isPartOf"] == {"@type": "LearningResource", "name": "Index"}
    assert not {"teaches", "timeRequired", "url"} & set(found)
