"""The last line of a failed build tells the cause.

Jupyter Book ends with "Look above for the cause", after two tracebacks of its own.
"""

import atexit
import sys
from pathlib import Path
from typing import Any

from myst_nb.core.execute import ExecutionError
from nbclient.exceptions import CellExecutionError
from sphinx.application import Sphinx


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
            place = Path(str(exception)).name
        exception = exception.__cause__
    if isinstance(exception, CellExecutionError):
        name, text = exception.ename, exception.evalue
    else:
        name, text = type(exception).__name__, str(exception)
    return ": ".join(filter(None, (place, name, text.strip().partition("\n")[0])))


class Failure:
    """The exception that ended a build, told when the process ends."""

    def __init__(self) -> None:
        self._exception: Exception | None = None
        atexit.register(self.tell)

    def note(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep the exception (event ``build-finished``)."""
        self._exception = exception

    def tell(self) -> None:
        """Print the cause, after everything else."""
        if self._exception:
            print(f"The build failed: {cause(self._exception)}", file=sys.stderr)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register before any kernel starts: what is registered first is called last."""
    app.connect("build-finished", Failure().note)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
