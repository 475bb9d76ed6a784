"""Books of two small pages, built with the extensions and the settings of the real book.

Loading Jupyter Book takes longer than building such a book.  So one process loads it, and every
build is a fork of that process: a build of its own, which nothing of another one can reach.
"""

import atexit
import multiprocessing
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).parents[2]
STRICT = ("-W", "-n", "--keep-going")  # as in the Makefile

PAGE = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
# {title}

{text}

```{{code-cell}} ipython3
{code}
```
"""

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(
    ["jupyter_book.cli.main", "jupyter_book.sphinx", "sphinx_book_theme", "myst_nb.sphinx_ext",
     "sphinx_exercise", "sphinx_proof", "sphinxcontrib.bibtex", "sphinxcontrib.katex",
     "fontTools.subset", "klhelpers.sphinx_ext"]
)  # fmt: skip


@dataclass
class Result:
    """What a build has returned and printed."""

    status: int
    output: str


class TinyBook:
    """A book in a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.pages = folder / "_build" / "html"

    @classmethod
    def make(cls, folder: Path) -> "TinyBook":
        """Write a book with the pages ``index`` and ``second``."""
        book = cls(folder)
        for name in ("_ext", "_static", "_templates"):
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
        config["sphinx"]["config"]["html_extra_path"] = []  # no page needs it
        book.write("_config.yml", yaml.safe_dump(config))
        (folder / "references.bib").touch()
        book.page("index", text="Words of the first page.", code="print(6 * 7)")
        book.page("second", text="Words of the second page.", code="print(8 * 9)")
        book.contents("second")
        return book

    def write(self, name: str, text: str) -> None:
        """Write a file of the book."""
        (self.folder / name).write_text(text, "utf-8")

    def page(self, name: str, *, text: str, code: str) -> None:
        """Write a page with one cell."""
        self.write(f"{name}.md", PAGE.format(title=name.capitalize(), text=text, code=code))

    def contents(self, *chapters: str) -> None:
        """Write the table of contents."""
        toc = {"format": "jb-book", "root": "index", "chapters": [{"file": c} for c in chapters]}
        self.write("_toc.yml", yaml.safe_dump(toc))

    def start(self, *flags: str, **environ: str) -> "Build":
        """Start ``jupyter-book build .``, by default as ``make book`` does."""
        return Build(self.folder, flags or STRICT, environ)

    def build(self, *flags: str, **environ: str) -> Result:
        """Build the book and wait for the end."""
        return self.start(*flags, **environ).wait()

    def html(self, name: str) -> str:
        """Return the text of a published page."""
        return (self.pages / f"{name}.html").read_text("utf-8")

    def published(self) -> dict[str, bytes]:
        """Return all published files."""
        found = (path for path in self.pages.rglob("*") if path.is_file())
        return {path.relative_to(self.pages).as_posix(): path.read_bytes() for path in found}

    def executed(self, name: str) -> list[nbformat.NotebookNode]:
        """Return the code cells of an executed notebook."""
        path = self.folder / "_build" / "jupyter_execute" / f"{name}.ipynb"
        cells = nbformat.read(path, as_version=4).cells
        return [cell for cell in cells if cell.cell_type == "code"]

    def cache(self) -> Path:
        """Return the folder of the only cache."""
        [cache] = (self.folder / "_build" / ".jupyter_cache").iterdir()
        return cache


class Build:
    """A running build."""

    def __init__(self, folder: Path, flags: tuple[str, ...], environ: dict[str, str]):
        self._log = folder.parent / f"{os.urandom(4).hex()}.log"
        self._log.touch()
        self._process = _SERVER.Process(target=_run, args=(folder, flags, environ, self._log))
        self._process.start()

    def output(self) -> str:
        """Return what the build has printed so far."""
        return self._log.read_text("utf-8")

    def running(self) -> bool:
        """Tell whether the build has not ended yet."""
        return self._process.is_alive()

    def wait_for(self, text: str) -> None:
        """Wait until the build has printed a text."""
        while text not in self.output():
            assert self.running(), self.output()
            time.sleep(0.05)

    def wait(self) -> Result:
        """Wait for the end."""
        self._process.join()
        return Result(self._process.exitcode, self.output())


def _run(folder: Path, flags: tuple[str, ...], environ: dict[str, str], log: Path) -> None:
    os.chdir(folder)
    os.environ.update(environ)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    from jupyter_book.cli.main import main

    try:
        main(["build", ".", *flags])
    except Exception:
        sys.excepthook(*sys.exc_info())
        sys.exit(1)
    finally:
        atexit._run_exitfuncs()  # which the end of a fork does not call
