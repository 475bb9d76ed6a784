"""Questions in a real JupyterLab, where a key outside of a text field is a command."""

from playwright.sync_api import expect

CELLS = (
    "import klhelpers as kl\n"
    "import numpy as np",
    "kl.Questions(\n"
    "    kl.Choice('$a$ or $b$?', [('a', True, 'Yes, a.'), ('b', False, 'No, not b.')]),\n"
    "    kl.Numeric('ln 2?', np.log(2), tolerance=0.01, unit='nats',\n"
    "               explanation='A bit.', hint='Not a bit.'),\n"
    ")",
    "'the last cell'",
)  # fmt: skip


def test_the_keyboard_answers_and_the_notebook_stays(open_in_lab):
    notebook = open_in_lab("questions.ipynb", *CELLS)
    notebook.run_all()
    area, keyboard = notebook.output(1), notebook.page.keyboard
    expect(area.get_by_role("status")).to_have_count(2, timeout=120_000)
    expect(notebook.output(2)).to_contain_text("the last cell", timeout=120_000)
    area.get_by_role("radio").first.focus()
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    assert area.get_by_label("b", exact=True).is_checked()
    keyboard.press("Enter")
    assert area.get_by_role("status").first.inner_text() == "✗ Not right. No, not b."
    keyboard.press("ArrowUp")
    keyboard.press("Enter")
    assert area.get_by_role("status").first.inner_text() == "✓ Right. Yes, a."
    for key in "ddaabb":  # would delete this cell and insert others
        keyboard.press(key)
    area.get_by_role("textbox").focus()
    keyboard.type("0.69 nats")
    keyboard.press("Enter")
    assert area.get_by_role("status").last.inner_text() == "✓ Right. A bit."
    assert notebook.page.locator(".jp-Cell").count() == len(CELLS)
    assert area.locator("mjx-container").count() == 0  # TeX stays text, as on a page
    assert notebook.errors() == []
    assert notebook.complaints == []
