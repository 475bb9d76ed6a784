"""The pages depend on the book, not on the settings of the person who builds it.

A ``matplotlibrc``, a start-up file of IPython, ``PYTHONOPTIMIZE`` (which switches assertions off)
or ``KERAS_BACKEND`` would change what a chapter shows.  Kernels inherit the environment of the
build, so this extension changes that: under ``make book``, and under a bare
``jupyter-book build .``, too.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.font_manager import FontManager, fontManager, json_dump
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

REMOVED = (
    "AUTOGRAPH_", "COLUMNS", "IPYTHON", "JUPYTER", "KERAS_", "LINES", "MATPLOTLIB", "MPL",
    "NUMEXPR_", "PYTHON", "SOURCE_DATE_EPOCH", "TF_", "TF2_", "XLA_",
)  # fmt: skip
"""Prefixes of the variables that change what a chapter, or a page, shows."""

FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "KERAS_HOME", "MPLCONFIGDIR")
"""Variables that name a folder of settings; each gets a folder without the user's files."""

logger = logging.getLogger(__name__)


def isolated(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment in which chapters are executed.

    Parameters
    ----------
    environ : mapping of str to str
        The environment of the user.
    folder : Path
        Where the folders of settings are made.  Caches of fonts stay there between builds.

    Returns
    -------
    dict of str to str
        ``environ`` without the variables that change outputs.  PATH, the locale, and settings
        of threads and processors stay.
    """
    kept = {name: value for name, value in environ.items() if not name.startswith(REMOVED)}
    for name in FOLDERS:
        path = folder.resolve() / name.lower()
        path.mkdir(parents=True, exist_ok=True)
        kept[name] = str(path)
    return kept | {"PYTHONUTF8": "1"}


def isolate(app: Sphinx, config: Config) -> None:
    """Change the environment of this process (event ``config-inited``)."""
    changed = isolated(os.environ, Path(app.outdir).parent / ".settings")
    os.environ.clear()
    os.environ.update(changed)


def share_fonts(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Give the kernels Matplotlib's list of fonts (event ``env-before-read-docs``).

    Else each of the first kernels searches all fonts, and writes to ``stderr`` if that takes long.
    """
    place = Path(os.environ["MPLCONFIGDIR"]) / f"fontlist-v{FontManager.__version__}.json"
    if not place.is_file():
        json_dump(fontManager, place)


def warn_of_matplotlibrc(app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
    """Warn of a file that no variable can overrule (event ``env-get-outdated``).

    Matplotlib reads a ``matplotlibrc`` in the current folder, which is a page's own, before all
    others.
    """
    for folder in sorted({Path(env.doc2path(name)).parent for name in env.found_docs}):
        if (folder / "matplotlibrc").is_file():
            logger.warning("%s changes the figures: remove it", folder / "matplotlibrc")
    return []


def setup(app: Sphinx) -> dict[str, Any]:
    """Isolate first, before other extensions set variables for the kernels."""
    app.connect("config-inited", isolate, priority=100)
    app.connect("env-before-read-docs", share_fonts)
    app.connect("env-get-outdated", warn_of_matplotlibrc)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
