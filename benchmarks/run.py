"""Measure the post's way, its nearest peers and ours side by side; write the tables.

``python benchmarks/run.py`` prints the tables and puts them into benchmarks/README.md.
With ``--bigger-books`` it measures those of bigger_books.py, too.
"""

import argparse
import sys

import bigger_books
from browser import FLAGS, contour_error, installed_chromium, load_and_heap, playing, visit
from cases import Fit, contour_way, ellipse_way, lecture_fit
from chapter_times import record_chapters
from live_figures import live_rows, training_rows
from measure import machine
from page_weights import page_rows
from playwright.sync_api import sync_playwright
from rendering import growth, render_all, to_vector_html
from result_tables import put_into_readme, table
from training import train_all

BEGIN, END = "<!-- results: written by run.py -->\n", "<!-- end of results -->\n"
FRAME = 57


def rendering_tables() -> tuple[str, dict[str, str], Fit]:
    """Render in every way; ratios are against the last, ours."""
    fit = lecture_fit()
    results = render_all(fit)
    ours = results[-1]
    rows = []
    for result in results:
        raw, packed = result.weights
        rows.append(
            [
                result.name,
                f"{result.seconds:.2f} s",
                f"{result.seconds / ours.seconds:.1f}",
                f"{raw / 1e6:.2f} MB",
                f"{packed / 1e6:.3f} MB",
                f"{raw / ours.weights[0]:.1f}",
            ]
        )
    head = ["250 frames to HTML", "time", "time ÷ ours", "raw", "gzipped", "raw ÷ ours"]
    return table(head, rows), {result.name: result.html for result in results}, fit


def browser_tables(pages: dict[str, str], fit: Fit) -> str:
    """Load, heap, frame changes and the error of the contours."""
    jshtml, contours, ours = (list(pages)[k] for k in (1, 3, 4))
    loads = visit({name: pages[name] for name in (jshtml, contours, ours)}, load_and_heap)
    text = table(
        ["in Chromium, from a file", "load", "script heap"],
        [[name, f"{r['load']:.0f} ms", f"{r['heap']:.1f} MB"] for name, r in loads.items()],
    )
    animations = {contours: contour_way(fit), ours: ellipse_way(fit)}
    at_60 = {name: to_vector_html(animation, 60) for name, animation in animations.items()}
    columns = ("change", "99 in 100", "worst change", "gap", "longest gap")
    text += "\n" + table(
        ["at 60 frames a second", "script per frame", "99 in 100", "worst", "gap", "longest gap"],
        [
            [name, *(f"{result[column]:.2f} ms" for column in columns)]
            for name, result in visit(at_60, playing).items()
        ],
    )
    rows = []
    for name, animation in animations.items():
        box = animation._fig.axes[0].get_position().extents
        errors = visit({name: at_60[name]}, lambda page, b=box: contour_error(page, fit, b, FRAME))
        rows.append([name, f"{errors[name]:.2f} px"])
    head = [f"contours of frame {FRAME} against the exact ellipses", "largest error at 700 px"]
    return text + "\n" + table(head, rows)


def training_table() -> str:
    """Time of 250 Adam steps."""
    results = train_all()
    (_, lecture), (_, ours) = list(results.values())[:2]
    return table(
        ["250 Adam steps", "first call", "later calls", "lecture ÷ this", "this ÷ one start"],
        [
            [name, f"{a:.2f} s", f"{1000 * b:.1f} ms", f"{lecture / b:.1f}", f"{b / ours:.1f}"]
            for name, (a, b) in results.items()
        ],
    )


def growth_table() -> str:
    """How time and weight grow with the number of frames."""
    rows = growth()
    _, base, base_raw, _ = rows[0]
    return table(
        ["frames, `animate_fit`", "time", "÷ 250 frames", "raw", "gzipped", "÷ 250 frames"],
        [
            [
                str(frames),
                f"{took:.2f} s",
                f"{took / base:.1f}",
                f"{raw / 1e6:.2f} MB",
                f"{packed / 1e6:.3f} MB",
                f"{raw / base_raw:.1f}",
            ]
            for frames, took, raw, packed in rows
        ],
    )


def pages_table() -> str:
    """What the pages of the built book cost, before and now."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=FLAGS)
        rows = page_rows(browser)
        browser.close()
    measured = ("all files, gzipped", "longest task", "layout shift")
    head = [f"{name}, {when}" for name in measured for when in ("before", "now")]
    return table(["page of the book", *head], rows)


def live_tables() -> str:
    """What the live figures cost: script, and from input to paint on a slow processor."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=FLAGS)
        once, dragged = training_rows(browser), live_rows(browser)
        browser.close()
    first = table(["live figures, without throttling", "time", "to reach"], once)
    throttled = "live figure, from input to paint at 4x throttling"
    head = [throttled, "median", "95 in 100", "to reach", "work alone"]
    return first + "\n" + table(head, dragged)


def main() -> None:
    """Run everything; a few minutes, most of them the post's way."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bigger-books", action="store_true", help="takes ten minutes more")
    if parser.parse_args().bigger_books:
        print("bigger books", flush=True)
        bigger_books.main()
    print("chapters", flush=True)
    record_chapters()
    print("pages", flush=True)
    pages_of_book = pages_table()
    print("live figures", flush=True)
    live = live_tables()
    print("training", flush=True)
    trained = training_table()
    print("rendering", flush=True)
    rendered, pages, fit = rendering_tables()
    print("browser", flush=True)
    in_browser = browser_tables(pages, fit)
    print("growth", flush=True)
    tables = [rendered, in_browser, growth_table(), trained, live, pages_of_book]
    report = "\n".join([f"Machine: {machine()}.\n", *tables])
    print("\n" + report)
    put_into_readme(report, BEGIN, END)


if __name__ == "__main__":
    sys.exit(main())
