"""The settings of the person who builds the book do not reach its pages."""

import json

import pytest
from isolation import isolated

pytestmark = pytest.mark.faults

# What a page would show of settings that reach its kernel.
LOOK = """
import math, os, sys
import matplotlib
assert 1 == 1
try:
    assert 1 == 2
except AssertionError:
    print("assertions run")
print("font size", matplotlib.rcParams["font.size"])
print("start-up", "started" in globals(), "foreign" in sys.modules)
print("backend", os.environ.get("KERAS_BACKEND"), os.environ.get("TF_DETERMINISTIC_OPS"))
print("warnings", sys.warnoptions)
print("figures", os.environ["MPLBACKEND"])
print("path", [path for path in sys.path if "hostile" in path])
"""
CALM = """assertions run
font size 10.0
start-up False False
backend None None
warnings []
figures module://matplotlib_inline.backend_inline
path []
"""


@pytest.fixture
def hostile(tmp_path):
    """Write settings into a user's folders; return the environment that names them."""
    home = tmp_path / "hostile"
    files = {
        "matplotlibrc": "font.size: 20\n",
        ".config/matplotlib/matplotlibrc": "font.size: 21\n",
        ".ipython/profile_default/startup/00.py": "started = True\n",
        "ipython/profile_default/startup/00.py": "started = True\n",
        "ipython/profile_default/ipython_kernel_config.py": (
            "get_config().IPKernelApp.exec_lines = ['started = True']\n"
        ),
        "python/foreign.py": "",
        "python/usercustomize.py": "import foreign\n",
        "python/sitecustomize.py": "import foreign\n",
        "startup.py": "import foreign\n",
        "jupyter/kernels/python3/kernel.json": json.dumps(
            {"argv": ["false"], "display_name": "Python 3", "language": "python"}
        ),
        "jupyter/jupyter_config.json": json.dumps({"KernelManager": {"shutdown_wait_time": "x"}}),
    }
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    return {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_PATH": str(home / "jupyter"),
        "KERAS_BACKEND": "jax",
        "MATPLOTLIBRC": str(home / "matplotlibrc"),
        "MPLBACKEND": "svg",
        "PYTHONOPTIMIZE": "1",
        "PYTHONPATH": str(home / "python"),
        "PYTHONSTARTUP": str(home / "startup.py"),
        "PYTHONWARNINGS": "ignore",
        "SOURCE_DATE_EPOCH": "0",
        "TF_DETERMINISTIC_OPS": "1",
    }


def test_settings_of_the_user_do_not_reach_a_page(hostile, book):
    book.page("second", text="What the kernel sees.", code=LOOK)
    result = book.build(**hostile)
    assert result.status == 0, result.output
    [cell] = book.executed("second")
    assert cell.outputs[0].text == CALM
    assert "2026" in book.html("index").split('class="copyright"')[1][:200]


def test_failing_assertion_fails_the_build_when_python_would_skip_it(book):
    book.page("second", text="A claim.", code="assert 1 == 2")
    result = book.build(PYTHONOPTIMIZE="1")
    assert result.status != 0
    assert "AssertionError" in result.output


def test_matplotlibrc_beside_a_page_is_a_warning(book):
    book.write("matplotlibrc", "font.size: 20\n")
    result = book.build()
    assert result.status != 0
    assert "matplotlibrc changes the figures: remove it" in result.output


def test_what_a_kernel_needs_stays(tmp_path):
    kept = {"PATH": "/bin", "HOME": "/home/x", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
    changed = isolated(kept | {"PYTHONPATH": "/x", "TF_NUM": "1"}, tmp_path)
    assert kept.items() <= changed.items()
    assert "PYTHONPATH" not in changed
    assert "TF_NUM" not in changed
    assert changed["PYTHONUTF8"] == "1"
    assert changed["MPLCONFIGDIR"] == str(tmp_path / "mplconfigdir")
