"""Digest of everything that the output of a chapter depends on, apart from its own code.

Jupyter Book keeps executed notebooks in a cache whose key is the code cells alone: after an edit
of ``klhelpers``, or of a pinned version, it would go on showing the old outputs.  This extension
adds the digest as a setting, so that a new digest makes Sphinx read every page again;
``execution_cache`` names the folder of the cache after it.
"""

import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

PACKAGES = ("klhelpers", "vectorplayer/src/vectorplayer")
"""Packages of this repository that chapters import, relative to the book's root."""

WATCHED = (*PACKAGES, "_ext", "requirements.txt")
"""Files and folders, relative to the book's root, that every chapter depends on."""

_NOT_SOURCES = {"__pycache__", ".ipynb_checkpoints", "README.md"}


def watched_files(root: Path) -> Iterator[Path]:
    """Yield the files below ``root`` that the outputs depend on, in a fixed order."""
    for name in WATCHED:
        path = root / name
        found = path.rglob("*") if path.is_dir() else [path]
        for file in sorted(found):
            if file.is_file() and _NOT_SOURCES.isdisjoint(file.parts):
                yield file


def execution_digest(root: Path) -> str:
    """Digest of the packages, the pinned environment and the version of Python.

    Parameters
    ----------
    root : Path
        The book's root, which holds the watched files.

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


def check_packages(root: Path) -> None:
    """Raise an error if the chapters would import a package from another folder.

    The environment of a copied clone still names the original, whose changes no digest notices.
    """
    for package in (root / name for name in PACKAGES):
        found = importlib.util.find_spec(package.name)
        if package.is_dir() and not (found and package.samefile(Path(found.origin).parent)):
            place = f"imported from {found.origin}" if found else "not installed"
            raise ExtensionError(
                f"{package.name} is {place}, but the chapters need the one in {package}: "
                "build with `make book`, which installs it"
            )


def set_digest(app: Sphinx, config: Config) -> None:
    """Store the digest as a setting (event ``config-inited``)."""
    check_packages(Path(app.srcdir))
    config.execution_digest = execution_digest(Path(app.srcdir))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the digest as a setting on which every page depends."""
    app.add_config_value("execution_digest", "", "env", str)
    app.connect("config-inited", set_digest)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
