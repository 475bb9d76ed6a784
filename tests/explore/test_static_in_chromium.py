"""The player of the explorer on a page, in a real browser, by mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from klhelpers import explore_fit, lecture_start, lecture_target

MAKERS = {
    "fit": (
        lambda **options: explore_fit(lecture_target(), lecture_start, **options),
        {"num_steps": 20},
        "step of the fit",
    ),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Write each explorer's page once."""
    written = {}

    def write(name):
        if name not in written:
            maker, options, _ = MAKERS[name]
            written[name] = tmp_path_factory.mktemp("page") / f"{name}.html"
            maker(**options).player.save(written[name])
        return written[name].as_uri()

    return write


def readout(page):
    return page.locator(".vp-readout").inner_text()


DRAWN = "[...document.querySelectorAll('[data-slot]')].map(g => g.innerHTML).join()"


def drawn(page):
    return page.evaluate(DRAWN)


@pytest.mark.parametrize("name", MAKERS)
def test_slider_moves_by_mouse_and_keyboard(name, pages, new_page):
    page = new_page()
    page.goto(pages(name))
    slider = page.get_by_role("slider", name=re.compile(f"^{MAKERS[name][2]}: "))
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    for move in (
        lambda: page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2),
        lambda: slider.press("ArrowRight"),
    ):
        text, picture = readout(page), drawn(page)
        move()
        expect(page.locator(".vp-readout")).not_to_have_text(text)
        page.wait_for_function(f"then => {DRAWN} !== then", arg=picture)
        expect(slider).to_have_attribute("aria-valuetext", readout(page))


def test_page_fits_a_phone(pages, new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(pages("fit"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_page_asks_for_nothing(pages, new_page):
    page = new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(pages("fit"))
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('vector-player').frame > 5")
    assert [url for url in requests if not re.match("(file|data|blob):", url)] == []
    assert len(requests) == 1
