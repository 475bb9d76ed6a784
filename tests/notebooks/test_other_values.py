"""With other seeds, targets, rates, steps and families, every cell of a page still runs.

Each page runs in one kernel, once for each change, with an empty namespace.
"""

import os

import jupytext
import nbclient
import nbformat
from isolation import isolated

from klhelpers._static import STATIC_VARIABLE

SEEDS = (0, 7, 2026)
SEED = "SEED = 41"

CHANGES = {
    "index": [
        {f"lecture_{of}()": f"lecture_{of}(seed={s})" for of in ("target", "start")} for s in SEEDS
    ],
    "chapters/analytic-kl": [
        {"SEED = (41, 0)": "SEED = (0, 0)"},
        {
            "SEED = (41, 0)": "SEED = (7, 1)",
            "unconstrained = [-0.5, 1.25, 1.0]": "unconstrained = [0.4, -0.3, 0.1]",
        },
        {
            "SEED = (41, 0)": "SEED = (2026, 2)",
            "loc=[0.0, 0.0])\ncov": "loc=[0.5, -1.0], scale_diag=[0.7, 2.0])\ncov",
        },
    ],
    "chapters/trainable-q": [
        {SEED: "SEED = 0"},
        {
            SEED: "SEED = 7",
            "gaussian_target([-0.5, 1.25, 1.0])\nL": "gaussian_target([0.4, -0.3, 0.1])\nL",
            "tfb.Exp(), name": "tfb.Softplus(), name",
        },
        {SEED: "SEED = 2026", "= 20, 0.001": "= 7, 0.02", "= 1000, 0.01": "= 300, 0.05"},
    ],
    "chapters/forward-reverse": [
        {SEED: "SEED = 0"},
        {SEED: "SEED = 7", "NUM_STEPS = 250": "NUM_STEPS = 30", "RATE = 0.01": "RATE = 0.2"},
        {
            SEED: "SEED = 2026",
            **{
                f"q_{d} = kl.lecture_start(seed=SEED)": f"q_{d} = kl.trainable_full_gaussian("
                "[0.5, -0.5], [[1.0, 0.0], [0.3, 0.8]])"
                for d in ("reverse", "forward")
            },
        },
    ],
    "chapters/explore": [
        {"CORRELATION = 0.8": "CORRELATION = -0.4"},
        {"CORRELATION = 0.8": "CORRELATION = 0.0", "(1.5, 1.0)": "(1.0, 1.0)"},
        {"(1.5, 1.0)": "(0.7, 2.5)", "num_steps=200": "num_steps=80", '"isotropic"': '"full"'},
    ],
}


def changed(source, change):
    """Code of the page with other values, each of which must be found."""
    found = set()
    for cell in jupytext.read(source).cells:
        if cell.cell_type == "code":
            code = cell.source
            for old, new in change.items():
                if old in code:
                    found.add(old)
                    code = code.replace(old, new)
            yield nbformat.v4.new_code_cell(code)
    assert found == set(change)


def test_every_page_is_changed(chapters):
    assert set(CHANGES) == set(chapters)


def test_every_cell_runs(chapter, source, tmp_path):
    notebook = nbformat.v4.new_notebook()
    for change in CHANGES[chapter]:
        notebook.cells += [*changed(source, change), nbformat.v4.new_code_cell("%reset -f")]
    env = isolated(os.environ, tmp_path)
    for name in (STATIC_VARIABLE, "PYTEST_CURRENT_TEST"):  # as for a reader
        env.pop(name, None)
    client = nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3")
    client.execute(env=env, cwd=tmp_path)
    printed = [
        output.get("text", "")
        for cell in notebook.cells
        for output in cell.outputs
        if output.output_type == "stream"
    ]
    assert any("No longer true for your values: " in text for text in printed)
