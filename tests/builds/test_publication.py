"""Pages are published together, by a build without errors, and none outlives its source."""

import shutil

import pytest
import yaml
from thorough import thoroughly

pytestmark = pytest.mark.faults

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


@pytest.mark.parametrize("what", thoroughly(BROKEN, always=["a cell"]))
def test_every_build_fails_until_the_page_is_mended(what, book):
    before = book.published()
    text, code, message = BROKEN[what]
    book.page("second", text=text, code=code)
    for _ in range(2):
        result = book.build()
        assert result.status != 0
        assert message in result.output
        assert "stay as they were" in result.output
        assert result.output.splitlines()[-2].startswith("The build failed: second.md")
        assert book.published() == before
    book.page("second", text="Mended.", code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "Mended." in book.html("second")


@pytest.mark.thorough
def test_warnings_of_a_lenient_build_fail_a_later_strict_one(book):
    book.page("second", text="See {numref}`nothing`.", code="print(8 * 9)")
    lenient = book.build("-n")
    assert lenient.status == 0
    assert "nothing" in book.html("second")  # published, to be looked at
    assert book.build().status != 0


@pytest.mark.thorough
def test_killed_build_is_not_taken_for_a_good_one(book):
    """A build that is killed while it writes has read the broken page, and warned of it."""
    before = book.published()
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


def test_added_page_is_in_the_navigation_of_all_pages(book):
    book.write("third.md", "# Third\n\nWords.\n")
    book.contents("second", "third")
    assert book.build().status == 0
    for page in ("index", "second"):
        assert 'href="third.html"' in book.html(page)
    assert "third.html" in book.html("second").split('class="right-next"')[1]


@pytest.mark.thorough
def test_removed_page_leaves_nothing_behind(book):
    before = book.published()
    book.write("third.md", "# Third\n\n![A dot](dot.gif)\n")
    (book.folder / "dot.gif").write_bytes(b"not really a picture")
    book.contents("second", "third")
    assert book.build().status == 0
    assert "_images/dot.gif" in book.published()
    book.contents("second")  # the source stays on the disk
    assert book.build().status == 0
    assert book.published().keys() == before.keys()
    for page in ("index", "second", "search", "genindex", "404"):
        assert "third" not in book.html(page)


@pytest.mark.thorough
def test_page_whose_source_is_gone_fails_the_build(book):
    (book.folder / "second.md").unlink()
    result = book.build()
    assert result.status != 0
    assert "nonexisting document 'second'" in result.output


@pytest.mark.thorough
def test_moved_chapter_changes_the_order_on_all_pages(book):
    book.write("third.md", "# Third\n\nWords.\n")
    for order in (("second", "third"), ("third", "second")):
        book.contents(*order)
        assert book.build().status == 0
        text = book.html("index")
        first, second = (text.index(f'internal" href="{name}.html"') for name in order)
        assert first < second
        assert f'href="{order[1]}.html"' in book.html(order[0]).split('class="right-next"')[1]
        assert f'href="{order[0]}.html"' in book.html(order[1]).split('class="left-prev"')[1]


@pytest.mark.thorough
def test_changed_style_sheet_reaches_the_pages(book):
    sheet = book.folder / "_static" / "notes.css"
    sheet.write_text("p { color: red }\n", "utf-8")
    assert book.build().status == 0
    assert "color: red" in (book.pages / "_static" / "notes.css").read_text("utf-8")


@pytest.mark.thorough
def test_edits_leave_nothing_that_a_build_from_nothing_would_not_write(book):
    """No dead search terms, images, styles or versions in the addresses of style sheets."""
    (book.folder / "dot.gif").write_bytes(b"not really a picture")
    old = ":::{note}\nUnusualword.\n:::\n\n![A dot](dot.gif)\n\n(old-label)=\n## Oldheading"
    book.page("second", text=old, code="print(8 * 9)")
    assert book.build().status == 0
    assert "unusualword" in (book.pages / "searchindex.js").read_text("utf-8")
    book.page("second", text="Broken. {nothing}`here`\n\n![A dot](dot.gif)", code="print(1)")
    assert book.build().status != 0
    book.page("second", text="New words.", code="print(9 * 9)")
    (book.folder / "_static" / "notes.css").write_text("p { color: red }\n", "utf-8")
    assert book.build().status == 0
    warm = book.published()
    shutil.rmtree(book.folder / "_build")
    assert book.build().status == 0
    cold = book.published()
    assert warm.keys() == cold.keys()
    assert [name for name in cold if cold[name] != warm[name]] == []
    assert b"unusualword" not in cold["searchindex.js"]


NUMBERED = """See [Second](second.md), {{ref}}`{label}` and {{eq}}`eq-{label}`.

({label})=
## A section

$$ x = y $$ (eq-{label})

```{{exercise}} Its title
:label: ex-{label}

What to do in {{numref}}`fig-{label}` and {{ref}}`ex-{label}`.
```

```{{figure}} dot.gif
:name: fig-{label}

A dot.
```"""


@pytest.mark.thorough
def test_more_and_fewer_pages_give_what_a_build_from_nothing_would_write(book):
    (book.folder / "dot.gif").write_bytes(b"not really a picture")
    for name in ("second", "third"):
        book.page(name, text=NUMBERED.format(label=name), code="print(8 * 9)")
    for chapters in (("second",), ("third", "second"), ("second",)):
        toc = {"format": "jb-book", "root": "index", "options": {"numbered": True}}
        toc["chapters"] = [{"file": chapter} for chapter in chapters]
        book.write("_toc.yml", yaml.safe_dump(toc))
        result = book.build()
        assert result.status == 0, result.output
        warm = book.published()
        shutil.rmtree(book.folder / "_build")
        assert book.build().status == 0
        cold = book.published()
        assert f"Exercise {len(chapters)}." in book.html("second")
        assert warm.keys() == cold.keys()
        assert [name for name in cold if cold[name] != warm[name]] == []


@pytest.mark.parametrize("text", thoroughly(["", "[", '["index.html"'], always=["["]))
def test_list_of_files_that_is_cut_short_does_not_matter(text, book):
    book.pages.with_name(".html.files").write_text(text)
    book.page("second", text="Other words.", code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "Other words." in book.html("second")


@pytest.mark.parametrize(
    "name", thoroughly(["environment.pickle", "second.doctree"], always=["second.doctree"])
)
def test_what_sphinx_remembers_may_be_damaged(name, book):
    """A build may fail once, with the old pages in place; the next one reads everything again."""
    path = book.folder / "_build" / ".doctrees" / name
    path.write_bytes(path.read_bytes()[:100])
    book.page("index", text="Other words.", code="print(6 * 7)")
    before = book.published()
    if book.build().status != 0:
        assert book.published() == before
        assert book.build().status == 0
    assert "Other words." in book.html("index")


def test_files_that_no_build_made_stay(book):
    (book.pages / ".nojekyll").touch()
    book.page("second", text="Other words.", code="print(8 * 9)")
    assert book.build().status == 0
    assert (book.pages / ".nojekyll").is_file()


def test_unchanged_book_is_neither_read_nor_written_again(book):
    before = {path: path.stat().st_mtime_ns for path in book.pages.rglob("*.html")}
    result = book.build()
    assert result.status == 0
    assert "0 added, 0 changed, 0 removed" in result.output
    assert {path: path.stat().st_mtime_ns for path in before} == before
