"""The players of the explorers on a page, in a real browser, by mouse and keyboard."""

import re

import pytest
from matplotlib.colors import to_rgb
from playwright.sync_api import expect

from klhelpers import (
    explore_divergences,
    explore_fit,
    explore_landscape,
    kl_gaussian,
    line_style,
)
from klhelpers.explore._bivariate import BivariateGaussian

MAKERS = {
    "divergences": (explore_divergences, {}, "correlation ρ"),
    "fit": (explore_fit, {"num_steps": 20}, "step of the fit"),
    "landscape": (explore_landscape, {"num_steps": 20}, "step of the fit"),
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


def test_correlation_and_divergences_are_the_closed_forms(pages, new_page):
    page = new_page()
    page.goto(pages("divergences"))
    slider = page.get_by_role("slider", name="correlation ρ")
    q = BivariateGaussian((0.0, 0.0), (1.0, 1.0), 0.0)
    for key, rho in (("Home", 0.0), ("ArrowRight", 0.01), ("End", 0.99), ("ArrowLeft", 0.98)):
        slider.press(key)
        p = BivariateGaussian((0.0, 0.0), (1.5, 1.0), rho)
        forward = kl_gaussian(p.loc, p.scale_tril, q.loc, q.scale_tril)
        reverse = kl_gaussian(q.loc, q.scale_tril, p.loc, p.scale_tril)
        expect(page.locator(".vp-readout")).to_have_text(
            f"ρ = {rho:.2f}   KL(q‖p) = {reverse:.4f} nats   KL(p‖q) = {forward:.4f} nats"
        )


def test_outline_of_least_reverse_kl_shrinks(pages, new_page):
    """The blue outline is as wide as √(1 − ρ²) says; the orange one stays."""
    colors = [
        f"rgb{tuple(round(255 * part) for part in to_rgb(line_style(direction)['color']))}"
        for direction in ("reverse", "forward")
    ]
    page = new_page()
    page.goto(pages("divergences"))

    def widths():
        return page.evaluate(
            """colors => colors.map(color =>
            [...document.querySelectorAll("vector-player path:not([fill])")].find(
            path => getComputedStyle(path).stroke === color).getBBox().width)""",
            colors,
        )

    slider = page.get_by_role("slider")
    slider.press("Home")
    reverse, forward = widths()
    assert forward == pytest.approx(reverse, rel=1e-2)
    page.evaluate("document.querySelector('vector-player').show(60)")
    assert widths() == pytest.approx([reverse * 0.8, forward], rel=1e-2)


def test_page_fits_a_phone(pages, new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(pages("divergences"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_page_asks_for_nothing(pages, new_page):
    page = new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(pages("divergences"))
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('vector-player').frame > 85")
    assert [url for url in requests if not re.match("(file|data|blob):", url)] == []
    assert len(requests) == 1
