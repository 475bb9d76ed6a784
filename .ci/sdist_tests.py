"""Unpack a source distribution of ``dist/`` and run its tests there.

``python sdist_tests.py PACKAGE`` runs them by the Python that runs this script.  It has all that
the tests need, and the package itself is taken from the unpacked folder.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

DIST = Path(__file__).resolve().parents[1] / "dist"
SOURCES = {"klhelpers": ".", "vectorplayer": "src"}
"""Where in its source distribution a package is."""


def main(package):
    """Do it; end with the status of pytest."""
    [archive] = DIST.glob(f"{package}-*.tar.gz")
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(archive) as packed:
            packed.extractall(scratch, filter="data")
        [folder] = Path(scratch).iterdir()
        # Before the editable installation, also in processes that tests start.
        environ = os.environ | {"PYTHONPATH": str(folder / SOURCES[package])}
        look = [sys.executable, "-c", f"import {package}; print({package}.__file__)"]
        found = subprocess.run(
            look, cwd=folder, env=environ, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        if not Path(found.strip()).is_relative_to(folder):
            sys.exit(f"{package} is imported from {found.strip()} and not from {folder}.")
        command = [sys.executable, "-m", "pytest", "-n", "2", "-q"]
        sys.exit(subprocess.run(command, cwd=folder, env=environ, check=False).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
