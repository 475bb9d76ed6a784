"""What the reader's browser pays: load, heap, a frame change; and how true the contours are."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
from cases import FIGSIZE, LEVELS, Fit
from playwright.sync_api import Page, sync_playwright

from klhelpers.draw.ellipses import contour_radii

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--enable-precise-memory-info",
]

FRAME_CHANGE = """() => {
  const player = document.querySelector("vector-player"), times = [];
  for (let round = 0; round < 2; round++)
    for (let frame = 0; frame < player.count; frame++) {
      const start = performance.now();
      player.show(frame);
      if (round) times.push(performance.now() - start);
    }
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.floor(part * (times.length - 1))];
  return { median: at(0.5), most: at(0.99), worst: at(1) };
}"""

LONGEST_GAP = """() => new Promise((resolve) => {
  const player = document.querySelector("vector-player"), times = [];
  player.show(0);
  player.play();
  const tick = (now) => {
    times.push(now);
    if (times.length < 200) requestAnimationFrame(tick);
    else {
      player.pause();
      const gaps = times.slice(1).map((t, i) => t - times[i]).sort((a, b) => a - b);
      resolve({ median: gaps[gaps.length >> 1], longest: gaps.at(-1) });
    }
  };
  requestAnimationFrame(tick);
})"""

SAMPLE_PATHS = """(frame) => {
  const player = document.querySelector("vector-player");
  player.show(frame);
  const groups = [...player.querySelectorAll("[data-slot]")];
  const group = groups.find((g) => g.querySelectorAll("path[stroke]").length >= 10);
  return [...group.querySelectorAll("path[d]")].map((path) => {
    const length = path.getTotalLength();
    return Array.from({ length: 400 }, (_, i) => {
      const point = path.getPointAtLength((length * i) / 400);
      return [point.x, point.y];
    });
  });
}"""


def installed_chromium() -> str:
    """Return the path of Chromium."""
    names = ("chromium", "chromium-browser", "chromium-headless-shell")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        raise SystemExit("make bench needs Chromium: apt-get install chromium")
    return chromium


def visit(pages: dict[str, str], measure) -> dict[str, dict]:
    """Open each page (a whole HTML text) from a file in its own browser and measure it."""
    chromium = installed_chromium()
    results = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{html}", encoding="utf-8")
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 900, "height": 1000})
            page.route("http*://**", lambda route: route.abort())
            page.goto(path.as_uri(), wait_until="load")
            results[name] = measure(page)
            browser.close()
    return results


def load_and_heap(page: Page) -> dict[str, float]:
    """Milliseconds until the load event, decoding of all pictures included, and heap in MB."""
    page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
    load = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    heap = page.evaluate("performance.memory.usedJSHeapSize")
    return {"load": load, "heap": heap / 1e6}


def playing(page: Page) -> dict[str, float]:
    """Script time of a frame change and gaps between painted frames, in milliseconds."""
    change, gap = page.evaluate(FRAME_CHANGE), page.evaluate(LONGEST_GAP)
    return {
        "change": change["median"],
        "99 in 100": change["most"],
        "worst change": change["worst"],
        "gap": gap["median"],
        "longest gap": gap["longest"],
    }


def contour_error(page: Page, fit: Fit, axes_box, frame: int) -> float:
    """Largest distance, in pixels at 700, from a drawn contour to the exact ellipse.

    `axes_box` is (left, bottom, right, top) of the axes in a figure of unit size.  A drawn
    point belongs to the level whose ellipse is nearest; its distance is that of the
    Mahalanobis radii over the length of the gradient.
    """
    paths = np.array(page.evaluate(SAMPLE_PATHS, frame))
    units = page.evaluate("document.querySelector('vector-player svg').viewBox.baseVal.width")
    side = FIGSIZE[0] * 100
    points = paths / units * side
    left, bottom, right, top = (side * value for value in axes_box)
    scale = np.array([right - left, top - bottom]) / 10  # pixels a unit of x
    data = np.stack([points[..., 0] - left, (side - points[..., 1]) - bottom], axis=-1) / scale - 5
    loc, tril = fit.trajectory.loc[frame], fit.trajectory.scale_tril[frame]
    inverse = np.linalg.inv(tril.astype(float))
    z = (data - loc) @ inverse.T
    radius = np.linalg.norm(z, axis=-1)
    gradient = np.linalg.norm((z / radius[..., np.newaxis]) @ inverse / scale, axis=-1)
    radii = contour_radii(tril.astype(float), LEVELS)
    radii = radii[np.isfinite(radii)]
    means = radius.mean(axis=1)
    nearest = radii[np.argmin(np.abs(means[:, np.newaxis] - radii), axis=1)]
    return float(np.max(np.abs(radius - nearest[:, np.newaxis]) / gradient))
