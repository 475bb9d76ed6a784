"""Fixtures of all tests: closed figures, and the browser that vectorplayer's tests use, too."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest
from chromium import browser, chromium, new_page  # noqa: F401  fixtures


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")
