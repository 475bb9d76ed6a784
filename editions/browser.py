"""A Chromium that shows files of ours, and in which nothing may go wrong unnoticed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",  # a container's root has no sandbox; pages are our own files
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def browser_page(**options: Any) -> Iterator[Page]:
    """Open a page in a Chromium; a message in its console, or a request to a host, is an error."""
    named = os.environ.get("CHROMIUM")  # for a browser that is not on the PATH
    path = next(filter(None, map(shutil.which, filter(None, (named, *NAMES)))), None)
    if path is None:
        raise SystemExit("No Chromium was found: apt-get install chromium-headless-shell")
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_context(**options).new_page()
        page.set_default_timeout(300_000)
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{message.type}: {message.text}")
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("request", lambda request: note_foreign(request.url, complaints))
        yield page
        browser.close()
    if complaints:
        raise SystemExit("The browser complained:\n" + "\n".join(complaints))


def note_foreign(url: str, complaints: list[str]) -> None:
    """Complain of what is not on this machine."""
    if not url.startswith(("file:", "data:")):
        complaints.append(f"request to another host: {url}")
