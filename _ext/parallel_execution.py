"""Stale chapters are executed side by side, while Sphinx reads the pages in their order.

MyST-NB executes a notebook when Sphinx reads its page, one after the other.  Here the notebooks
that the cache does not have are started before the first page is read.  When Sphinx comes to a
page, MyST-NB waits for its notebook; then it reports, caches and fails as it does by itself.  So
the messages keep the order of the pages, and the main thread alone writes to the cache.

``make book JOBS=2`` sets how many notebooks are executed at a time.

The executor ``local-parallel`` of jupyter-cache does not serve here: it always uses all
processors, it keeps only the text of an error, and interrupting it leaves kernels running.
"""

import atexit
import math
import os
import re
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from execution_cache import SealedCache
from forked_kernels import KernelServer
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.executors.utils import ExecutionResult
from myst_nb.core.execute import ExecutionError
from myst_nb.core.execute import cache as myst_nb_cache
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from notebook_queue import NotebookQueue
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

VARIABLE = "JOBS"
"""Environment variable with the number of notebooks that are executed at a time."""

MEMORY = 0.8e9
"""Bytes that a kernel is expected to need; TensorFlow alone takes about 0.6 GB."""

SHARED = 4
"""Number of notebooks from which on they share one import of TensorFlow."""

logger = logging.getLogger(__name__)


def number_of_jobs(environ: Mapping[str, str]) -> int:
    """Return how many notebooks may be executed at a time.

    Parameters
    ----------
    environ : mapping of str to str
        The value of ``JOBS`` is the answer.  Without it the answer is the number of processors,
        or less if so many kernels would need more memory than is available.
    """
    wanted = environ.get(VARIABLE, "").strip()
    if wanted:
        if not (wanted.isascii() and wanted.isdigit() and int(wanted) > 0):
            raise ExtensionError(f"{VARIABLE} must be a positive whole number; got {wanted!r}")
        return int(wanted)
    usable = getattr(os, "sched_getaffinity", None)  # macOS does not have it
    processors = len(usable(0)) if usable else os.cpu_count() or 1
    return max(1, int(min(processors, available_memory() // MEMORY)))


def available_memory(file: Path = Path("/proc/meminfo")) -> float:
    """Return the bytes that processes may still use, infinity where the system does not say."""
    try:
        [kilobytes] = re.findall(
            r"^MemAvailable: +(\d+) kB$", file.read_text("utf-8"), re.MULTILINE
        )
    except (OSError, ValueError):
        return math.inf
    return 1024 * float(kilobytes)


def read_notebook(path: Path, env: BuildEnvironment) -> NotebookNode | None:
    """Read a page as MyST-NB will read it; return None for one that is not a notebook."""
    try:
        text = path.read_text("utf-8-sig")
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
        return reader.read(text) if reader else None
    except Exception:
        return None  # Sphinx tells of the error when it reads the page


def copy_outputs(executed: NotebookNode, notebook: NotebookNode) -> None:
    """Copy what the execution of a notebook has added to another notebook with the same code."""
    for name in ("language_info", "widgets"):
        if name in executed.metadata:
            notebook.metadata[name] = executed.metadata[name]
    pairs = zip(code_cells(executed), code_cells(notebook), strict=True)
    for source, cell in pairs:
        cell.outputs, cell.execution_count = source.outputs, source.execution_count


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that are executed."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


class Execution:
    """The execution of the notebooks of one build."""

    def __init__(self) -> None:
        self._cache: JupyterCacheAbstract | None = None
        self._queue: NotebookQueue | None = None
        self._waiting: dict[str, tuple[Path, Future[ExecutionResult]]] = {}  # by hash of the code

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Start the notebooks that are not in the cache (event ``env-before-read-docs``)."""
        if env.mystnb_config.execution_mode != "cache":
            return
        self._cache = SealedCache(env.mystnb_config.execution_cache_path)
        stale: dict[str, tuple[Path, NotebookNode]] = {}
        for path in (Path(env.doc2path(docname)).absolute() for docname in docnames):
            notebook = read_notebook(path, env)
            if notebook and not self._is_cached(notebook):
                stale.setdefault(self._key(notebook), (path, notebook))
        if not stale:
            return
        jobs = min(number_of_jobs(os.environ), len(stale))
        logger.info("executing %d notebooks, %d at a time", len(stale), jobs)
        for key, (path, notebook) in stale.items():
            self._waiting[key] = (
                path,
                self._queue_for(jobs, len(stale)).submit(
                    notebook,
                    cwd=str(path.parent),
                    timeout=env.mystnb_config.execution_timeout,
                    allow_errors=env.mystnb_config.execution_allow_errors,
                ),
            )

    def execute(
        self,
        notebook: NotebookNode,
        *,
        cwd: str,
        timeout: int | None,
        allow_errors: bool,
        **options: Any,
    ) -> ExecutionResult:
        """Fill a notebook as jupyter-cache's ``single_nb_execution`` does."""
        path, future = self._waiting.pop(self._key(notebook), (Path(cwd), None))
        if not future:  # the page was edited after the build began
            future = self._queue_for(1).submit(
                notebook, cwd=cwd, timeout=timeout, allow_errors=allow_errors
            )
        try:
            result = future.result()
        except Exception as error:  # such as that of a kernel that has died
            raise ExecutionError(str(path)) from error
        copy_outputs(result.nb, notebook)
        return ExecutionResult(notebook, result.cwd, result.time, result.err, result.exc_string)

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Stop what a failed build no longer needs (event ``build-finished``).

        What has been executed for pages that were not read is kept for the next build.
        """
        for path, future in self._waiting.values():
            if future.done() and not future.exception() and not future.result().err:
                result = future.result()
                bundle = CacheBundleIn(
                    result.nb, str(path), data={"execution_seconds": result.time}
                )
                self._cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
        if self._queue:
            self._queue.stop()
            atexit.unregister(self._queue.stop)

    def _queue_for(self, jobs: int, number: int = 1) -> NotebookQueue:
        """Return the queue of this build, which the first call makes for a number of notebooks."""
        if not self._queue:
            share = number >= SHARED and KernelServer.is_possible()
            self._queue = NotebookQueue(jobs, KernelServer() if share else None)
            atexit.register(self._queue.stop)  # no event tells of Ctrl-C
        return self._queue

    def _key(self, notebook: NotebookNode) -> str:
        """Return the hash under which the cache knows a notebook."""
        return self._cache.create_hashed_notebook(notebook)[1]

    def _is_cached(self, notebook: NotebookNode) -> bool:
        try:
            self._cache.match_cache_notebook(notebook)
        except KeyError:
            return False
        return True


def setup(app: Sphinx) -> dict[str, Any]:
    """Start before the first page is read, and stop before the lock of the build is released."""
    execution = Execution()
    myst_nb_cache.single_nb_execution = execution.execute
    app.connect("env-before-read-docs", execution.begin, priority=800)
    app.connect("build-finished", execution.end)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}
