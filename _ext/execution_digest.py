"""Run the chapters again when what they import has changed.

Jupyter Book keeps executed notebooks in a cache whose key is the code cells alone: after an edit
of ``klhelpers``, or of a pinned version, it would go on showing the old outputs.  This extension
computes a digest of everything else that an output depends on and gives every digest its own
cache folder, ``_build/.jupyter_cache/<digest>``.  The folder is a setting that Sphinx compares
with that of the last build, so that a new digest also makes it read every page again.

Nothing has to be called for this: it works under a bare ``jupyter-book build .`` too.
"""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

WATCHED = ("klhelpers", "vectorplayer/src", "_ext", "requirements.txt")
"""Files and folders, relative to the book's root, that every chapter depends on."""

KEPT = 3
"""Caches that are kept: going back to an earlier state of the package costs nothing."""

_NOT_SOURCES = {"__pycache__", ".ipynb_checkpoints"}


def watched_files(root: Path) -> Iterator[Path]:
    """Yield the files below ``root`` that the outputs depend on, in a fixed order."""
    for name in WATCHED:
        path = root / name
        found = path.rglob("*") if path.is_dir() else [path]
        for file in sorted(found):
            if file.is_file() and _NOT_SOURCES.isdisjoint(file.parts):
                yield file


def execution_digest(root: Path) -> str:
    """Digest of the package, the pinned environment and the version of Python.

    Parameters
    ----------
    root : Path
        The book's root, which holds what is watched.

    Returns
    -------
    str
        16 hexadecimal digits.  Names count as well as contents, so that a renamed module is
        noticed; times and the place of the folder do not.
    """
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in watched_files(root):
        content = file.read_bytes()
        digest.update(f"\0{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def prune(caches: Path, current: str, kept: int = KEPT) -> None:
    """Leave the ``kept`` caches that were used last, ``current`` among them.

    Parameters
    ----------
    caches : Path
        Folder with one cache for each digest.  Whatever else lies in it, such as a cache from
        before this extension, goes too.
    current : str
        Digest of the running build.  Its folder is made, and marked as used now.
    kept : int
        How many caches may stay, the current one included.
    """
    (caches / current).mkdir(parents=True, exist_ok=True)
    (caches / current).touch()
    by_age = sorted(
        (path for path in caches.iterdir() if path.is_dir() and path.name != current),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    stale = by_age[kept - 1 :] + [path for path in caches.iterdir() if path.is_file()]
    for path in stale:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def choose_cache(app: Sphinx, config: Config) -> None:
    """Point MyST-NB to the cache of the present digest (event ``config-inited``)."""
    digest = execution_digest(Path(app.srcdir))
    caches = Path(config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    prune(caches, digest)
    config.nb_execution_cache_path = str(caches / digest)
    config.execution_digest = digest


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the digest as a setting on which every page depends."""
    app.add_config_value("execution_digest", "", "env", str)
    app.connect("config-inited", choose_cache)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
