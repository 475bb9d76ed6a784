"""Without the extra `fit`: what works, and what the names that need it say.

`make test-wheel` runs the same program where TensorFlow is really not installed.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from wheel_without_fit import NEED_FIT

import klhelpers as kl
from klhelpers._fit_extra import explained

PROGRAM = Path(__file__).parents[1] / ".ci" / "without_fit.py"
LOADING = "distributions", "estimators", "fit"
BLOCKED = "tensorflow", "tensorflow_probability", "tf_keras", "keras", "tqdm"


def run_blocked(tmp_path, code, *arguments):
    """Run code in an interpreter that cannot import what the extra installs."""
    block = f"import sys; sys.modules.update(dict.fromkeys({BLOCKED}))\n"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", block + code, *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )


def test_the_rest_works_and_the_names_are_explained(tmp_path):
    code = f"import runpy; runpy.run_path({str(PROGRAM)!r})"
    done = run_blocked(tmp_path, code, ",".join(NEED_FIT))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "fit.html").stat().st_size > 1000


def test_the_program_notices_a_name_that_needs_more(tmp_path):
    code = f"import runpy; runpy.run_path({str(PROGRAM)!r})"
    done = run_blocked(tmp_path, code, ",".join(NEED_FIT[:-1]))
    assert done.returncode != 0
    assert f"klhelpers.{NEED_FIT[-1]} needs TensorFlow Probability" in done.stderr


@pytest.mark.parametrize("module", ["tensorflow", "tqdm"])
def test_one_missing_package_is_enough(tmp_path, module):
    code = f"import sys; sys.modules[{module!r}] = None; import klhelpers; klhelpers.minimize_kl"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    last = done.stderr.strip().splitlines()[-1]
    assert last == (
        "ModuleNotFoundError: klhelpers.minimize_kl needs TensorFlow Probability: "
        "pip install 'klhelpers[fit]'"
    )


def test_the_list_holds_the_names_of_the_parts_that_load_tensorflow():
    parts = {name: getattr(kl, name).__module__.split(".")[1] for name in kl.__all__}
    loading = {name for name, part in parts.items() if part in LOADING}
    assert set(NEED_FIT) == loading - {"NonFiniteLossError", "Trajectory"}


def test_other_missing_packages_keep_their_own_error():
    error = ModuleNotFoundError("No module named 'anywidget'", name="anywidget")
    assert explained("klhelpers.PairFigure", error) is error
