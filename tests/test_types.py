"""mypy and pyright accept klhelpers and the examples of the README, and see a wrong call."""

from pathlib import Path

import pytest
from type_checkers import CHECKERS, python_blocks, reported

pytest.importorskip("mypy", reason="needs the extra `test`")

ROOT = Path(__file__).parents[1]
BLOCKS = python_blocks(ROOT / "klhelpers" / "README.md")
WRONG_LINES = {4, 5, 6}
WRONG = """
import klhelpers as kl

kl.kl_floor([[1.0]], direction=3)
kl.no_such_name
kl.minimize_kl(kl.lecture_start(), "p", direction="reverse")
"""
RIGHT = """
from typing import Any

import klhelpers as kl
import numpy as np
from numpy.typing import NDArray

class Target:
    def prob(self, x: NDArray[np.float64]) -> Any:
        return np.exp(-(x**2).sum(axis=1) / 2) / (2 * np.pi)

X1, X2 = kl.density_grid()
fit = kl.Trajectory("reverse", [1.0, 0.5], np.zeros((2, 2)), np.tile(np.eye(2), (2, 1, 1)))
kl.animate_fit(fit, Target(), X1=X1, X2=X2, levels=[0.01, 0.1])
steps: NDArray[np.int64] = fit.steps
"""


PROGRAMS = {"examples": "".join(BLOCKS), "right": RIGHT, "wrong": WRONG}


@pytest.fixture(scope="module", params=CHECKERS)
def errors(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("typed")
    return reported(request.param, ROOT / "klhelpers", PROGRAMS, root=ROOT, folder=folder)


def test_the_package_and_the_examples_are_typed(errors):
    assert [error for error in errors if error[0] != "wrong.py"] == []


def test_wrong_calls_are_reported(errors):
    assert {line for name, line, _ in errors if name == "wrong.py"} == WRONG_LINES
