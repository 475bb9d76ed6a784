"""Run the notebooks that readers download, where there is a plain Jupyter and nothing else.

``python3 downloads.py [NAME ...]`` makes an empty environment in a temporary folder and installs
JupyterLab into it, without a list of versions, as on a reader's computer.  The first cell of the
first notebook must install what is missing.  Then every cell of every notebook, or of those that
are named, must run, and no sentence that a cell checks may be false.  The book must be built.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from readme_in_wheel import ROOT, run

FOLDER = ROOT / "_build" / "html" / "_downloads" / "notebooks"
REMOVED = "IPYTHON", "JUPYTER", "KERAS_", "KLHELPERS", "MPL", "PYTHON", "TF_"
FALSE = "for your values"
"""What a check prints in a notebook when its sentence is false."""
TIMEOUT = 1800  # seconds that a cell may take; the first one installs gigabytes


def main(*names):
    """Do it; end with an error if a cell fails or a sentence is false."""
    names = names or sorted(path.stem for path in FOLDER.glob("*.ipynb"))
    if not names:
        sys.exit("There are no notebooks: run make book first.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "environment"
        run([sys.executable, "-m", "venv", folder])
        python = folder / "bin" / "python"
        run([python, "-m", "pip", "install", "--quiet", "jupyterlab"])
        if has_klhelpers(python):
            sys.exit("The environment is not empty: it has klhelpers before a notebook is run.")
        wrong = {}
        for name in names:
            start = time.monotonic()
            cells = executed(python, FOLDER / f"{name}.ipynb", Path(scratch) / f"{name}.ipynb")
            same = same_texts(FOLDER / f"{name}.ipynb", cells)
            print(
                f"{name}: {len(cells)} cells have run in {time.monotonic() - start:.0f} s; "
                f"{same} print what they print on the page",
                flush=True,
            )
            wrong |= {f"{name}, {text}": None for text in map(printed, cells) if FALSE in text}
        if not has_klhelpers(python):
            sys.exit("The first cell of a notebook has not installed klhelpers.")
    if wrong:
        sys.exit("Sentences that are false:\n" + "\n".join(wrong))


def has_klhelpers(python):
    """Return whether an environment has the package."""
    command = [python, "-c", "import klhelpers"]
    return not subprocess.run(command, cwd="/", stderr=subprocess.DEVNULL).returncode


def executed(python, source, target):
    """Run a copy of a notebook in its own folder; return its code cells with their outputs."""
    target.write_bytes(source.read_bytes())
    command = [python, "-m", "jupyter", "execute", "--inplace", f"--timeout={TIMEOUT}", target.name]
    env = {key: value for key, value in os.environ.items() if not key.startswith(REMOVED)}
    done = subprocess.run(command, cwd=target.parent, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{target.name} has failed:\n{done.stderr[-5000:]}")
    return code_cells(target)


def code_cells(path):
    """Return the code cells of a notebook."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def printed(cell):
    """Return what a cell has printed."""
    return "".join("".join(output.get("text", "")) for output in cell["outputs"])


def same_texts(source, cells):
    """Count the cells that have printed what they print on the page."""
    pairs = zip(map(printed, code_cells(source)), map(printed, cells), strict=True)
    return sum(before == after for before, after in pairs)


if __name__ == "__main__":
    main(*sys.argv[1:])
