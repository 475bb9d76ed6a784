"""Fixtures of all tests: closed figures, and the browser that vectorplayer's tests use, too."""

import matplotlib

matplotlib.use("Agg")

from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from chromium import browser, chromium, new_page  # noqa: F401  fixtures

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


def pytest_collection_modifyitems(items):
    """Begin with these: a process that took one of them last would go on alone."""
    folder = Path(__file__).parent
    rank = {folder / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path, len(LONGEST)))


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")
