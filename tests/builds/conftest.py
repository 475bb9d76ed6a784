"""A small book whose cells have been executed once."""

import shutil

import pytest
from tiny_book import TinyBook


@pytest.fixture(scope="session")
def executed_book(tmp_path_factory):
    """Build a small book from nothing."""
    book = TinyBook.make(tmp_path_factory.mktemp("executed") / "book")
    result = book.build()
    assert result.status == 0, result.output
    return book


@pytest.fixture
def book(executed_book, tmp_path):
    """Copy the executed book into a folder of its own; its next build starts no kernel."""
    return TinyBook(shutil.copytree(executed_book.folder, tmp_path / "book"))


@pytest.fixture
def built_book(book):
    """Build the copy, which reads every page again since the folder is new to it."""
    result = book.build()
    assert result.status == 0, result.output
    return book
