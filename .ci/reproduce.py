"""Build the book twice, from nothing and in different surroundings, and compare all files.

Two clones of the last commit lie in folders of different length, and get environments of their
own.  The builds differ in time zone, locale, umask, the seed of Python's hashes, and the number of
chapters at a time.  SHA-256 sums of all files are printed if the builds agree, in the form that
``sha256sum --check`` reads, and are written to ``_build/SHA256SUMS``.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILDS = {
    "a": {
        "umask": 0o022,
        "JOBS": "1",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "TZ": "Pacific/Kiritimati",
    },
    "the same book in another folder": {
        "umask": 0o077,
        "JOBS": "2",
        "LC_ALL": "de_DE.UTF-8",
        "PYTHONHASHSEED": "4321",
        "TZ": "America/Los_Angeles",
    },
}
OF_SPHINX = ".buildinfo"
"""Sphinx's note of its own settings, which contain the paths of folders; no page uses it."""


def main():
    """Build, compare, and end with an error if a file differs."""
    if subprocess.run(["git", "diff", "--quiet", "HEAD"], cwd=ROOT, check=False).returncode:
        print("The last commit is built, without the changes that are not committed.", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        one, other = (
            sums(build(Path(scratch) / name, **settings)) for name, settings in BUILDS.items()
        )
    if differing := sorted(name for name in one | other if one.get(name) != other.get(name)):
        sys.exit("These files differ between two builds:\n  " + "\n  ".join(differing))
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(one.items()))
    print(text, end="")
    place = ROOT / "_build" / "SHA256SUMS"
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, "utf-8")
    print(f"Both builds have the same {len(one)} files. Their sums are in {place}.")


def build(folder, umask, **variables):
    """Clone the repository, build the book, and return the folder of its pages."""
    print(f"Building in {folder}", flush=True)
    run(["git", "clone", "--quiet", ROOT, folder], cwd=ROOT)
    command = ["make", "book", f"PYTHON={sys.executable}"]
    run(command, cwd=folder, umask=umask, env=os.environ | variables, stdout=subprocess.DEVNULL)
    return folder / "_build" / "html"


def sums(folder):
    """Return the SHA-256 sum of each file, by its path in the folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != OF_SPHINX)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def run(command, **options):
    """Run a command; end with its status if it fails."""
    status = subprocess.run(command, check=False, **options).returncode
    if status:
        sys.exit(f"This command failed (status {status}): {' '.join(map(str, command))}")


if __name__ == "__main__":
    main()
