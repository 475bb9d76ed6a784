"""Run every chapter again and compare what it prints with its page.

nbval compares, in one process of its own, where kernels are forked as in the build of the book.
"""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from isolation import isolated

from klhelpers._static import STATIC_VARIABLE

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SETTINGS = ROOT / "_build" / ".settings"  # those of the build


def compare(paths, folder):
    """Run notebooks again; return for each what nbval says of its cells, and all that it printed.

    ``None`` stands for a cell that prints the same, and a text for one that does not.
    """
    results = folder / "results.xml"
    command = [
        *(sys.executable, "-m", "pytest", "--nbval", *map(str, paths)),
        *("-c", str(HERE / "nbval.ini"), "--rootdir", "/", "-p", "forked_nbval"),
        *("--nbval-sanitize-with", str(HERE / "sanitise.cfg")),
        *("--nbval-kernel-name", "python3", "--nbval-cell-timeout", "600"),
        *("-p", "no:cacheprovider", "-p", "no:cov", "--quiet", "--color", "no"),
        *("-o", "junit_family=xunit1", "--junitxml", str(results)),  # the family that names files
    ]
    plugins = os.pathsep.join(map(str, (HERE, ROOT / "_ext")))
    finished = subprocess.run(
        command,
        cwd=folder,
        env=isolated(os.environ, SETTINGS)
        | {STATIC_VARIABLE: "1", "PYTHONPATH": plugins},  # static, as for a page
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
    )
    said = {str(path): [] for path in paths}
    for case in ElementTree.parse(results).iter("testcase"):
        fault = next(
            (case.find(kind) for kind in ("failure", "error") if case.find(kind) is not None), None
        )
        said[f"/{case.get('file')}"].append(None if fault is None else fault.text)
    return said, finished.stdout + finished.stderr


def shortened(notebook):
    """Keep what the chapter needs to state one KL with its direction, as the page states it."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for last, cell in enumerate(cells):
        if "tfd.kl_divergence(q, p)" in cell.source and cell.outputs:
            short = notebook.copy()
            short.cells = cells[: last + 1]
            return short
    pytest.fail("no cell of the chapter prints tfd.kl_divergence(q, p)")


@pytest.fixture(scope="module")
def variants(reference, tmp_path_factory):
    """A short chapter as it is, and with one direction swapped."""
    folder = tmp_path_factory.mktemp("variants")
    paths = {name: folder / f"{name}.ipynb" for name in ("kept", "flipped")}
    for name, path in paths.items():
        short = shortened(nbformat.read(reference("chapters/analytic-kl"), as_version=4))
        if name == "flipped":
            cell = short.cells[-1]
            cell.source = cell.source.replace("kl_divergence(q, p)", "kl_divergence(p, q)")
        nbformat.write(short, path)
    return paths


@pytest.fixture(scope="module")
def said(reference, chapters, variants, tmp_path_factory):
    """What nbval says of all chapters and of both variants."""
    paths = {chapter: reference(chapter) for chapter in chapters} | variants
    results, output = compare(list(paths.values()), tmp_path_factory.mktemp("nbval"))
    return {name: (results[str(path)], output) for name, path in paths.items()}


def test_fresh_run_prints_what_the_page_says(chapter, said, code_cells):
    cells, output = said[chapter]
    assert [fault for fault in cells if fault] == []
    assert len(cells) == len(code_cells), output


def test_a_flipped_direction_is_noticed(said):
    kept, output = said["kept"]
    assert kept and not any(kept), output
    *others, last = said["flipped"][0]
    assert not any(others)
    assert "Cell outputs differ" in last
