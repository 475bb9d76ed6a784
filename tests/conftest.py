"""Fixtures of all tests: closed figures, and the browser that vectorplayer's tests use, too."""

import matplotlib

matplotlib.use("Agg")

from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from chromium import browser, chromium, new_page  # noqa: F401  fixtures
from not_measured import pytest_runtest_protocol  # noqa: F401  a hook
from thorough import add_option, leave_out

LONGEST = [
    "notebooks/test_other_values.py",
    "lab/test_chapters_in_lab.py",
    "book/test_pages_in_chromium.py",
    "book/test_containment.py",
    "book/test_formulas.py",
    "notebooks/test_fresh_run.py",
    "book/test_paper.py",
]
"""Files that take more than two minutes, most of them with few tests."""


NOT_MEASURED = ("book", "builds", "lab", "notebooks")
"""Folders of tests that call little of the package in their own process, and parse much.

Their branches are not counted: to watch each call of a parser makes it three times as slow.
"""

CLAIMS = ("test_claims_", "test_parity")
"""Beginnings of the names of files whose tests compute much by other means than the package."""

PAGES = ("chapter", "written", "page", "kind_of_page", "sample_chapter", "sample_page")
"""Parameters that name a page of the book."""


def pytest_addoption(parser):
    add_option(parser)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config, items):
    """Say which tests are run, which of them one process runs together, and in which order.

    Files that take long come first: a process that took one of them last would go on alone.
    """
    leave_out(config, items)
    groups = list(dict.fromkeys([*LONGEST, *map(group, items)]))
    place = {name: number for number, name in enumerate(groups)}
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group(item)))
        if item.path.parent.name in NOT_MEASURED or item.path.name.startswith(CLAIMS):
            item.add_marker(pytest.mark.not_measured)
    items.sort(key=lambda item: place[group(item)])


def group(item):
    """Return the page that a test looks at or reads, else its file."""
    if {"look_at", "read_page"} & set(item.fixturenames) and hasattr(item, "callspec"):
        for name in PAGES:
            if name in item.callspec.params:
                return item.callspec.params[name]
    folder = Path(__file__).parent
    return str(item.path.relative_to(folder) if folder in item.path.parents else item.path)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")
