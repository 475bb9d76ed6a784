"""The built book, as the tests of its pages see it."""

import pytest
from bs4 import BeautifulSoup
from chromium import quiet_page
from kinds_of_elements import covering
from page_weights import note_files
from table_of_contents import CHAPTERS, ROOT, WRITTEN
from thorough import thoroughly

GENERATED = ["search", "404"]
KINDS = covering(ROOT / "_build" / "html", WRITTEN + GENERATED)
RICHEST = KINDS[:5]
"""Pages that hold most kinds of elements."""
WIDE = {"width": 1280, "height": 900}


def pytest_generate_tests(metafunc):
    """Run a test once per page: ``chapter``, ``written`` (by us), or ``page`` (any).

    ``kind_of_page`` is for what depends on the kind of an element, such as colours: the few pages
    that have most kinds, and with ``make test-thorough`` those that have the others, too.
    ``sample_page`` stands for the same few pages and ``sample_chapter`` for the chapters among
    them; ``make test-thorough`` tries all.
    """
    for name, pages in {
        "chapter": CHAPTERS,
        "written": WRITTEN,
        "page": WRITTEN + GENERATED,
        "kind_of_page": thoroughly(KINDS, always=RICHEST),
        "sample_chapter": thoroughly(CHAPTERS, always=RICHEST),
        "sample_page": thoroughly(WRITTEN + GENERATED, always=RICHEST),
    }.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, pages)


@pytest.fixture(scope="session")
def book():
    """Folder of the built book."""
    folder = ROOT / "_build" / "html"
    missing = [name for name in WRITTEN if not (folder / f"{name}.html").is_file()]
    if missing:
        pytest.fail(f"the book is not built ({', '.join(missing)} missing): run `make book` first")
    return folder


@pytest.fixture(scope="session")
def read_page(book):
    """Parse a page of the book, once."""
    parsed = {}

    def read(name):
        if name not in parsed:
            text = (book / f"{name}.html").read_text(encoding="utf-8")
            parsed[name] = BeautifulSoup(text, "html5lib")
        return parsed[name]

    return read


@pytest.fixture
def show(new_page, book):
    """Open a page of the book and wait until its fonts are loaded."""

    def open_page(name, **options):
        page = new_page(**options)
        page.goto((book / f"{name}.html").as_uri())  # returns when everything is loaded
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    return open_page


# What a test that looks may have left: the place on the page, the focus, the selection.
AS_OPENED = """() => {
  scrollTo(0, 0);
  document.activeElement?.blur();
  getSelection().removeAllRanges();
}"""

IN_SCHEME = "scheme => document.documentElement.dataset.theme === scheme"


@pytest.fixture(scope="session")
def opened_page(browser):
    """By its name, the page that tests look at now."""
    opened = {}
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.fixture
def look_at(opened_page, browser, book):
    """Show a page of the book to a test that only looks at it.

    All such tests of a page follow each other and share it: a page takes a second to load, and
    there are 40 tests of each.  A test that opens, types or follows something calls `show`, or
    puts everything back.
    """
    looked_at = []

    def look(name, *, color_scheme="light", viewport=WIDE):
        if name not in opened_page:
            for page in opened_page.values():
                page.context.close()
            opened_page.clear()
            opened_page[name] = page = quiet_page(browser, viewport=WIDE)
            page.files = note_files(page)
            page.goto((book / f"{name}.html").as_uri())
            page.evaluate("document.fonts.ready.then(() => true)")
        page = opened_page[name]
        page.emulate_media(media="null", color_scheme=color_scheme)
        page.set_viewport_size(viewport)
        page.wait_for_function(IN_SCHEME, arg=color_scheme)
        page.evaluate(AS_OPENED)
        looked_at.append(page)
        return page

    yield look
    complaints = [complaint for page in looked_at for complaint in page.complaints]
    if complaints:
        opened_page.clear()  # the next test shall not get them too
    assert complaints == []
