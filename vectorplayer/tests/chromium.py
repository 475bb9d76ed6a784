"""Fixtures for tests in a real browser: an installed Chromium, pages that must stay silent."""

import os
import shutil

import pytest

# The first one has no windows, and opens a page in a quarter of the time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # a container's root has no sandbox; pages are our own files
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """Path of an installed Chromium; a skip where there is none, but a failure in CI."""
    named = os.environ.get("CHROMIUM")  # for a browser that is not on the PATH
    path = next(filter(None, map(shutil.which, filter(None, (named, *CHROMIUM_NAMES)))), None)
    if path is None:
        message = (
            "no Chromium found: `apt-get install chromium-headless-shell`, then run the tests again"
        )
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    return path


@pytest.fixture(scope="session")
def browser(chromium):
    """One headless Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def quiet_page(browser, **options):
    """Open a page with a list ``complaints``: what it logged, raised, or asked of another host."""
    page = browser.new_context(**options).new_page()
    page.complaints = []
    page.on(
        "console",
        lambda message: (
            page.complaints.append(f"console: {message.text}")
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.on("pageerror", lambda error: page.complaints.append(f"script: {error}"))
    page.on("request", lambda request: _note_foreign(page, request.url))
    return page


@pytest.fixture
def new_page(browser):
    """Open pages that must not log an error nor ask another host for anything.

    ``new_page(color_scheme="dark", viewport={...}, ...)`` takes the options of a Playwright
    context; ``page.complaints`` lists what went wrong so far and must be empty at the end.
    """
    pages = []

    def open_page(**options):
        pages.append(quiet_page(browser, **options))
        return pages[-1]

    yield open_page
    complaints = [complaint for page in pages for complaint in page.complaints]
    for page in pages:
        page.context.close()
    assert complaints == []


def _note_foreign(page, url):
    local = ("file:", "data:", "blob:", "about:", "http://127.0.0.1:", "http://localhost:")
    if not url.startswith(local):
        page.complaints.append(f"request to another host: {url}")
