"""Cells in which a learner writes the function of a coded exercise."""

import ast
import re


def python(source):
    """Code without the magics of IPython."""
    return re.sub(r"^[%!].*", "", source, flags=re.MULTILINE)


def stub_label(cell):
    """Label of the coded exercise to which a cell belongs, or None.

    Such a cell has one function, with a docstring of one line, that raises NotImplementedError,
    and then ``kl.check(function, label)``, whose message the notebook shows.
    """
    if cell.cell_type != "code":
        return None
    match ast.parse(python(cell.source)).body:
        case [
            ast.FunctionDef(
                name=name,
                body=[
                    ast.Expr(ast.Constant(str(docstring))),
                    ast.Raise(exc=ast.Name("NotImplementedError"), cause=None),
                ],
            ),
            ast.Expr(
                ast.Call(
                    func=ast.Attribute(ast.Name("kl"), "check"),
                    args=[ast.Name(checked), ast.Constant(str(label))],
                    keywords=[],
                )
            ),
        ] if name == checked and "\n" not in docstring:
            return label
    return None
