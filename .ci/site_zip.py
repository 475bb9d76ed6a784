"""Pack the pages into one file, ``_build/minimising-kl-VERSION-site.zip``, to be read from a disk.

Equal pages give equal bytes: the entries are sorted, and have the same date and mode everywhere.
"""

import zipfile

from reproduce import OF_SPHINX
from sbom import NAME, ROOT, own_component

DATE = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can state."""

MODE = 0o644


def place(root=ROOT):
    """Return the path of the file for the present version."""
    return root / "_build" / f"{NAME}-{own_component('klhelpers')['version']}-site.zip"


def pack(pages, archive):
    """Write all files of a folder into an archive, in a folder that is named like it."""
    top = archive.stem
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(pages.rglob("*")):
            if path.is_file() and path.name != OF_SPHINX:
                name = f"{top}/{path.relative_to(pages).as_posix()}"
                entry = zipfile.ZipInfo(name, DATE)
                entry.external_attr = MODE << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes())


def unpacked(archive):
    """Return the content of each file of an archive, by its path below the folder at the top."""
    with zipfile.ZipFile(archive) as packed:
        return {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}


def main():
    """Pack the built pages."""
    archive = place()
    pack(ROOT / "_build" / "html", archive)
    size = archive.stat().st_size / 1e6
    print(
        f"The pages are in {archive.relative_to(ROOT)} ({size:.1f} MB): unpack it, open index.html."
    )


if __name__ == "__main__":
    main()
