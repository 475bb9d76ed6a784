"""mypy and pyright accept the package and the examples of its README, and see a wrong call."""

from pathlib import Path

import pytest
from type_checkers import CHECKERS, python_blocks, reported

pytest.importorskip("mypy", reason="needs the extra `test`")

ROOT = Path(__file__).parents[1]
BLOCKS = python_blocks(ROOT / "README.md")
WRONG_LINES = {6, 7, 8}
WRONG = """
from matplotlib.figure import Figure

import vectorplayer

vectorplayer.VectorFigure(Figure(), alt=3)
vectorplayer.VectorHTMLWriter(fps="many")
vectorplayer.no_such_name
"""


def examples():
    """The examples as one program, with types for their function: --strict asks for them."""
    return "".join(BLOCKS).replace("def draw(frame):", "def draw(frame: int) -> None:")


PROGRAMS = {"examples": examples(), "wrong": WRONG}


@pytest.fixture(scope="module", params=CHECKERS)
def errors(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("typed")
    return reported(request.param, ROOT / "src", PROGRAMS, root=ROOT, folder=folder)


def test_the_package_and_the_examples_are_typed(errors):
    assert [error for error in errors if error[0] != "wrong.py"] == []


def test_wrong_calls_are_reported(errors):
    assert {line for name, line, _ in errors if name == "wrong.py"} == WRONG_LINES
