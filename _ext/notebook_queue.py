"""Notebooks that are executed in kernels of their own, a few at a time, beside the main thread.

One thread runs an event loop, in which nbclient awaits the answers of all running kernels.
"""

import asyncio
import threading
import traceback
from concurrent.futures import Future
from time import perf_counter

from jupyter_cache.executors.utils import ExecutionResult
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode


class Client(NotebookClient):
    """A client whose kernel the queue ends, and not a function that runs at exit.

    nbclient registers this method with ``atexit``.  There it would start a second event loop for
    the sockets of the first one.
    """

    def _cleanup_kernel(self) -> None:
        pass


class NotebookQueue:
    """Executes notebooks in the order in which they are submitted.

    Parameters
    ----------
    jobs : int
        Number of notebooks that are executed at a time.
    """

    def __init__(self, jobs: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._places = asyncio.Semaphore(jobs)
        self._running: set[Client] = set()
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

    async def _cancel(self) -> None:
        for client in list(self._running):
            client.shutdown_kernel = "immediate"  # it would first wait for the running cell
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
