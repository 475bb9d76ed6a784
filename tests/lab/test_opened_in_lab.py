"""A page that is opened in JupyterLab is saved as it was, and its text is shown in words.

No role, directive or reference stays raw.  Opening takes seconds, so one test looks at both.
"""

import pytest
from table_of_contents import EXECUTED, ROOT
from thorough import thoroughly

NOTEBOOKS = [f"{name}.md" for name in EXECUTED]
ALWAYS = ("chapters/explore.md",)

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

# JupyterLab renders cells when they come into view; it is told to render them all.
RENDER = """async () => {
    const { content, context } = jupyterapp.shell.currentWidget;
    await context.ready;
    content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await jupyterapp.commands.execute("notebook:render-all-markdown");
}"""
RENDERED = """() => {
    const cells = [...document.querySelectorAll(".jp-MarkdownCell")];
    const { content } = jupyterapp.shell.currentWidget;
    const all = [...content.model.cells].filter((cell) => cell.type === "markdown");
    return cells.length === all.length
        && cells.every((cell) => cell.querySelector(".myst :is(p, h1, h2, h3, div, aside)"));
}"""
RAW = r"""() => [...document.querySelectorAll(".jp-MarkdownCell")].flatMap((cell) => {
    const text = cell.innerText;
    const words = [...text.matchAll(/\{[a-z:]+\}.{0,40}|Unknown (Directive|Role)|%s/g)];
    const marked = [...cell.querySelectorAll("[class*='text-yellow-600'][title]")];
    return [...words.map((match) => match[0]), ...marked.map((node) => node.innerText)];
})"""


def raw(notebook):
    """What the rendered text of a notebook shows as it is written, or marks as not found."""
    notebook.page.evaluate(RENDER)
    notebook.page.wait_for_function(RENDERED)
    notebook.page.wait_for_timeout(1000)  # references are resolved when all cells are there
    return notebook.page.evaluate(RAW)


@pytest.mark.parametrize("name", thoroughly(NOTEBOOKS, always=ALWAYS))
def test_a_page_is_saved_as_it_was_and_shown_in_words(name, open_in_lab, lab):
    text = (ROOT / name).read_text(encoding="utf-8")
    notebook = open_in_lab(name, source=text)
    path = lab[1] / name
    before = path.stat().st_mtime_ns
    assert notebook.page.evaluate(SAVE) is False
    assert path.stat().st_mtime_ns > before  # it was written
    assert path.read_text(encoding="utf-8") == text
    assert raw(notebook) == []


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


BROKEN = {
    "number": "See {numref}`fig-nowhere`.",
    "citation": "By {cite:t}`nobody2000`.",
    "equation": "By {eq}`eq-nowhere`.",
    "directive": "```{wrong}\nIts text.\n```",
}


def test_what_is_raw_is_found(open_in_lab):
    head = (ROOT / f"{EXECUTED[0]}.md").read_text(encoding="utf-8").split("\n# ")[0]
    text = "\n\n".join(["# Broken", *BROKEN.values()])
    notebook = open_in_lab("broken.md", source=f"{head}\n{text}\n")
    found = raw(notebook)
    assert len(found) >= len(BROKEN), found
