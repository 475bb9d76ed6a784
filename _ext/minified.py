"""The script and the style of the live figures without what only people read.

The modules in ``klhelpers/live/js`` are written for people, and JupyterLab gets them as they are.
A page gets the same script with short local names.
"""

import re
from functools import cache
from typing import Any

import minify
from sphinx.application import Sphinx

from klhelpers.live.assets import live_block

_PARTS = re.compile(r'(<style>)(.*)(</style><script type="module">)(.*)(</script>)', re.DOTALL)


@cache
def minified_block() -> str:
    """Return what stands on a page in place of `klhelpers.live.live_block`."""
    head, css, middle, script, end = _PARTS.fullmatch(live_block()).groups()
    css, script = minify.string("text/css", css), minify.string("text/javascript", script)
    return "".join([head, css, middle, script, end])


def shorten(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Replace the block, of which `klhelpers.sphinx_ext` has left one (``html-page-context``)."""
    if live_block() in context.get("body", ""):
        context["body"] = context["body"].replace(live_block(), minified_block())


def setup(app: Sphinx) -> dict[str, Any]:
    """Act after the extension that leaves one block."""
    app.connect("html-page-context", shorten, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
