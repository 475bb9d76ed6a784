"""What a live figure costs in the reader's browser: from input to paint, fits, until it is ready.

The book must be built; `make bench` does so.  The figures are those of
the chapter *Move it yourself*.
"""

import numpy as np
from page_weights import BOOK, SLOWER
from playwright.sync_api import Browser, Page

from klhelpers.live.assets import joined

CHAPTER = BOOK / "chapters" / "explore.html"
HANDLES = {  # kind of figure: the handle that is dragged, and the limits in ms
    "pair": ("Axis 1 of p", 16, 50),
    "fit": ("Mean of the start of q, reverse panel", 16, 50),
    "surface": ("Start, on the surface of KL(p‖q)", 33, 80),
    "modes": ("Mean of the right component", 33, 80),
}
WINDOWS = {
    "1280 px": {"viewport": {"width": 1280, "height": 900}},
    "390 px, 2x": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
}
MOVES = 120

# From the time of the event itself, so that waiting for the frame counts, to after the paint; and
# the work alone: from when the event is handled to after the paint.
LISTEN = """
  window.latencies = [];
  addEventListener("pointermove", ({ timeStamp, buttons }) => {
    if (!buttons) return;
    const begun = performance.now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const painted = performance.now();
        latencies.push([painted - timeStamp, painted - begun]);
      };
      channel.port2.postMessage(0);
    });
  }, { capture: true });
"""

TRAIN = """async ([text, direction]) => {
  const { startFit } = await import(URL.createObjectURL(
    new Blob([text + "\\nexport { startFit };"], { type: "text/javascript" })));
  const p = { loc: [0, 0], tril: [1.5, 0.8, 0.6] }, start = { loc: [-2, 1.5], tril: [0.5, 0, 0.5] };
  const times = [];
  for (let i = 0; i < 40; i += 1) {
    const before = performance.now();
    const settings = { family: "diagonal", bijector: "Exp", optimiser: "Adam", rate: 0.05 };
    startFit({ ...settings, direction, p, start }).advance(250);
    times.push(performance.now() - before);
  }
  return times.slice(10);
}"""

READY = """
  window.liveSince = 0;
  new MutationObserver(() => {
    const figures = [...document.querySelectorAll("kl-live")];
    const all = figures.length && figures.every((figure) => "ready" in figure.dataset);
    if (all) window.liveSince ||= performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
"""


def drag(page: Page, kind: str) -> np.ndarray:
    """Drag a handle of one figure in a circle; return input to paint, and the work, in ms."""
    figure = page.locator(f"kl-live[data-figure={kind}]").first
    handle = figure.get_by_role("slider", name=HANDLES[kind][0]).first
    handle.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = handle.locator("> :last-child").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("latencies.length = 0")
    for angle in np.linspace(0, 4 * np.pi, MOVES):
        page.mouse.move(x + 25 * np.cos(angle) - 25, y + 20 * np.sin(angle))
        page.wait_for_timeout(20)
    page.mouse.up()
    page.wait_for_timeout(200)
    return np.array(page.evaluate("latencies"))


def live_rows(browser: Browser) -> list[list[str]]:
    """Return a row for each figure and window: input to paint, the limits, the work alone.

    Of both times it gives the median and the 95th percentile.
    """
    rows = []
    for window, options in WINDOWS.items():
        page = browser.new_page(**options)
        page.add_init_script(LISTEN)
        page.goto(CHAPTER.as_uri())
        page.wait_for_timeout(1000)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for kind, (_, median, most) in HANDLES.items():
            all_of_it, work = (np.percentile(t, [50, 95]) for t in drag(page, kind).T)
            rows.append(
                [
                    f"{kind}, {window}",
                    *(f"{v:.0f} ms" for v in all_of_it),
                    f"{median} / {most} ms",
                    f"{work[0]:.0f} / {work[1]:.0f} ms",
                ]
            )
        page.close()
    return rows


def training_rows(browser: Browser) -> list[list[str]]:
    """Return the time of 250 Adam steps in each direction, without throttling."""
    page = browser.new_page()
    rows = []
    for direction in ("reverse", "forward"):
        times = page.evaluate(TRAIN, [joined("steps"), direction])
        rows.append([f"250 Adam steps, {direction}", f"{np.median(times):.2f} ms", "2 ms"])
    page.close()
    page = browser.new_page()
    page.add_init_script(READY)
    page.goto(CHAPTER.as_uri())
    page.wait_for_function("liveSince > 0")
    after = page.evaluate(
        "liveSince - performance.getEntriesByType('navigation')[0].loadEventStart"
    )
    rows.append(
        ["all figures of the chapter ready after the load event", f"{after:.0f} ms", "50 ms"]
    )
    page.close()
    return rows
