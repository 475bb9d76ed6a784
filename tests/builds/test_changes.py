"""The list of changed pages says what a reader would see, and only that."""

import subprocess
import sys
from pathlib import Path

import changes
import pytest

PAGE = """<html><head><title>x</title>{head}</head><body><nav>{nav}</nav><article>
<h1>A title<a class="headerlink">#</a></h1>
<p>First <em>line</em> of {word}.</p>
<ul><li><p>An item</p></li></ul>
<pre>a = 1

b = {code}</pre>
<figure id="fig-a"><svg>{drawn}</svg><figcaption>A caption</figcaption></figure>
</article></body></html>"""


def page(head="", nav="", word="text", code="2", drawn="<path/>"):
    return PAGE.format(head=head, nav=nav, word=word, code=code, drawn=drawn)


@pytest.fixture
def report(tmp_path):
    """Return the report on two folders with the given pages."""

    def compare(old, new):
        for folder, pages in {"old": old, "new": new}.items():
            (tmp_path / folder).mkdir()
            for name, text in pages.items():
                (tmp_path / folder / name).write_text(text, "utf-8")
        return changes.report(tmp_path / "old", tmp_path / "new", "`abc`")

    return compare


def test_equal_books_have_no_changed_page(report):
    assert report({"a.html": page()}, {"a.html": page()}) == (
        "# Changed pages\n\nCompared with `abc`: 0 pages.\n"
    )


def test_changed_text_is_counted_and_shown(report):
    text = report({"a.html": page()}, {"a.html": page(word="prose", code="3")})
    assert "| `a.html` | A title | changed | 2 | 2 |  |" in text
    assert "-First line of text.\n+First line of prose." in text
    assert "-b = 2\n+b = 3" in text
    assert "An item" not in text


def test_figure_that_changes_is_named(report):
    text = report({"a.html": page()}, {"a.html": page(drawn="<circle/>")})
    assert "| `a.html` | A title | changed | 0 | 0 | fig-a |" in text
    assert "<details>" not in text


def test_what_stands_around_the_text_is_only_counted(report):
    old = {"a.html": page(), "b.html": page(), "style.css": "a"}
    new = {"a.html": page(nav="x"), "b.html": page(head="<meta>"), "style.css": "b"}
    text = report(old, new)
    assert "Compared with `abc`: 0 pages." in text
    assert "Changed outside of the text only: 2 pages." in text
    assert "Other files: `style.css`." in text


def test_new_and_removed_pages(report):
    text = report({"old.html": page()}, {"new.html": page()})
    assert "| `new.html` | A title | new | 6 | 0 | fig-a |" in text
    assert "| `old.html` | A title | removed | 0 | 6 | fig-a |" in text


def test_text_cannot_leave_its_place(report):
    """Not the fence of the changed lines, and not the cell of the title."""
    hostile = page(word="```` text").replace("A title", "A | title")
    text = report({"a.html": page()}, {"a.html": hostile})
    assert "`````diff\n" in text
    assert r"A \| title" in text


def test_long_change_is_cut(report):
    text = report({"a.html": page()}, {"a.html": page(code="\n".join(map(str, range(100))))})
    assert "\n(41 more)\n" in text
    assert "+50" in text and "+80" not in text


def test_unknown_commit_is_named():
    script = Path(changes.__file__)
    command = [sys.executable, str(script), "no-such-branch"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "There is no commit 'no-such-branch' here" in result.stderr
