"""The built book, as the tests of its pages see it."""

import pytest
from bs4 import BeautifulSoup
from table_of_contents import CHAPTERS, ROOT, WRITTEN

GENERATED = ["search", "404"]


def pytest_generate_tests(metafunc):
    """Run a test once per page: ``chapter``, ``written`` (by us), or ``page`` (any)."""
    for name, pages in {
        "chapter": CHAPTERS,
        "written": WRITTEN,
        "page": WRITTEN + GENERATED,
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
