"""What readers of the pages transfer: a first page, each later one, and the whole book.

``python benchmarks/site_weight.py`` opens the pages of the built book in Chromium, in the order of
the table of contents, and writes ``site_weight.json``.  Sizes are gzipped, as a host sends texts.
A browser keeps what it has loaded: a later page costs the files that no page before it has needed.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from browser import FLAGS, installed_chromium
from page_weights import BOOK, gzipped, note_files, page_names
from playwright.sync_api import Browser, sync_playwright

RECORD = Path(__file__).parent / "site_weight.json"


def files_of(browser: Browser, name: str) -> set[Path]:
    """Return the files that a page loads."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    files = note_files(page)
    page.goto((BOOK / f"{name}.html").as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    page.close()
    return files


def weights_of_pages(browser: Browser, names: list[str]) -> dict[str, dict[str, int]]:
    """Return kB of each page as the first one, and as the next one in this order."""
    found, seen = {}, set()
    for name in names:
        files = files_of(browser, name)
        first, later = gzipped(files), gzipped(files - seen)
        found[name] = {"first_kb": round(first / 1000), "later_kb": round(later / 1000)}
        seen |= files
    return found


def main() -> None:
    """Measure all pages, and write them with the size of the folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=FLAGS)
        pages = weights_of_pages(browser, page_names())
        browser.close()
    files = [path for path in BOOK.rglob("*") if path.is_file()]
    record = {
        "date": datetime.now(UTC).date().isoformat(),
        "files": len(files),
        "folder_mb": round(sum(path.stat().st_size for path in files) / 1e6),
        "pages": pages,
    }
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(RECORD.read_text("utf-8"))


if __name__ == "__main__":
    main()
