"""The pages of the book, in reading order, as `_toc.yml` lists them."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]

_TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))

WRITTEN = [_TOC["root"], *(page["file"] for part in _TOC["parts"] for page in part["chapters"])]
CHAPTERS = [name for name in WRITTEN if name.startswith("chapters/")]
EXECUTED = [
    name for name in WRITTEN if "{code-cell}" in (ROOT / f"{name}.md").read_text(encoding="utf-8")
]
