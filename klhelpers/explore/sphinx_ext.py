"""A Sphinx extension: on pages, explorers show the face that works without a kernel.

Add ``"klhelpers.explore.sphinx_ext"`` to ``extensions`` in ``conf.py``, or to
``sphinx.extra_extensions`` in the ``_config.yml`` of a Jupyter Book.
"""

import os
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from klhelpers._static import STATIC_VARIABLE


def ask_for_static_faces(app: Sphinx, config: Config) -> None:
    """Set the variable that the kernels of this build inherit (event ``config-inited``)."""
    os.environ[STATIC_VARIABLE] = "1"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("config-inited", ask_for_static_faces)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
