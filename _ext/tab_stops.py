"""Tab stops for code that scrolls, without the layout that the theme forces for them.

When a page has loaded, and after each change of it, the theme's script measures every block of
code, folded ones too, and sets an attribute in between.  That took up to half of the longest task
of a page.
"""

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

THEME = "scripts/pydata-sphinx-theme.js"
START = '"complete"===document.readyState?I():window.addEventListener("load",I)'
GONE = "/* see tab_stops.js */0"
OURS = "tab_stops.js"


def replace(app: Sphinx, exception: Exception | None) -> None:
    """Take the theme's way out and put ours beside it (event ``build-finished``)."""
    static = Path(app.outdir) / "_static"
    script = static / THEME
    if exception or app.builder.format != "html" or not script.is_file():
        return
    text = script.read_text(encoding="utf-8")
    if text.count(START) + text.count(GONE) != 1:  # nothing is copied anew if nothing changed
        logging.getLogger(__name__).warning("%s: the tab stops of the theme were not found", THEME)
    script.write_text(text.replace(START, GONE), encoding="utf-8")
    shutil.copyfile(Path(__file__).with_name(OURS), static / OURS)


def setup(app: Sphinx) -> dict[str, Any]:
    """Act before the rules of the style sheets are chosen, which reads the scripts."""
    app.add_js_file(OURS, loading_method="defer")
    app.connect("build-finished", replace, priority=550)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
