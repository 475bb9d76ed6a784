"""The explorer of fits in a real JupyterLab: started, stopped, and after a restart."""

import re

from playwright.sync_api import expect

expect.set_options(timeout=60_000)

CELLS = (
    "from klhelpers import explore_fit, lecture_start, lecture_target\n"
    "import klhelpers.explore._fit_job as job\n"
    "job._CHUNK = 1  # check for Stop after every update",
    "explore_fit(lecture_target(), lecture_start)",
)


def test_the_explorer_is_live(open_in_lab):
    notebook = open_in_lab("explorers.ipynb", *CELLS)
    notebook.run_all()
    assert notebook.errors() == []
    _fit(notebook.output(1))
    _stop(notebook.output(1))
    assert notebook.errors() == []
    assert notebook.complaints == []
    _restart(notebook)


def _slider(area, name):
    """Return the handle of the slider with a title."""
    return area.locator(f".widget-slider:has(label[title='{name}']) [role=slider]")


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


NOTE = """() => [...document.querySelectorAll(".kl-panel")]
    .map((panel) => getComputedStyle(panel, "::before").content)"""


def _restart(notebook):
    """Controls say that their kernel has ended, until their cell is run again."""
    assert notebook.page.evaluate(NOTE) == ["none"]
    notebook.page.evaluate(
        "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    notebook.page.wait_for_function(f"() => !({NOTE})().includes('none')")
    assert all("run this cell again" in note for note in notebook.page.evaluate(NOTE))
    notebook.run_all()
    notebook.page.wait_for_function(f"() => ({NOTE})().every((note) => note === 'none')")
