"""Print the notes of a release, and refuse one whose version is not stated everywhere alike.

``python release_notes.py TAG``: the tag is ``v`` and the version of ``pyproject.toml``.  The notes
are the section of that version in ``CHANGELOG.md``.  Only the standard library is used.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

HEADING = r"^## {version} - (?P<date>\d{{4}}-\d{{2}}-\d{{2}})\n(?P<notes>.*?)(?=^## |\Z)"


def notes(root, tag):
    """Return the notes of the release of a tag.

    Raises
    ------
    ValueError
        If a file states another version or another date, or if there are no notes.  The message
        says what to change.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    version = project["version"]
    if tag != f"v{version}":
        raise ValueError(f"pyproject.toml has the version {version}, so the tag must be v{version}")
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    pattern = HEADING.format(version=re.escape(version))
    section = re.search(pattern, changelog, re.MULTILINE | re.DOTALL)
    if not section or not section["notes"].strip():
        raise ValueError(
            f"CHANGELOG.md has no notes below a line such as ## {version} - 2026-12-01"
        )
    stated = json.loads((root / ".zenodo.json").read_text("utf-8"))
    if stated["version"] != version:
        raise ValueError(f".zenodo.json must state the version {version}")
    citation = (root / "CITATION.cff").read_text("utf-8")
    for key, value in {"version": version, "date-released": section["date"]}.items():
        if not re.search(rf"^{key}: ['\"]?{re.escape(value)}['\"]?$", citation, re.MULTILINE):
            raise ValueError(f"CITATION.cff must state {key}: {value}")
    return section["notes"].strip() + "\n"


def main():
    """Print the notes, or end with a message."""
    try:
        print(notes(ROOT, sys.argv[1]), end="")
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
