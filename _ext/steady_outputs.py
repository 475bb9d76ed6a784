"""What a page shows does not depend on how fast the machine was that built it.

A kernel sends what a cell prints in pieces, one for each fifth of a second or so.  Here the
pieces of one stream are put together when the cell has run, before the notebook is cached.
(MyST-NB's ``nb_merge_streams`` does it while it writes the page, and leaves the later pieces in
the executed notebook a second time.)
"""

import functools
from typing import Any

import nbclient
from jupyter_cache.executors import utils as runner
from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Arrange it for the kernels that this process starts."""
    runner.executenb = functools.partial(nbclient.execute, coalesce_streams=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
