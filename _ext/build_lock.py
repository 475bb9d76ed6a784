"""One build of a book at a time: a second one waits until the first has ended.

Two builds would write the same cache, doctrees and pages.  The operating system gives the lock
up when a build is killed, so that none is ever left behind.
"""

import fcntl
from pathlib import Path
from typing import IO, Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

logger = logging.getLogger(__name__)


class BuildLock:
    """The lock of one folder ``_build``."""

    def __init__(self) -> None:
        self._file: IO[str] | None = None

    def take(self, app: Sphinx, config: Config) -> None:
        """Wait for the lock (event ``config-inited``)."""
        path = Path(app.outdir).parent / ".lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            logger.info("Another build of this book is running. This one starts when it has ended.")
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def release(self, app: Sphinx, exception: Exception | None) -> None:
        """Let the next build start (event ``build-finished``)."""
        self._file.close()


def setup(app: Sphinx) -> dict[str, Any]:
    """Take the lock before, and release it after, all other extensions do their work."""
    lock = BuildLock()
    app.connect("config-inited", lock.take, priority=0)
    app.connect("build-finished", lock.release, priority=1000)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
