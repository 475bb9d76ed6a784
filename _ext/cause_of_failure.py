"""The last lines of a failed build tell the cause, with page and cell, and what to do.

Jupyter Book ends with "Look above for the cause", after two tracebacks of its own.
"""

import atexit
import logging
import re
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from myst_nb.core.execute import ExecutionError
from nbclient.exceptions import CellExecutionError
from sphinx.application import Sphinx
from sphinx.util.logging import NAMESPACE, is_suppressed_warning

REMEDIES = {
    r"No space left on device|(disk|disk image) is (full|malformed)|disk I/O error": (
        "make room on the disk"
    ),
    r"Read-only file system|Permission denied|readonly database|unable to open database": (
        "make the folder writable for you, or build a copy of it"
    ),
    r"ModuleNotFoundError|ImportError": (
        "`make book` installs what requirements.txt lists; "
        "a new package belongs in pyproject.toml, then run `make lock`"
    ),
    r"DeadKernelError|Kernel didn't respond": (
        "if memory was short, execute one chapter at a time: `make book JOBS=1`"
    ),
    r"Timeout": "make the cell faster, or raise the timeout in _config.yml",
    r"stderr was found": "find what the cell writes to stderr, such as a warning, and mend it",
    r"findfont": "install the font, or use one that comes with Matplotlib",
}
"""What to do, by a pattern that the cause matches."""

OTHERWISE = "mend it there"

END = "then build again; the published pages are those of the last good build"


def cause(exception: BaseException) -> str:
    """Describe the error that lies at the bottom of an exception, in one line.

    Examples
    --------
    >>> try:
    ...     try:
    ...         {}["a"]
    ...     except KeyError as error:
    ...         raise RuntimeError("no use") from error
    ... except RuntimeError as error:
    ...     print(cause(error))
    KeyError: 'a'
    """
    place = ""
    while exception.__cause__:
        if isinstance(exception, ExecutionError):  # its text is the path of the page
            place = from_here(str(exception))
        exception = exception.__cause__
    if isinstance(exception, CellExecutionError):
        name, text = exception.ename, exception.evalue
    else:
        name, text = type(exception).__name__, str(exception)
    if place:
        place = ", ".join([place, *getattr(exception, "__notes__", [])])  # of notebook_queue
    return ": ".join(filter(None, (place, name, text.strip().partition("\n")[0])))


def from_here(path: str) -> str:
    """Write the path of a page, or one with a line, as short as it can be."""
    return path.removeprefix(f"{Path.cwd()}/")


def remedy(text: str) -> str:
    """Say what to do about a cause.

    Examples
    --------
    >>> remedy("OSError: [Errno 28] No space left on device")[:22]
    'make room on the disk,'
    """
    found = (what for pattern, what in REMEDIES.items() if re.search(pattern, text))
    return f"{next(found, OTHERWISE)}, {END}."


class Warnings(logging.Handler):
    """Keeps the warnings that Sphinx counts."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self._app = app
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one; Sphinx holds some back and hands them on a second time."""
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if record not in self._records and not is_suppressed_warning(
            kind, subtype, self._app.config.suppress_warnings
        ):
            self._records.append(record)

    def first(self) -> str:
        """Return the first one in one line, behind the page and the line that Sphinx gave it."""
        if not self._records:
            return ""
        record, number = self._records[0], len(self._records)
        place = from_here(str(getattr(record, "location", None) or ""))
        # Sphinx's own records have the place in their message.
        text = logging.LogRecord.getMessage(record).strip().partition("\n")[0]
        more = f" (the first of {number} warnings)" if number > 1 else ""
        return ": ".join(filter(None, (place, text))) + more


class Failure:
    """What has made a build fail, told when the process ends."""

    def __init__(self, app: Sphinx) -> None:
        self._text = ""
        self._ended = False
        self._warnings = Warnings(app)
        logging.getLogger(NAMESPACE).addHandler(self._warnings)
        self._hook = sys.excepthook
        sys.excepthook = self.note_exception
        atexit.register(self.tell)

    def note_exception(
        self, kind: type[BaseException], exception: BaseException, trace: TracebackType | None
    ) -> None:
        """Keep the exception that ends the process, also one from before the build began."""
        self._text = cause(exception)
        self._hook(kind, exception, trace)

    def note_warnings(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep the first warning if warnings are errors (event ``build-finished``)."""
        self._ended = True
        if app.keep_going:  # Sphinx sets it only where warnings are errors, as with `-W`
            self._text = self._warnings.first()

    def tell(self) -> None:
        """Print the cause and the remedy, after everything else."""
        if self._text:
            print(f"The build failed: {self._text}", file=sys.stderr)
            print(f"What to do: {remedy(self._text)}", file=sys.stderr)
        elif not self._ended:
            print("The build was interrupted: build again to complete it.", file=sys.stderr)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register before any kernel starts: what is registered first is called last."""
    app.connect("build-finished", Failure(app).note_warnings, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
