"""Style sheets with only the rules and icons that the pages can use.

The theme's sheet names over a thousand icons, and its script draws each icon anew.  Here icons are
characters of a font, which holds those that the sheet still names and is part of the sheet.
"""

import re
from pathlib import Path
from typing import Any

from font_subset import embedded
from sphinx.application import Sphinx
from used_rules import used_rules

FONT_FILE = re.compile(r"url\(([^)]*/fa-[\w-]+\.woff2)\) format\(\"woff2\"\)[^}]*")
ICON = re.compile("[\ue000-\uf8ff]")  # the range for private use
WORD = re.compile(r"[A-Za-z_][\w-]*")


def names_in_use(folder: Path) -> set[str]:
    """Return the classes of all pages, and every word of their scripts."""
    names = set()
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for words in re.findall(r'class="([^"]*)"', text):
            names.update(words.split())
        for script in re.findall(r"<script(?![^>]*json)[^>]*>(.*?)</script>", text, re.DOTALL):
            names.update(WORD.findall(script))
    for script in (folder / "_static").rglob("*.js"):
        if script.name != "fontawesome.js":
            names.update(WORD.findall(script.read_text(encoding="utf-8")))
    return names


def with_icons(css: str, folder: Path) -> str:
    """Put the fonts of icons into a style sheet, cut down to the icons that it names."""
    icons = set(ICON.findall(css))
    return FONT_FILE.sub(lambda m: f'{embedded(folder / m[1], icons)} format("woff2")', css)


def lighten(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the style sheets of the pages (event ``build-finished``)."""
    static = Path(app.outdir) / "_static"
    if exception or app.builder.format != "html" or not static.is_dir():
        return
    names = names_in_use(static.parent)
    for sheet in sorted(static.rglob("*.css")):
        css = used_rules(sheet.read_text(encoding="utf-8"), names)
        sheet.write_text(with_icons(css, sheet.parent), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Act before the pages are published, and before the formulas' sheet is written."""
    app.connect("build-finished", lighten, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
