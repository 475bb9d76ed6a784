"""Every assertion of a page is part of a claim, so that no value that a reader changes stops it."""

import ast
import re

import jupytext
import pytest
from coded_cells import python, stub_label


def is_claim(node):
    """Whether a node is ``with kl.claim(...):``."""
    return isinstance(node, ast.With) and any(
        isinstance(item.context_expr, ast.Call)
        and ast.unparse(item.context_expr.func) in ("claim", "kl.claim")
        for item in node.items
    )


def bare_assertions(source):
    """Assertions outside of claims, and other ways to stop a cell on purpose."""

    def walk(node, inside):
        inside = inside or is_claim(node)
        if isinstance(node, (ast.Assert, ast.Raise)) and not inside:
            yield ast.unparse(node)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    return list(walk(ast.parse(python(source)), False))


def claims(source):
    """The sentences of all claims."""
    return [
        node.items[0].context_expr.args[0].value
        for node in ast.walk(ast.parse(python(source)))
        if is_claim(node)
    ]


@pytest.fixture
def cells(source):
    return [cell for cell in jupytext.read(source).cells if cell.cell_type == "code"]


def test_no_assertion_stands_alone(cells):
    others = [cell for cell in cells if not stub_label(cell)]  # which raises nothing when it is run
    assert [bare for cell in others for bare in bare_assertions(cell.source)] == []


def test_every_claim_checks_something(cells):
    for cell in cells:
        for node in ast.walk(ast.parse(python(cell.source))):
            if is_claim(node):
                inner = [type(child) for child in ast.walk(node)]
                # what must not raise an error is checked, too, by being called
                assert ast.Assert in inner or ast.Call in inner, ast.unparse(node)


def test_removed_cells_hold_claims(cells):
    removed = [cell for cell in cells if "remove-cell" in cell.metadata.get("tags", [])]
    tried = [cell for cell in removed if cell.source == "# try it here"]
    assert len(removed) > len(tried)
    assert all(claims(cell.source) for cell in removed if cell not in tried)


def test_claims_are_sentences(cells):
    sentences = [sentence for cell in cells for sentence in claims(cell.source)]
    assert sentences
    for sentence in sentences:
        assert re.fullmatch(r"\S.+[.]", sentence), sentence
        assert len(sentence.split()) >= 3, sentence


@pytest.mark.parametrize(
    "source",
    [
        "assert x",
        "def f():\n    assert x",
        "with open('f'):\n    assert x",
        "for x in y:\n    assert x",
        "raise AssertionError(x)",
    ],
)
def test_bare_assertions_are_found(source):
    assert len(bare_assertions(source)) == 1


@pytest.mark.parametrize(
    "source",
    ["with kl.claim('a'):\n    assert x", "%config x\nwith kl.claim('a', given=b):\n    assert x"],
)
def test_assertions_in_claims_are_not(source):
    assert bare_assertions(source) == []
    assert claims(source) == ["a"]
