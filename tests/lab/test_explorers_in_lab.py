"""The live controls of the explorers in a real JupyterLab: dragged, started and stopped."""

import re

from playwright.sync_api import expect

from klhelpers import kl_gaussian
from klhelpers.explore._bivariate import BivariateGaussian

expect.set_options(timeout=60_000)

CELLS = (
    "from klhelpers import explore_divergences, explore_fit, explore_landscape\n"
    "import klhelpers.explore._fit_job as job\n"
    "job._CHUNK = 1  # check for Stop after every update",
    "explore_divergences()",
    "explore_fit()",
    "explore_landscape()",
)


def test_explorers_are_live(open_in_lab):
    notebook = open_in_lab("explorers.ipynb", *CELLS)
    notebook.run_all()
    assert notebook.errors() == []
    _move_sliders(notebook.output(1))
    _fit(notebook.output(2))
    _stop(notebook.output(2))
    _walk(notebook.output(3))
    assert notebook.errors() == []
    assert notebook.complaints == []
    _restart(notebook)


def _slider(area, name):
    """Return the handle of the slider with a title."""
    return area.locator(f".widget-slider:has(label[title='{name}']) [role=slider]")


def _numbers(area):
    return area.locator(".kl-numbers")


def _kl(p, q):
    return f"KL(p‖q) = {float(kl_gaussian(p.loc, p.scale_tril, q.loc, q.scale_tril)):.4f} nats"


def _move_sliders(area):
    numbers = _numbers(area)
    p, q = BivariateGaussian((0, 0), (1.5, 1), 0.8), BivariateGaussian((0, 0), (1, 1), 0)
    expect(numbers).to_contain_text(_kl(p, q))
    handle = _slider(area, "correlation of p")
    handle.press("ArrowRight")
    expect(numbers).to_contain_text(_kl(p._replace(correlation=0.81), q))
    handle.press("End")  # the correlation that would make p flat cannot be reached
    expect(handle).to_have_attribute("aria-valuetext", "0.99")
    before = _numbers(area).inner_text()
    handle = _slider(area, "scale 1 of q")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page = area.page
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y, steps=5)
    page.mouse.up()
    expect(numbers).not_to_have_text(before)
    area.get_by_role("button", name="set q = p").click()
    expect(numbers).to_contain_text("KL(p‖q) = 0.0000 nats")


def _fit(area):
    area.get_by_role("button", name="Fit", exact=True).click()
    expect(area.get_by_text(re.compile("^Done: step 200, "))).to_be_visible()
    player = area.locator("vector-player")
    player.get_by_role("button", name="First frame").click()
    expect(player.locator(".vp-readout")).to_contain_text("step 0 ")
    player.get_by_role("button", name="Play").click()
    expect(player.locator(".vp-readout")).not_to_contain_text("step 0 ")
    player.get_by_role("button", name="Last frame").click()
    expect(player.locator(".vp-readout")).to_contain_text("step 200 ")


def _stop(area):
    _slider(area, "steps").press("End")
    area.get_by_role("button", name="Fit", exact=True).click()
    expect(area.get_by_text(re.compile("^Step [1-9]"))).to_be_visible()
    area.get_by_role("button", name="Stop").click()
    state = area.get_by_text(re.compile("^Stopped at step "))
    expect(state).to_be_visible()
    last = int(re.search(r"step (\d+)", state.inner_text())[1])
    assert 1 <= last < 2000
    player = area.locator("vector-player")
    expect(player).to_have_count(1)
    player.get_by_role("button", name="Last frame").click()
    expect(player.locator(".vp-readout")).to_contain_text(f"step {last} ")


def _walk(area):
    numbers = _numbers(area)
    before = numbers.inner_text()
    _slider(area, "start mean").press("Home")
    expect(numbers).not_to_have_text(before)
    area.get_by_label("plane").select_option("log scale 1, log scale 2")
    expect(_slider(area, "start log scale 1")).to_be_visible()


NOTE = """() => [...document.querySelectorAll(".kl-panel")]
    .map((panel) => getComputedStyle(panel, "::before").content)"""


def _restart(notebook):
    """Controls say that their kernel has ended, until their cell is run again."""
    assert notebook.page.evaluate(NOTE) == ["none"] * 3
    notebook.page.evaluate(
        "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    notebook.page.wait_for_function(f"() => !({NOTE})().includes('none')")
    assert all("run this cell again" in note for note in notebook.page.evaluate(NOTE))
    notebook.run_all()
    notebook.page.wait_for_function(f"() => ({NOTE})().every((note) => note === 'none')")
