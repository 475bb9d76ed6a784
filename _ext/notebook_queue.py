"""Notebooks that are executed in kernels of their own, a few at a time, beside the main thread.

One thread runs an event loop, in which nbclient awaits the answers of all running kernels.
"""

import asyncio
import os
import sys
import tempfile
import threading
import traceback
from concurrent.futures import Future
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from forked_kernels import KernelServer, fork_from
from jupyter_cache.executors.utils import ExecutionResult
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from traitlets import Instance, Unicode

LONGEST = 100
"""Bytes of the name of a socket; most systems allow 104 to 108."""


class Client(NotebookClient):
    """A client whose kernel is forked from a server, if there is one, and is ended by the queue."""

    server = Instance(KernelServer, allow_none=True)
    sockets = Unicode(help="Path and beginning of the names of the kernel's sockets")

    def create_kernel_manager(self) -> KernelManager:
        """Make the manager that starts the kernel."""
        manager = super().create_kernel_manager()
        if self.sockets:
            manager.transport, manager.ip = "ipc", self.sockets
        if self.server:
            fork_from(self.server, manager)
        return manager

    async def async_execute_cell(
        self, cell: NotebookNode, cell_index: int, *args: Any, **options: Any
    ) -> NotebookNode:
        """Execute a cell; an error gets a note with its number and line."""
        try:
            return await super().async_execute_cell(cell, cell_index, *args, **options)
        except Exception as error:
            before = self.nb.cells[: cell_index + 1]
            number = sum(one.cell_type == "code" for one in before)
            lines = self.nb.metadata.get("source_map")  # of MyST-NB, for a page in Markdown
            error.add_note(f"cell {number}" + (f" (line {lines[cell_index]})" if lines else ""))
            raise

    def _cleanup_kernel(self) -> None:
        """Do nothing at exit, where nbclient calls this.

        It would start a second event loop for the sockets of the first one.
        """


def folder_of_sockets() -> tempfile.TemporaryDirectory[str] | None:
    """Make a folder for sockets in files, or return None where kernels have to use ports.

    A manager looks for free ports, and its kernel opens them seconds later.  Another program may
    have taken one by then, and the build would fail.
    """
    if sys.platform == "win32":
        return None
    folder = tempfile.TemporaryDirectory(prefix="kernels-")
    if len(os.fsencode(f"{Path(folder.name).resolve()}/01234567-5")) > LONGEST:
        folder.cleanup()
        return None
    return folder


class NotebookQueue:
    """Executes notebooks in the order in which they are submitted.

    Parameters
    ----------
    jobs : int
        Number of notebooks that are executed at a time.
    server : KernelServer, optional
        From which kernels are forked; the queue stops it at its end.
    """

    def __init__(self, jobs: int, server: KernelServer | None = None) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._places = asyncio.Semaphore(jobs)
        self._running: set[Client] = set()
        self._sockets = folder_of_sockets()
        # A daemon, because Python joins other threads before it calls what `atexit` knows.
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def submit(
        self, notebook: NotebookNode, *, cwd: str, timeout: int | None, allow_errors: bool
    ) -> "Future[ExecutionResult]":
        """Queue a notebook, which is filled in place.

        A cell that fails is part of the result, as in `jupyter_cache`; other errors, such as that
        of a kernel that has died, are raised by the future.
        """
        client = Client(
            notebook,
            resources={"metadata": {"path": cwd}},
            timeout=timeout,
            allow_errors=allow_errors,
            record_timing=False,  # times in the metadata of cells would change their hash
            # A kernel sends what a cell prints in pieces, one every fifth of a second or so; the
            # pieces of one stream are joined here, before the notebook is cached.  MyST-NB's
            # ``nb_merge_streams`` leaves the later pieces in the notebook a second time.
            coalesce_streams=True,
            # A kernel has nothing to save at its end, and takes more than a second to unload
            # TensorFlow.
            shutdown_kernel="immediate",
            server=self._server,
            sockets=f"{self._sockets.name}/{uuid4().hex[:8]}" if self._sockets else "",
        )
        return asyncio.run_coroutine_threadsafe(self._execute(client, cwd), self._loop)

    async def _execute(self, client: Client, cwd: str) -> ExecutionResult:
        error = text = None
        async with self._places:
            start = perf_counter()
            self._running.add(client)
            try:
                await client.async_execute()
            except (CellExecutionError, CellTimeoutError) as caught:
                error, text = caught, traceback.format_exc()
            finally:
                self._running.remove(client)
                if client.km is not None and client.km.has_kernel:  # stopped while it started
                    await client.km.shutdown_kernel(now=True)
            seconds = perf_counter() - start
        return ExecutionResult(client.nb, cwd, seconds, error, text)

    def stop(self) -> None:
        """End all kernels at once, and forget what has not been executed."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._cancel(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
        if self._server:
            self._server.stop()
        if self._sockets:
            self._sockets.cleanup()

    async def _cancel(self) -> None:
        for client in list(self._running):
            if client.km is not None and client.km.has_kernel:
                # Before the manager interrupts it, which a kernel may answer with a traceback.
                await client.km.provisioner.kill()
        tasks = pending = asyncio.all_tasks() - {asyncio.current_task()}
        while pending:
            for task in pending:
                task.cancel()
            # Again after a second: a task may catch the first one, as those of nbclient do.
            _, pending = await asyncio.wait(pending, timeout=1)
        await asyncio.gather(*tasks, return_exceptions=True)
