"""The chapters as executed notebooks: what the build of the book has written."""

import nbformat
import pytest
from table_of_contents import EXECUTED, ROOT


def pytest_generate_tests(metafunc):
    """Run a test with the argument ``chapter`` once for each page that runs code."""
    if "chapter" in metafunc.fixturenames:
        metafunc.parametrize("chapter", EXECUTED)


@pytest.fixture(scope="session")
def chapters():
    """Names of the pages that run code, in reading order."""
    return EXECUTED


@pytest.fixture
def source(chapter):
    """Return the path of the source of the chapter under test."""
    return ROOT / f"{chapter}.md"


@pytest.fixture(scope="session")
def reference():
    """Find the executed notebook of a chapter, from which its page was written."""

    def find(chapter):
        path = ROOT / "_build" / "jupyter_execute" / f"{chapter}.ipynb"
        if not path.is_file():
            pytest.fail(f"{chapter} was not run: `make book` first")
        return path

    return find


@pytest.fixture
def notebook(reference, chapter):
    """Return the executed notebook of the chapter under test."""
    return nbformat.read(reference(chapter), as_version=4)


@pytest.fixture
def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]
