"""One cache of executed notebooks per digest, made, checked and removed by this extension.

The caches lie in ``_build/.jupyter_cache``, or in the folder that ``execute: cache:`` names.  That
folder may hold other files: only folders that are named like a digest and hold the marker file
are ever removed.
"""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from execution_digest import execution_digest
from jupyter_cache import get_cache
from jupyter_cache.cache.db import DB_NAME
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

MARKER = ".made-by-execution-cache"
"""File that marks a folder as made by this extension."""

KEPT = 3
"""Number of caches that are kept: going back to an earlier state of the packages costs nothing."""

logger = logging.getLogger(__name__)


def is_own(path: Path) -> bool:
    """Tell whether a path is a cache that this extension made."""
    named = re.fullmatch("[0-9a-f]{16}", path.name) is not None
    return named and not path.is_symlink() and (path / MARKER).is_file()


def make(cache: Path) -> None:
    """Make the folder of a cache, or mark it as used now; leave a folder of others alone."""
    if not cache.exists():
        cache.mkdir(parents=True)
    elif not is_own(cache):
        return
    (cache / MARKER).touch()


def prune(caches: Path, current: str, kept: int = KEPT) -> None:
    """Remove old caches of this extension; leave everything else in the folder alone.

    Parameters
    ----------
    caches : Path
        Folder with one cache per digest.
    current : str
        Digest of the running build; its cache stays.
    kept : int
        Number of caches that stay, the current one included: those used last.
    """
    by_age = sorted(
        (path for path in caches.iterdir() if path.name != current and is_own(path)),
        key=lambda path: (path / MARKER).stat().st_mtime,
        reverse=True,
    )
    for path in by_age[kept - 1 :]:
        shutil.rmtree(path)


def damage(cache: Path) -> str | None:
    """Say what is wrong with the content of a cache, or return None for a sound one.

    Every executed notebook is read once, with the functions that the build uses.
    """
    database = cache / DB_NAME
    if not database.exists():  # a new cache
        return None
    try:
        with closing(sqlite3.connect(database)) as connection:
            [verdict] = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            return verdict
        store = get_cache(cache)
        for record in store.list_cache_records():
            if not store.get_cache_bundle(record.pk).nb.cells:
                return f"notebook {record.pk} has no cells"
    except Exception as error:  # a damaged file can raise anything; no error may stop the build
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return None


def choose_cache(app: Sphinx, config: Config) -> None:
    """Point MyST-NB to the cache of the present digest (event ``config-inited``)."""
    caches = Path(config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    cache = caches / execution_digest(Path(app.srcdir))
    make(cache)
    prune(caches, cache.name)
    if is_own(cache) and (found := damage(cache)):
        logger.info("The cache %s is damaged (%s) and is replaced.", cache, found)
        shutil.rmtree(cache)
        make(cache)
    config.nb_execution_cache_path = str(cache)


def setup(app: Sphinx) -> dict[str, Any]:
    """Choose the cache before MyST-NB reads its setting."""
    app.connect("config-inited", choose_cache)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
