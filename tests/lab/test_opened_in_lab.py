"""A page that is opened in JupyterLab is saved as it was, and its text is shown in words.

No role, directive or reference stays raw, and each is shown in the way that a table says.  Opening
takes seconds, so one test looks at all of it.
"""

import re
from collections import Counter
from functools import cache

import pytest
import yaml
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from table_of_contents import EXECUTED, ROOT
from thorough import thoroughly

NOTEBOOKS = [f"{name}.md" for name in EXECUTED]
ALWAYS = ("index.md", "chapters/analytic-kl.md")

DIRECTIVES = {
    "admonition": ("a box with its title", "aside.myst-admonition"),
    "code-cell": ("a code cell", ".jp-CodeCell"),
    "exercise": ("a box with its number and title", "aside.myst-exercise:has(p)"),
    "glossary": ("a list of terms", ".myst:has(dt[id^='term-'])"),
    "math": ("a displayed formula", ".katex-display"),
    "solution-start": ("a fold with the number of its exercise", "details.myst-exercise"),
    "solution-end": ("the lower edge of a box", "aside.myst-exercise:not(:has(p))"),
}
"""How JupyterLab shows a directive, and where that is seen: as often as a page has it."""

ROLES = {
    "eq": ("its words, or else the number of the formula", r"\(\d+\)"),
    "numref": ("its words, since JupyterLab does not know the number", None),
    "term": ("its words", None),
}
"""How JupyterLab shows a role, as a link, and what it says in place of a mere label."""

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


@cache
def myst():
    """Return the parser of the book."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["parse"]
    names = settings["myst_enable_extensions"]
    return create_md_parser(MdParserConfig(enable_extensions=names), RendererHTML)


def uses(text):
    """Yield kind, name and content of each role and directive of a source, nested ones too."""
    todo = myst().parse(text)
    while todo:
        token = todo.pop()
        named = re.match(r"\{([\w:-]+)\}", token.info)
        if token.type == "myst_role":
            yield "role", token.meta["name"], token.content
        elif token.type in ("math_block", "math_block_label", "amsmath"):
            yield "directive", "math", token.content  # $$ … $$ is another way to write it
        elif token.type in ("fence", "colon_fence") and named:
            yield "directive", named[1], token.content
            if named[1] not in ("code-cell", "math"):
                todo += myst().parse(token.content)
        todo += token.children or []


def kinds(name):
    """Return the roles and directives of a page."""
    return {use[:2] for use in uses((ROOT / name).read_text(encoding="utf-8"))}


def not_shown(notebook, text):
    """Return what a page of this source does not show as the tables say."""
    page, found = notebook.page, []
    directives = Counter(name for kind, name, _ in uses(text) if kind == "directive")
    for name, number in directives.items():
        shown = page.locator(DIRECTIVES[name][1]).count()
        if shown != number:
            found.append(f"{name}: {shown} of {number}")
    links = [" ".join(words.split()) for words in page.locator("a.hover-link").all_text_contents()]
    for name, content in (use[1:] for use in uses(text) if use[0] == "role"):
        words = re.fullmatch(r"(.+?)\s*<.+>", content, re.DOTALL)
        text_of_label = ROLES[name][1] or re.escape(" ".join(content.split()))
        wanted = re.escape(" ".join(words[1].split())) if words else text_of_label
        match = next((link for link in links if re.fullmatch(wanted, link)), None)
        if match is None:
            found.append(f"{name}: {content}")
        else:
            links.remove(match)
    return found


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
    assert not_shown(notebook, text) == []


def test_the_tables_have_all_roles_and_directives_of_the_pages():
    listed = {("directive", name) for name in DIRECTIVES} | {("role", name) for name in ROLES}
    assert set().union(*map(kinds, NOTEBOOKS)) == listed
    assert set().union(*map(kinds, ALWAYS)) == listed  # so that each is seen every time


def test_roles_and_directives_are_found_where_they_are_nested():
    text = "A {eq}`a`.\n\n:::{tip}\nSee {term}`b <c>`.\n\n```{note}\nIt.\n```\n:::\n\n$$\nx\n$$\n"
    assert sorted(use[:2] for use in uses(text)) == [
        ("directive", "math"), ("directive", "note"), ("directive", "tip"),
        ("role", "eq"), ("role", "term"),
    ]  # fmt: skip


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
    missing = "{numref}`Other words <fig-a>` and {eq}`eq-a`.\n\n```{exercise} Its title\nWhat.\n```"
    lacking = not_shown(notebook, f"{head}\n{missing}\n")
    assert sorted(line.split(":")[0] for line in lacking) == ["eq", "exercise", "numref"]
