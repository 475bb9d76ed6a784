"""Each coded exercise stands in one chapter, and each chapter has one among its exercises."""

import ast
import re

import jupytext
import nbformat
import pytest
from coded_cells import python, stub_label
from table_of_contents import CHAPTERS, ROOT

from klhelpers.exercises import CODED

LABEL = r"^```\{exercise\}[^\n]*\n:label: (ex-[\w-]+)$"


def exercises(chapter):
    """Labels of the exercises of a chapter, in their order."""
    text = (ROOT / f"{chapter}.md").read_text(encoding="utf-8")
    labels = re.findall(LABEL, text, re.MULTILINE)
    assert len(labels) == text.count("{exercise}")
    return labels


def cells(chapter):
    return jupytext.read(ROOT / f"{chapter}.md").cells


def solution_checks(cell, label):
    """Whether a cell checks a function of its own and claims that it agrees."""
    tree = ast.parse(python(cell.source))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    texts = [ast.unparse(node) for node in tree.body]
    checks = {f"checked = kl.check({name}, '{label}')" for name in functions}
    claimed = any(text.startswith("with kl.claim") and "assert checked" in text for text in texts)
    return bool(checks & set(texts)) and claimed and texts[-1] == "checked"


def test_every_coded_exercise_stands_in_one_chapter():
    found = [label for chapter in CHAPTERS for label in exercises(chapter) if label in CODED]
    assert sorted(found) == sorted(CODED)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_has_a_coded_exercise_among_two_to_five(name):
    labels = exercises(name)
    coded = [label for label in labels if label in CODED]
    assert coded
    assert 2 <= len(labels) <= 5
    assert len(labels) - len(coded) <= 4


@pytest.mark.parametrize("label", CODED)
def test_a_learner_writes_the_function_that_a_solution_has_under_another_name(label):
    (chapter,) = [chapter for chapter in CHAPTERS if label in exercises(chapter)]
    code = [cell for cell in cells(chapter) if cell.cell_type == "code"]
    (place,) = [i for i, cell in enumerate(code) if stub_label(cell) == label]
    (solved,) = [cell for cell in code if solution_checks(cell, label)]
    name = ast.parse(code[place].source).body[0].name
    assert code.index(solved) == place + 1
    # so that the learner's own function is not replaced
    bound = [
        node.name
        for cell in code
        for node in ast.walk(ast.parse(python(cell.source)))
        if isinstance(node, ast.FunctionDef)
    ]
    assert bound.count(name) == 1


@pytest.mark.parametrize("label", CODED)
def test_an_exercise_says_how_to_try_it(label):
    (chapter,) = [chapter for chapter in CHAPTERS if label in exercises(chapter)]
    text = (ROOT / f"{chapter}.md").read_text(encoding="utf-8")
    (words,) = re.findall(rf":label: {label}\n\n(.*?)\n```", text, re.DOTALL)
    assert "JupyterLab" in words and "`kl.check`" in words


STUB = (
    'def f(x):\n    """A docstring."""\n    raise NotImplementedError\n\n\nkl.check(f, "ex-code-a")'
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(f, ", "(g, "),
        ("NotImplementedError", "ValueError"),
        ("    raise", "    x += 1\n    raise"),
        ("A docstring.", "A docstring.\n\n    Of two lines.\n    "),
        ("kl.check", "checked = kl.check"),
        ("\n\n\nkl.", "\n\n\nf(1)\nkl."),
    ],
)
def test_a_cell_of_another_form_is_no_stub(old, new):
    assert stub_label(nbformat.v4.new_code_cell(STUB)) == "ex-code-a"
    assert STUB.count(old) == 1
    assert stub_label(nbformat.v4.new_code_cell(STUB.replace(old, new))) is None
