"""A cell never binds a name that a cell which is more visible uses.

A reader who runs a shown cell of a chapter a second time must find its names as the shown cells
left them: a removed cell must not rebind them.  The sources are read, so no built book is needed.
"""

import ast
import re
import symtable

import jupytext
import pytest

REMOVED, FOLDED, SHOWN = range(3)
VISIBILITY = {
    "remove-cell": REMOVED,
    "remove-input": REMOVED,
    "hide-cell": FOLDED,
    "hide-input": FOLDED,
}


def visibility(cell):
    """How much of a cell's code a page shows: nothing, only after a click, or everything."""
    tags = cell.metadata.get("tags", [])
    return min((VISIBILITY.get(tag, SHOWN) for tag in tags), default=SHOWN)


def scopes(table):
    yield table
    for child in table.get_children():
        yield from scopes(child)


class Generators(ast.NodeTransformer):
    """Writes each comprehension as a generator, which has a scope of its own in every Python.

    From Python 3.12 on, the names of a comprehension are listed among those around it.
    """

    def visit_ListComp(self, node):
        return self.generic_visit(ast.GeneratorExp(node.elt, node.generators))

    visit_SetComp = visit_ListComp

    def visit_DictComp(self, node):
        pair = ast.Tuple([node.key, node.value], ast.Load())
        return self.generic_visit(ast.GeneratorExp(pair, node.generators))


def names(code):
    """Names of the notebook that a cell binds, and names that it reads, as Python's compiler sees.

    Local names of functions, classes and comprehensions are not among them.
    """
    python = re.sub(r"^[%!].*", "", code, flags=re.MULTILINE)  # without the magics of IPython
    python = ast.unparse(Generators().visit(ast.parse(python)))
    top, *inner = scopes(symtable.symtable(python, "<cell>", "exec"))
    symbols = list(top.get_symbols())
    symbols += [symbol for scope in inner for symbol in scope.get_symbols() if symbol.is_global()]
    bound = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    return bound, {s.get_name() for s in symbols if s.is_referenced()}


def conflicts(notebook):
    """For each cell, the names that it binds although a more visible cell depends on them.

    A removed cell binds no name that other cells use.  A folded one, whose code a click shows,
    rebinds no name that a shown cell takes from elsewhere; both may say ``fig, ax = ...``, and a
    folded cell may import what all others use.
    """
    cells = [
        (visibility(cell), *names(cell.source))
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    for place, (own, bound, _) in enumerate(cells):
        others = [cell[1:] for cell in cells if cell[0] > own]
        if own == REMOVED:
            used = set().union(*(theirs | read for theirs, read in others))
        else:
            used = set().union(*(read - theirs for theirs, read in others))
            used &= set().union(*(cell[1] for cell in cells[:place] + cells[place + 1 :]))
        yield (bound & used) - {"_"}  # which nobody reads


def test_hidden_cells_leave_the_names_of_shown_cells_alone(source):
    found = [sorted(clash) for clash in conflicts(jupytext.read(source)) if clash]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "x, y = 1, 2",
        "[*x] = 1, 2",
        "x: int = 1",
        "x += 1",
        "for x in []: pass",
        "with open('f') as (x, y): pass",
        "import numpy as x",
        "from numpy import pi as x",
        "import x.y",
        "def x(): pass",
        "class x: pass",
        "try: pass\nexcept ValueError as x: pass",
        "print(x := 1)",
        "[x := 1 for y in []]",
        "%config a.b = 1\nx = 1",
        "del x",
        "def f():\n    global x\n    x = 1",
        "match 1:\n    case x: pass",
    ],
)
def test_every_way_to_bind_a_name_is_seen(code):
    assert "x" in names(code)[0]


@pytest.mark.parametrize(
    "code",
    [
        "print(x)",
        "x.y = 1",
        "x[0] = 1",
        "def f(x):\n    x = 2\n    return x",
        "lambda x: x",
        "[x for x in []]",
        "{x: 1 for x in []}",
        "class y:\n    x = 1",
        "print(y, x=1)",
    ],
)
def test_what_binds_no_name_of_the_notebook(code):
    assert "x" not in names(code)[0]


@pytest.mark.parametrize("code", ["print(x)", "def f():\n    return x", "[x for y in x]"])
def test_reading_a_name_is_using_it(code):
    assert "x" in names(code)[1]


def test_cells_are_compared_by_how_much_of_them_is_shown():
    cells = [
        ("", "a = 1\nprint(b, c, d, g)\nc += 1"),
        ("remove-cell", "a, b = 1, 2"),  # both are used by the first cell
        ("remove-input", "e = f = _ = 1"),  # one of these is used by the folded cell
        ("hide-input", "a = c = d = g = f"),  # the first cell binds a and c, no other cell g
        ("remove-output", "b = d = 2"),  # its code is shown
    ]
    page = jupytext.reads(
        "\n\n".join(f"```{{code-cell}}\n:tags: [{tag}]\n\n{code}\n```" for tag, code in cells),
        fmt="md:myst",
    )
    assert [sorted(clash) for clash in conflicts(page)] == [[], ["a", "b"], ["f"], ["d"], []]
