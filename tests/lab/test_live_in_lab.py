"""Live figures in a real JupyterLab: the state goes both ways, and nothing is left behind."""

import json

import pytest
from playwright.sync_api import expect

expect.set_options(timeout=60_000)

CELLS = (
    "import klhelpers as kl\nfigure = kl.PairFigure()\nfigure",
    "figure",
    "print(figure.loc_q, figure.q.mean().numpy().round(6).tolist())",
    "figure.correlation_p = 0.9\nfigure.loc_p = (1.0, -1.0)",
    "try:\n    figure.correlation_p = 1.5\nexcept ValueError as error:\n    print(error)",
    "[kl.FitFigure(), kl.GuessFigure()]",
    "from IPython.display import display\n"
    "for other in (kl.FitFigure(num_steps=30), kl.SurfaceFigure(), kl.ModesFigure(),\n"
    "              kl.GuessFigure(), kl.BetweenFigure()):\n    display(other)",
    "figure.close()",
)
RUN = """async (cell) => {
    const { content, context } = jupyterapp.shell.currentWidget;
    content.activeCellIndex = cell;
    await jupyterapp.commands.execute("notebook:run-cell");
}"""


def run(notebook, cell):
    notebook.page.evaluate(RUN, cell)


def mean_of_q(area):
    return area.get_by_role("slider", name="Mean of q", exact=True)


def test_state_goes_both_ways(open_in_lab):
    notebook = open_in_lab("live.ipynb", *CELLS[:-1])
    notebook.run_all()
    assert notebook.errors() == []
    first, second = notebook.output(0), notebook.output(1)
    for area in (first, second):  # cell 3 has set the target
        expect(area.get_by_role("slider", name="correlation of p", exact=True)).to_have_value("0.9")
        expect(area.get_by_role("slider", name="Mean of p", exact=True)).to_have_attribute(
            "aria-valuetext", "1.00 and -1.00"
        )
    expect(notebook.output(4)).to_contain_text(
        "correlation_p must be a number from -0.99 to 0.99; got 1.5"
    )
    mean_of_q(first).press("Shift+ArrowRight")
    expect(mean_of_q(second)).to_have_attribute("aria-valuetext", "1.30 and -0.50")
    run(notebook, 2)
    expect(notebook.output(2)).to_contain_text("(1.3, -0.5) [1.3, -0.5]")
    _drag(notebook.page, mean_of_q(second))
    moved = mean_of_q(first).get_attribute("aria-valuetext")
    assert moved != "1.30 and -0.50"
    run(notebook, 2)
    expect(notebook.output(2)).not_to_contain_text("1.3, -0.5")
    for figure in ("fit", "surface", "modes", "guess", "between"):
        assert figure in json.dumps(_kinds(notebook.page))
    assert notebook.complaints == []


def _drag(page, handle):
    handle.scroll_into_view_if_needed()
    box = handle.locator("> :last-child").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 30, y + 20, steps=5)
    page.mouse.up()


def _kinds(page):
    """Kinds of the figures in the notebook, by a text that each of them has."""
    texts = {
        "fit": "Back to the start",
        "surface": "Restart Adam",
        "modes": "weight of the left component",
        "guess": "Show",
        "between": "order α",
    }
    area = page.locator(".jp-CodeCell").nth(6)
    return [name for name, text in texts.items() if area.get_by_text(text).count()]


@pytest.mark.thorough
def test_running_a_cell_again_and_closing_leave_nothing(open_in_lab):
    notebook = open_in_lab("live_again.ipynb", *CELLS)
    page = notebook.page
    page.evaluate(
        """() => {
            const { addEventListener: add, removeEventListener: remove } = window;
            window.listening = 0;
            window.addEventListener = function (type, ...rest) {
                if (type === "hashchange") window.listening += 1;
                return add.call(this, type, ...rest);
            };
            window.removeEventListener = function (type, ...rest) {
                if (type === "hashchange") window.listening -= 1;
                return remove.call(this, type, ...rest);
            };
        }"""
    )
    run(notebook, 0)
    expect(mean_of_q(notebook.output(0))).to_be_visible()
    assert page.evaluate("listening") == 1
    for _ in range(3):
        run(notebook, 0)
        expect(mean_of_q(notebook.output(0))).to_be_visible()
    page.wait_for_function("listening === 1")
    run(notebook, 1)
    expect(mean_of_q(notebook.output(1))).to_be_visible()
    assert page.evaluate("listening") == 2
    run(notebook, 7)
    page.wait_for_function("listening === 0")
    assert notebook.complaints == []


NOTE = """() => [...document.querySelectorAll(".kl-live")]
    .map((figure) => getComputedStyle(figure, "::before").content)"""


@pytest.mark.thorough
def test_a_restart_of_the_kernel_is_said(open_in_lab):
    notebook = open_in_lab("live_restart.ipynb", CELLS[0])
    notebook.run_all()
    expect(mean_of_q(notebook.output(0))).to_be_visible()
    assert notebook.page.evaluate(NOTE) == ["none"]
    notebook.page.evaluate(
        "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    notebook.page.wait_for_function(f"() => !({NOTE})().includes('none')")
    assert "Run this cell again" in notebook.page.evaluate(NOTE)[0]
    mean_of_q(notebook.output(0)).press("ArrowRight")  # the figure still moves
    expect(mean_of_q(notebook.output(0))).to_have_attribute("aria-valuetext", "0.85 and -0.50")
    notebook.run_all()
    notebook.page.wait_for_function(f"() => ({NOTE})().every((note) => note === 'none')")
