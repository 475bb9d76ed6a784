"""What the build leaves in ``_build/jupyter_execute``: whole notebooks, the same after every build.

- Outputs and execution counts are there when the notebook came from the cache, too.  MyST-NB then
  works with a copy and writes the notebook that it was given, without any output.  Comparing
  with such a notebook would prove nothing: nbval skips cells that have not run.
- A figure that cannot be displayed is a warning.  Figures are shown when the code of a cell has
  run; IPython then prints a traceback into the output of the cell, which has no error all the same.
- What a cell writes to stderr is a warning with its text; MyST-NB's own does not have it.
"""

from typing import Any

from myst_nb.core import execute
from myst_nb.core.execute.cache import NotebookClientCache
from nbformat import NotebookNode
from sphinx.application import Sphinx


class WholeNotebookClient(NotebookClientCache):
    """MyST-NB's client for cached notebooks; it fills the notebook that it is given."""

    def start_client(self) -> None:
        """Take the outputs from the cache, or execute the notebook."""
        given = self._notebook
        super().start_client()
        if self._notebook is not given:
            given.update(self._notebook)
            self._notebook = given
        for cell, line in zip(given.cells, self._source_map, strict=True):
            for error in _unexpected_errors(cell):
                self.logger.warning(
                    f"A result cannot be displayed: {error.ename}: {error.evalue}",
                    subtype="exec",
                    line=line,
                )
            for text in _unexpected_words(cell):
                self.logger.warning(f"The cell writes to stderr: {text}", subtype="exec", line=line)


def _unexpected_errors(cell: NotebookNode) -> list[NotebookNode]:
    if "raises-exception" in cell.metadata.get("tags", []):
        return []
    return [output for output in cell.get("outputs", []) if output.output_type == "error"]


def _unexpected_words(cell: NotebookNode) -> list[str]:
    """Return the first line of each text on stderr."""
    if {"remove-cell", "remove-output", "remove-stderr"}.intersection(
        cell.metadata.get("tags", [])
    ):
        return []
    outputs = [one for one in cell.get("outputs", []) if one.output_type == "stream"]
    return [one.text.strip().partition("\n")[0] for one in outputs if one.name == "stderr"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Replace the client by which MyST-NB takes notebooks from the cache."""
    execute.NotebookClientCache = WholeNotebookClient
    return {"version": "3", "parallel_read_safe": True, "parallel_write_safe": True}
