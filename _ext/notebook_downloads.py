"""Notebooks that readers download: they run in a plain Jupyter, after one cell that installs.

Each page that runs code is written to ``_downloads/notebooks/<page>.ipynb``: with its outputs,
with plain Markdown in place of MyST, and with a first cell that holds the sources of both packages
and installs them, with what they need, where they are missing.  So one file is enough.
"""

import base64
import copy
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from plain_markdown import Book, plain
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

FOLDER = "_downloads/notebooks"
PACKED = (
    "LICENSE", "pyproject.toml", "klhelpers/**/*",
    "vectorplayer/LICENSE", "vectorplayer/README.md", "vectorplayer/pyproject.toml",
    "vectorplayer/src/**/*",
)  # fmt: skip

INSTALL = """# Install the packages of these notes, and what they need, if they are not there yet.
import base64, importlib.util, io, subprocess, sys, tempfile, zipfile

SOURCES = (
    "{sources}"
)
NEEDED = "klhelpers", "tensorflow_probability", "arviz_stats", "sklearn"
if any(importlib.util.find_spec(name) is None for name in NEEDED):
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(base64.b85decode(SOURCES))).extractall(folder)
        command = [sys.executable, "-m", "pip", "install", "--quiet"]
        subprocess.run([*command, f"{{folder}}/vectorplayer", f"{{folder}}[chapters]"], check=True)
    importlib.invalidate_caches()
"""


def packed_sources(root: Path) -> str:
    """Return both packages as a ZIP file in base85; equal sources give equal text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted({path for pattern in PACKED for path in root.glob(pattern)}):
            if path.is_file() and "__pycache__" not in path.parts:
                info = zipfile.ZipInfo(path.relative_to(root).as_posix())
                info.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(info, path.read_bytes())
    return base64.b85encode(buffer.getvalue()).decode("ascii")


def downloadable(notebook: NotebookNode, book: Book, install: str) -> NotebookNode:
    """Turn the executed notebook of a page into one for a plain Jupyter.

    Parameters
    ----------
    notebook : NotebookNode
    book : Book
        What the text refers to.
    install : str
        Code of the first cell.
    """
    result = new_notebook(
        metadata={
            "kernelspec": notebook.metadata.kernelspec,
            "language_info": {"name": "python"},
        }
    )
    first = new_code_cell(install, metadata={"jupyter": {"source_hidden": True}})
    result.cells = [first, *_cells(notebook, book)]
    for number, cell in enumerate(result.cells):
        cell.id = f"cell-{number}"  # nbformat's own are random
    return result


def _cells(notebook: NotebookNode, book: Book) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = plain(cell.source, book)
            if text:
                yield new_markdown_cell(text)
            continue
        kept = {key: cell.metadata[key] for key in ("jupyter", "tags") if key in cell.metadata}
        outputs = copy.deepcopy(cell.outputs)
        for output in outputs:
            if "metadata" in output:
                output.metadata = NotebookNode()
        yield new_code_cell(
            cell.source, metadata=kept, outputs=outputs, execution_count=cell.execution_count
        )
        figure = cell.metadata.get("mystnb", {}).get("figure", {})
        if figure.get("caption"):
            number = book.figures.get(figure.get("name", ""), "")
            yield new_markdown_cell(f"**Fig. {number}** {plain(figure['caption'], book)}")


def numbers(env: BuildEnvironment, notebooks: set[str]) -> Book:
    """Collect what texts may refer to, with the numbers of the pages."""
    book = Book(notebooks={Path(name).name for name in notebooks})
    labels = env.get_domain("std").anonlabels
    for docname, kinds in env.toc_fignumbers.items():
        for figure, number in kinds.get("figure", {}).items():
            book.figures |= {
                label: ".".join(map(str, number))
                for label, place in labels.items()
                if place == (docname, figure)
            }
    math = env.get_domain("math")
    for label, (docname, number) in math.equations.items():
        numbered = env.toc_fignumbers.get(docname, {}).get("displaymath", {})
        place = numbered.get(f"equation-{label}", (number,))
        book.equations[label] = ".".join(map(str, place))
    return book


def write_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Write all notebooks (event ``build-finished``)."""
    if exception or app.builder.format != "html":
        return
    executed = Path(app.outdir).parent / "jupyter_execute"
    found = {name for name in app.env.found_docs if (executed / f"{name}.ipynb").is_file()}
    if not found:
        return
    book = numbers(app.env, found)
    install = INSTALL.format(sources=packed_sources(Path(app.srcdir)))
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(found):
        notebook = nbformat.read(executed / f"{name}.ipynb", as_version=4)
        result = downloadable(notebook, book, install)
        nbformat.write(result, folder / f"{Path(name).name}.ipynb")


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the notebooks before the pages are published."""
    app.connect("build-finished", write_notebooks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
