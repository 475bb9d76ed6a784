"""JupyterLab shows the text of every page in words: no role, directive or reference stays raw."""

import pytest
from table_of_contents import EXECUTED, ROOT

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


@pytest.mark.parametrize("name", [f"{name}.md" for name in EXECUTED])
def test_text_is_shown_in_words(name, open_in_lab):
    notebook = open_in_lab(name, source=(ROOT / name).read_text(encoding="utf-8"))
    assert raw(notebook) == []


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
