"""A small book that has been built once."""

import shutil

import pytest
from tiny_book import TinyBook


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """Build a small book from nothing; return it and a copy of it."""
    folder = tmp_path_factory.mktemp("built")
    book = TinyBook.make(folder / "book")
    result = book.build()
    assert result.status == 0, result.output
    return book, shutil.copytree(book.folder, folder / "copy")


@pytest.fixture
def book(built_once):
    """Return the book as its first build left it.

    It is put back into the same folder: Sphinx reads every page again in a folder that is new.
    """
    book, copy = built_once
    shutil.rmtree(book.folder)
    shutil.copytree(copy, book.folder)
    return book
