"""Pages with live figures in a real browser; none may ask for anything or complain."""

import json
from urllib.parse import quote

import pytest
from minified import minified_block

from klhelpers.live.assets import live_block

PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>Figures</title>'
    '<body style="max-width: 720px; margin: 8px auto; font: 17px/1.6 sans-serif">'
    "<main><h1>Figures</h1>{}</main></body></html>"
)


@pytest.fixture(autouse=True)
def static(monkeypatch):
    """Figures are for pages, as in the build."""
    monkeypatch.setenv("KLHELPERS_STATIC", "1")


_markup = {}


def markup(figure):
    """Return the HTML of a figure; it is made once per state, since a still is slow to draw."""
    key = repr(figure), json.dumps(figure.about)
    if key not in _markup:
        _markup[key] = figure.html
    return _markup[key]


@pytest.fixture
def page_file(tmp_path):
    """Write a page with some figures, which links know as ``fig-0``, ``fig-1`` and so on."""

    def write(*figures):
        parts = [
            f'<figure id="fig-{i}" style="margin: 0 0 40px">{markup(figure)}</figure>'
            for i, figure in enumerate(figures)
        ]
        text = PAGE.format("".join(parts))
        before, _, after = text.partition(live_block())  # as in the book
        text = before + minified_block() + after.replace(live_block(), "")
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.html"
        path.write_text(text, encoding="utf-8")
        return path.as_uri()

    return write


@pytest.fixture
def open_figures(page_file, new_page):
    """Open a page with some figures; it may load nothing, and say nothing to the console."""
    heard = []

    def open_page(*figures, hash="", **context):
        page = new_page(**context)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        address = page_file(*figures)
        page.on("request", lambda request: heard.append(request.url))
        page.goto(address + hash)
        page.wait_for_function(
            "document.querySelectorAll('kl-live:not([data-ready])').length === 0"
        )
        heard.remove(address)
        return page

    yield open_page
    assert heard == []


@pytest.fixture
def handle():
    """Find a handle of a figure by its name."""
    return lambda page, name: page.get_by_role("slider", name=name, exact=True)


@pytest.fixture
def drag(handle):
    """Drag a handle by some pixels with the mouse, or to another place."""

    def move(page, name, dx, dy, steps=4):
        grip = handle(page, name)
        grip.scroll_into_view_if_needed()
        box = grip.locator("> :last-child").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + dx, y + dy, steps=steps)
        page.mouse.up()

    return move


@pytest.fixture
def follow_link():
    """Follow a link to a state on an open page; return what the figure says about it."""

    def follow(page, text):
        page.evaluate("document.querySelector('.kl-note').textContent = ''")
        page.evaluate("(hash) => { location.hash = hash; }", f"state={quote(text)}")
        page.wait_for_function("document.querySelector('.kl-note').textContent !== ''")
        return page.inner_text(".kl-note")

    return follow
