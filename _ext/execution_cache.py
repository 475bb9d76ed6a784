"""One cache of executed notebooks per digest, made, checked and removed by this extension.

The caches lie in ``_build/.jupyter_cache``, or in the folder that ``execute: cache:`` names.  That
folder may hold other files: only folders that are named like a digest and hold the marker file
are ever removed.

A page shows what the cache holds.  So each notebook has a seal, its SHA-256 sum as it was stored:
a number that was changed by hand is noticed, and the chapters are executed again.
"""

import hashlib
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from execution_digest import execution_digest
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.db import DB_NAME, NbCacheRecord
from jupyter_cache.cache.main import JupyterCacheBase
from myst_nb.core.execute import cache as myst_nb_cache
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

MARKER = ".made-by-execution-cache"
"""File that marks a folder as made by this extension."""

SEAL = "sha256"
"""File beside a cached notebook with the digest of its bytes."""

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


def notebook_of(cache: Path, record: NbCacheRecord) -> Path:
    """Return the file of a cached notebook."""
    return cache / "executed" / record.hashkey / "base.ipynb"


def digest_of(notebook: Path) -> str:
    """Return the digest that a seal holds."""
    return hashlib.sha256(notebook.read_bytes()).hexdigest()


class SealedCache(JupyterCacheBase):
    """A cache that seals what it stores."""

    def cache_notebook_bundle(
        self, bundle: CacheBundleIn, *args: Any, **options: Any
    ) -> NbCacheRecord:
        """Store an executed notebook."""
        record = super().cache_notebook_bundle(bundle, *args, **options)
        notebook = notebook_of(self.path, record)
        notebook.with_name(SEAL).write_text(digest_of(notebook), "utf-8")
        return record


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
        store = SealedCache(cache)
        try:
            return damaged_notebook(store)
        finally:
            store.db.dispose()  # from Python 3.13 on, an open database is warned of
    except Exception as error:  # a damaged file can raise anything; no error may stop the build
        return f"{type(error).__name__}: {error}".splitlines()[0]


def damaged_notebook(store: SealedCache) -> str | None:
    """Say which stored notebook is not as the build wrote it, or return None."""
    for record in store.list_cache_records():
        if not store.get_cache_bundle(record.pk).nb.cells:
            return f"notebook {record.pk} has no cells"
        notebook = notebook_of(store.path, record)
        if notebook.with_name(SEAL).read_text("utf-8") != digest_of(notebook):
            return f"notebook {record.pk} is not as it was stored"
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
    """Choose the cache before MyST-NB reads its setting, and seal what MyST-NB stores."""
    myst_nb_cache.get_cache = SealedCache
    app.connect("config-inited", choose_cache)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
