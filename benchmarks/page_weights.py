"""What a page of the book costs: bytes of all files, the longest task, layout shift.

The book must be built; `make bench` does so.
"""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "_build" / "html"
BEFORE = {
    "index": (1608, 1459, 0.0018),
    "chapters/analytic-kl": (1868, 3167, 0.0002),
    "chapters/trainable-q": (1883, 1189, 0.0080),
    "chapters/forward-reverse": (2265, 2185, 0.0016),
    "chapters/explore": (1717, 1305, 0.0012),
    "references": (861, 148, 0.0002),
    "search": (859, 348, 0.0005),
}
"""kB, ms and layout shift when the book rendered formulas in the browser, with MathJax."""

SLOWER = 4
RUNS = 3

OBSERVE = """
  window.cost = { task: 0, shift: 0 };
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type });
  watch("longtask", (entry) => (cost.task = Math.max(cost.task, entry.duration)));
  watch("layout-shift", (entry) => (cost.shift += entry.value));
"""


def note_files(page: Page) -> set[Path]:
    """Return a set that holds every file that the page requests from now on."""
    files = set()

    def note(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme == "file":
            files.add(Path(unquote(parts.path)))

    page.on("request", note)
    return files


def gzipped(files: set[Path]) -> int:
    """Bytes of some files, each compressed as a server would send it."""
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files)


def cost(browser: Browser, name: str) -> tuple[float, float, float]:
    """Return kB, the longest task in ms on a slow processor, and the layout shift.

    The task is the shortest of several runs: what else the machine does can only lengthen it.
    """
    tasks = []
    for _ in range(RUNS):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        files = note_files(page)
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(OBSERVE)
        page.goto((BOOK / f"{name}.html").as_uri())
        page.wait_for_timeout(2000)
        found = page.evaluate("cost")
        tasks.append(found["task"])
        page.close()
    return gzipped(files) / 1000, min(tasks), found["shift"]


def page_names() -> list[str]:
    """Names of all pages, in the order of the table of contents."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    chapters = [page["file"] for part in contents["parts"] for page in part["chapters"]]
    return [contents["root"], *chapters, "search"]


def page_rows(browser: Browser) -> list[list[str]]:
    """Measure all pages; each row has the figures of before, if there are any, and of now."""
    rows = []
    for name in page_names():
        now = cost(browser, name)
        before = ("", "", "")
        if name in BEFORE:
            kilobytes, task, shift = BEFORE[name]
            before = (f"{kilobytes} kB", f"{task} ms", f"{shift:.4f}")
        rows.append(
            [
                name,
                before[0],
                f"{now[0]:.0f} kB",
                before[1],
                f"{now[1]:.0f} ms" if now[1] else "< 50 ms",
                before[2],
                f"{now[2]:.4f}",
            ]
        )
    return rows
