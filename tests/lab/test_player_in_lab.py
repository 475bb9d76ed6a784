"""The player in an output area of JupyterLab: shown twice, played, stepped, by keyboard too."""

from playwright.sync_api import expect

expect.set_options(timeout=60_000)

CELLS = (
    """
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation
from vectorplayer import VectorPlayer

fig, ax = plt.subplots(figsize=(4, 3))
(dot,) = ax.plot([0], [0], "o")
ax.set_xlim(0, 40)

def draw(k):
    dot.set_xdata([k])
    ax.set_title(f"at {k}")

player = VectorPlayer(FuncAnimation(fig, draw, frames=41), alt="A dot moves to the right.")
player
""",
    "player",
)


def test_players_work_in_output_areas(open_in_lab):
    notebook = open_in_lab("player.ipynb", *CELLS)
    notebook.run_all()
    assert notebook.errors() == []
    first, second = (notebook.output(cell).locator("vector-player") for cell in (0, 1))
    for player in (first, second):
        player.scroll_into_view_if_needed()
        expect(player.locator(".vp-readout")).to_have_text("at 0")
    cells = notebook.page.locator(".jp-CodeCell").count()
    bar = second.get_by_role("slider")
    bar.press("End")
    expect(second.locator(".vp-readout")).to_have_text("at 40")
    bar.press("ArrowLeft")
    expect(second.locator(".vp-readout")).to_have_text("at 39")
    expect(first.locator(".vp-readout")).to_have_text("at 0")  # each has its own frame
    first.get_by_role("button", name="Next frame").click()
    expect(first.locator(".vp-readout")).to_have_text("at 1")
    first.get_by_role("button", name="Play").click()
    expect(first.locator(".vp-readout")).not_to_have_text("at 1")
    assert notebook.page.locator(".jp-CodeCell").count() == cells  # no key went to the notebook
    assert notebook.complaints == []
