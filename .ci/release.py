"""Collect what a release consists of in ``_build/release``, with the SHA-256 sum of each file.

``python release.py FILE ...``: the files are the pages as one archive, the packages, and the bill
of materials.  ``sha256sum --check SHA256SUMS`` checks them in the folder.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from sbom import NAME, OWN, ROOT, own_component
from site_zip import place

FOLDER = ROOT / "_build" / "release"
SUMS = "SHA256SUMS"


def packages():
    """Return the files in ``dist`` of both packages: a wheel and the sources of each."""
    for name in OWN:
        stem = f"{name}-{own_component(name)['version']}"
        yield f"{stem}-py3-none-any.whl"
        yield f"{stem}.tar.gz"


def parts(root=ROOT):
    """Return each file of the release, and the name that it gets there."""
    version = own_component("klhelpers")["version"]
    found = {place(root): place(root).name}
    found |= {root / "dist" / name: name for name in packages()}
    found[root / "_build" / "sbom.cdx.json"] = f"{NAME}-{version}.cdx.json"
    return found


def collect(files, folder):
    """Copy files into an empty folder, and write their sums beside them.

    Parameters
    ----------
    files : dict of Path to str
        Each file, and its name in the folder.
    folder : Path
        It is emptied first.

    Raises
    ------
    FileNotFoundError
        If a file does not exist; the message names all that are missing.
    """
    if missing := [str(path) for path in files if not path.is_file()]:
        raise FileNotFoundError(f"These files have not been made: {', '.join(missing)}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lines = []
    for path, name in sorted(files.items(), key=lambda item: item[1]):
        content = path.read_bytes()
        (folder / name).write_bytes(content)
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    (folder / SUMS).write_text("".join(lines), "utf-8")


def main():
    """Collect the files, those on the command line under their own names, too."""
    more = {Path(name): Path(name).name for name in sys.argv[1:]}
    try:
        collect(parts() | more, FOLDER)
    except FileNotFoundError as error:
        sys.exit(str(error))
    print((FOLDER / SUMS).read_text("utf-8"), end="")
    print(f"The release is in {FOLDER.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
