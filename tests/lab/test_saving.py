"""Saving a page that nobody has changed leaves its file as it is in the repository."""

import pytest
from table_of_contents import EXECUTED, ROOT

# JupyterLab does not write a notebook that it knows to be saved, so it is told that it is not.
# When the kernel has told its name, JupyterLab writes it into the notebook: the test waits for it.
SAVE = """async () => {
    const { context, sessionContext } = jupyterapp.shell.currentWidget;
    await context.ready;
    await sessionContext.ready;
    await sessionContext.session.kernel.info;
    await sessionContext.session.kernel.spec;
    await new Promise((resolve) => setTimeout(resolve, 500));
    context.model.dirty = true;
    await jupyterapp.commands.execute("docmanager:save");
    return context.model.dirty;
}"""


@pytest.mark.parametrize("name", [f"{name}.md" for name in EXECUTED])
def test_saving_changes_nothing(name, open_in_lab, lab):
    text = (ROOT / name).read_text(encoding="utf-8")
    notebook = open_in_lab(name, source=text)
    path = lab[1] / name
    before = path.stat().st_mtime_ns
    assert notebook.page.evaluate(SAVE) is False
    assert path.stat().st_mtime_ns > before  # it was written
    assert path.read_text(encoding="utf-8") == text


def test_a_change_is_saved(open_in_lab, lab):
    """The test above compares what JupyterLab writes, and not what it was given."""
    name = f"{EXECUTED[0]}.md"
    text = (ROOT / name).read_text(encoding="utf-8")
    notebook = open_in_lab(name, source=text)
    notebook.page.evaluate(
        """() => jupyterapp.shell.currentWidget.content.model.cells.get(0)
            .sharedModel.setSource("# Changed")"""
    )
    assert notebook.page.evaluate(SAVE) is False
    assert "# Changed" in (lab[1] / name).read_text(encoding="utf-8")
