"""Every page that runs code opens in JupyterLab as a notebook, and "Run All" passes."""

import pytest
from table_of_contents import EXECUTED, ROOT
from thorough import thoroughly

NOTEBOOKS = [f"{name}.md" for name in EXECUTED]
ALWAYS = ("index.md",)

CODE_CELLS = """() => [...jupyterapp.shell.currentWidget.content.model.cells]
    .filter((cell) => cell.type === "code")
    .map((cell) => ({
        source: cell.sharedModel.getSource(),
        count: cell.executionCount,
        outputs: cell.outputs.toJSON(),
    }))"""


@pytest.mark.parametrize("name", thoroughly(NOTEBOOKS, always=ALWAYS))
def test_run_all_passes(name, open_in_lab):
    notebook = open_in_lab(name, source=(ROOT / name).read_text(encoding="utf-8"))
    notebook.run_all()
    cells = notebook.page.evaluate(CODE_CELLS)
    assert len(cells) == (ROOT / name).read_text(encoding="utf-8").count("{code-cell}")
    assert [cell["count"] for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        failed = [out for out in cell["outputs"] if out["output_type"] == "error"]
        assert failed == [], cell["source"]
        written = [out for out in cell["outputs"] if out.get("name") == "stderr"]
        assert written == [], cell["source"]
        printed = "".join("".join(out.get("text", "")) for out in cell["outputs"])
        assert "for your values" not in printed  # every claim holds in a live kernel, too
