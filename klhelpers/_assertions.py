"""Why an assertion failed: its text, and the values that it compared."""

import ast
import contextlib
import linecache
import textwrap
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from klhelpers._shown import shortened, shown

_DIGITS = 6
_COMPARISONS = {"isclose", "allclose", "array_equal", "array_equiv"}
_QUANTIFIERS = {"all", "any"}


def explain(error: AssertionError, traceback: TracebackType | None) -> str:
    """Write the innermost failed assertion and the values on its two sides in one line.

    Parameters
    ----------
    error : AssertionError
    traceback : traceback or None
        Where it was raised, from the frame that is to be explained inwards.
    """
    for frame, line in reversed(list(_places(traceback))):
        source = textwrap.dedent(
            "".join(linecache.getlines(frame.f_code.co_filename, frame.f_globals))
        )
        test = _assertion_at(source, line)
        if test is not None:
            failed = _failed_part(test, frame)
            values = [f"{_text(side, source)} = {value}" for side, value in _values(failed, frame)]
            said = f": {', '.join(dict.fromkeys(values))}" if values else ""
            return f"{_text(failed, source)} is false{said}"
    return str(error) or "an assertion is false"


def _places(traceback: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while traceback is not None:
        yield traceback.tb_frame, traceback.tb_lineno
        traceback = traceback.tb_next


def _text(node: ast.expr, source: str) -> str:
    """Return an expression as it is written, in one line."""
    written = ast.get_source_segment(source, node) or ast.unparse(node)
    return shortened(" ".join(written.split()))


def _assertion_at(source: str, line: int) -> ast.expr | None:
    """Return the tested expression of the assertion at a line; None if there is none."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return found[-1].test if found else None


def _evaluate(node: ast.expr, frame: FrameType) -> Any:
    code = compile(ast.Expression(node), "<claim>", "eval")
    return eval(code, frame.f_globals, dict(frame.f_locals))


def _failed_part(node: ast.expr, frame: FrameType) -> ast.expr:
    """Go down to the first operand of ``and``, and the first pair of a chain, that is false."""
    with contextlib.suppress(Exception):
        parts: list[ast.expr] = []
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            parts = node.values
        elif isinstance(node, ast.Compare) and len(node.ops) > 1:
            sides = [node.left, *node.comparators]
            parts = [
                _pair(left, op, right)
                for left, op, right in zip(sides[:-1], node.ops, sides[1:], strict=True)
            ]
        for part in parts:
            if not _evaluate(part, frame):
                return _failed_part(part, frame)
    return node


def _pair(left: ast.expr, op: ast.cmpop, right: ast.expr) -> ast.Compare:
    """One comparison of a chain, with its place in the source."""
    place = {name: getattr(left, name) for name in ("lineno", "col_offset")}
    place |= {name: getattr(right, name) for name in ("end_lineno", "end_col_offset")}
    return ast.Compare(left, [op], [right], **place)


def _values(node: ast.expr, frame: FrameType) -> Iterator[tuple[ast.expr, str]]:
    """Pair the sides of a comparison with their values."""
    for side in _sides(node):
        if isinstance(side, ast.Constant):
            continue  # its text stands in the assertion
        with contextlib.suppress(Exception):
            yield side, _number(_evaluate(side, frame))


def _sides(node: ast.expr) -> list[ast.expr]:
    """Return what an expression compares; the expression itself if it compares nothing."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _sides(node.operand)
    if isinstance(node, ast.BoolOp):
        return [side for value in node.values for side in _sides(value)]
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return [side for one in sides for side in _difference(one)]
    if isinstance(node, ast.Call) and node.args:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in _COMPARISONS:
            return [arg.value if isinstance(arg, ast.Starred) else arg for arg in node.args[:2]]
        if name in _QUANTIFIERS:
            return _sides(node.args[0])
    return [node]


def _difference(node: ast.expr) -> list[ast.expr]:
    """Return both numbers of ``abs(a - b)``, else the expression itself."""
    if isinstance(node, ast.Call) and len(node.args) == 1:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        inner = node.args[0]
        if name in {"abs", "norm"} and isinstance(inner, ast.BinOp):
            if isinstance(inner.op, ast.Sub):
                return [inner.left, inner.right]
    return [node]


def _number(value: Any) -> str:
    """Write a value with few digits; tensors as the arrays that they hold."""
    if hasattr(value, "numpy"):
        value = value.numpy()
    if isinstance(value, (float, np.floating)):
        return f"{value:.{_DIGITS}g}"
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return _number(value.item())
    if isinstance(value, (list, tuple)) and value:
        with contextlib.suppress(Exception):
            value = np.asarray([float(entry) for entry in value])
    return shown(value, precision=_DIGITS)
