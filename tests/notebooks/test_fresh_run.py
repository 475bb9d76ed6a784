"""Run every chapter again and compare what it prints with its page.

nbval compares, in one process per notebook: a kernel takes seconds to load TensorFlow, so that two
of them run side by side.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from isolation import isolated

from klhelpers._static import STATIC_VARIABLE

HERE = Path(__file__).parent
SETTINGS = HERE.parents[1] / "_build" / ".settings"  # those of the build


def compare(path):
    """Run a notebook again; return nbval's exit status and what it printed."""
    command = [
        *(sys.executable, "-m", "pytest", "--nbval", str(path)),
        *("-c", str(HERE / "nbval.ini"), "--rootdir", str(path.parent)),
        *("--nbval-sanitize-with", str(HERE / "sanitise.cfg")),
        *("--nbval-kernel-name", "python3", "--nbval-cell-timeout", "600"),
        *("-p", "no:cacheprovider", "--quiet", "--color", "no"),
    ]
    finished = subprocess.run(
        command,
        cwd=path.parent,
        env=isolated(os.environ, SETTINGS) | {STATIC_VARIABLE: "1"},  # as for a page
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    return finished.returncode, finished.stdout + finished.stderr


@pytest.fixture(scope="module")
def comparisons(reference, chapters):
    """Start all comparisons, two at a time."""
    paths = {chapter: reference(chapter) for chapter in chapters}
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield {chapter: pool.submit(compare, path) for chapter, path in paths.items()}


def test_fresh_run_prints_what_the_page_says(chapter, comparisons, code_cells):
    status, report = comparisons[chapter].result()
    assert status == 0, report
    assert f"{len(code_cells)} passed" in report


def shortened(notebook):
    """Keep what the chapter needs to state one KL with its direction, as the page states it."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for last, cell in enumerate(cells):
        if "tfd.kl_divergence(q, p)" in cell.source and cell.outputs:
            short = notebook.copy()
            short.cells = cells[: last + 1]
            return short
    pytest.fail("no cell of the chapter prints tfd.kl_divergence(q, p)")


@pytest.mark.parametrize(("flip", "expected"), [(False, 0), (True, 1)], ids=["kept", "flipped"])
def test_a_flipped_direction_is_noticed(flip, expected, reference, tmp_path):
    short = shortened(nbformat.read(reference("chapters/analytic-kl"), as_version=4))
    if flip:
        cell = short.cells[-1]
        cell.source = cell.source.replace("kl_divergence(q, p)", "kl_divergence(p, q)")
    path = tmp_path / "short.ipynb"
    nbformat.write(short, path)
    status, report = compare(path)
    assert status == expected, report
    assert ("Cell outputs differ" in report) == flip
