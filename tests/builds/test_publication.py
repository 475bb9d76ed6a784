"""Pages are published together, by a build without errors, and none outlives its source."""

import pytest

BROKEN = {
    "a reference": ("See {numref}`nothing`.", "print(8 * 9)", "undefined label"),
    "a role": ("See {nothing}`here`.", "print(8 * 9)", "Unknown interpreted text role"),
    "a label": (
        "(twice)=\n## A\n\n(twice)=\n## B",
        "print(8 * 9)",
        "Duplicate explicit target name",
    ),
    "stderr": ("Words.", "import sys; print('no', file=sys.stderr)", "stderr was found"),
    "a cell": ("Words.", "1 / 0", "ZeroDivisionError"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_every_build_fails_until_the_page_is_mended(what, built_book):
    book, before = built_book, built_book.published()
    text, code, message = BROKEN[what]
    book.page("second", text=text, code=code)
    for _ in range(3):
        result = book.build()
        assert result.status != 0
        assert message in result.output
        assert "stay as they were" in result.output
        assert book.published() == before
    book.page("second", text="Mended.", code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "Mended." in book.html("second")
    assert "0 added, 0 changed, 0 removed" in book.build().output


def test_warnings_of_a_lenient_build_fail_a_later_strict_one(built_book):
    built_book.page("second", text="See {numref}`nothing`.", code="print(8 * 9)")
    lenient = built_book.build("-n")
    assert lenient.status == 0
    assert "nothing" in built_book.html("second")  # published, to be looked at
    assert built_book.build().status != 0


def test_killed_build_is_not_taken_for_a_good_one(built_book):
    """A build that is killed while it writes has read the broken page, and warned of it."""
    book, before = built_book, built_book.published()
    book.page("second", text="See {nothing}`here`.", code="print(8 * 9)")
    stop = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    killer = book.folder / "_ext" / "killer.py"
    killer.write_text(
        "def setup(app):\n    app.connect('html-page-context', kill)\n\n"
        f"def kill(*_):\n    {stop.replace(chr(10), chr(10) + '    ')}\n"
    )
    config = (book.folder / "_config.yml").read_text("utf-8")
    book.write("_config.yml", config.replace("- publication\n", "- publication\n    - killer\n"))
    assert book.build().status == -9
    assert book.published() == before
    killer.write_text("def setup(app):\n    pass\n")
    result = book.build()
    assert result.status != 0
    assert "Unknown interpreted text role" in result.output


def test_added_page_is_in_the_navigation_of_all_pages(built_book):
    book = built_book
    book.write("third.md", "# Third\n\nWords.\n")
    book.contents("second", "third")
    assert book.build().status == 0
    for page in ("index", "second"):
        assert 'href="third.html"' in book.html(page)
    assert "third.html" in book.html("second").split('class="right-next"')[1]


def test_removed_page_leaves_nothing_behind(built_book):
    book = built_book
    before = book.published()
    book.write("third.md", "# Third\n\n![A dot](dot.png)\n")
    (book.folder / "dot.png").write_bytes(b"not really a picture")
    book.contents("second", "third")
    assert book.build().status == 0
    assert "_images/dot.png" in book.published()
    book.contents("second")  # the source stays on the disk
    assert book.build().status == 0
    assert book.published().keys() == before.keys()
    for page in ("index", "second", "search", "genindex", "404"):
        assert "third" not in book.html(page)


def test_page_whose_source_is_gone_fails_the_build(built_book):
    (built_book.folder / "second.md").unlink()
    result = built_book.build()
    assert result.status != 0
    assert "nonexisting document 'second'" in result.output


def test_moved_chapter_changes_the_order_on_all_pages(built_book):
    book = built_book
    book.write("third.md", "# Third\n\nWords.\n")
    for order in (("second", "third"), ("third", "second")):
        book.contents(*order)
        assert book.build().status == 0
        text = book.html("index")
        first, second = (text.index(f'internal" href="{name}.html"') for name in order)
        assert first < second
        assert f'href="{order[1]}.html"' in book.html(order[0]).split('class="right-next"')[1]
        assert f'href="{order[0]}.html"' in book.html(order[1]).split('class="left-prev"')[1]


def test_changed_style_sheet_reaches_the_pages(built_book):
    sheet = built_book.folder / "_static" / "notes.css"
    sheet.write_text("p { color: red }\n", "utf-8")
    assert built_book.build().status == 0
    assert "color: red" in (built_book.pages / "_static" / "notes.css").read_text("utf-8")


def test_files_that_no_build_made_stay(built_book):
    (built_book.pages / ".nojekyll").touch()
    built_book.page("second", text="Other words.", code="print(8 * 9)")
    assert built_book.build().status == 0
    assert (built_book.pages / ".nojekyll").is_file()


def test_unchanged_book_is_not_written_again(built_book):
    before = {path: path.stat().st_mtime_ns for path in built_book.pages.rglob("*.html")}
    assert built_book.build().status == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
