"""mypy and pyright accept the package and the examples of its README, and see a wrong call."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy", reason="needs the extra `test`")

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.S | re.M)
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


PACKAGE = ROOT / "src"
PROGRAMS = {"examples": examples(), "wrong": WRONG}
CHECKERS = {
    "mypy": ["mypy", "--cache-dir", "/dev/null"],
    "pyright": ["basedpyright", "--pythonpath", sys.executable],
}


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("typed")
    for name, code in PROGRAMS.items():
        (folder / f"{name}.py").write_text(code, "utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module", params=CHECKERS)
def errors(request, programs):
    """Errors that a type checker reports, with the settings of this repository."""
    command = [sys.executable, "-m", *CHECKERS[request.param], PACKAGE, *programs]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    found = re.findall(r"^\s*(\S+\.pyi?):(\d+):.*?\b(error.*)", done.stdout, re.M)
    assert done.returncode == 1, done.stderr  # those of the wrong program
    return [(Path(path).name, int(line), message) for path, line, message in found]


def test_the_package_and_the_examples_are_typed(errors):
    assert [error for error in errors if error[0] != "wrong.py"] == []


def test_wrong_calls_are_reported(errors):
    assert {line for name, line, _ in errors if name == "wrong.py"} == WRONG_LINES
