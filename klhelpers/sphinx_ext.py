"""The Sphinx extension for pages that show players, live figures, questions and explorers.

Add ``"klhelpers.sphinx_ext"`` to ``extensions`` in ``conf.py``, or to ``sphinx.extra_extensions``
in the ``_config.yml`` of a Jupyter Book.  It does three things:

- a page with several figures, players or questions holds their style sheet and script once;
- a figure that is shown as vectors gets the alternative text of its cell, ``mystnb: image: alt``,
  which MyST-NB gives to pictures only;
- the kernels of the build show what works without a kernel: of an explorer the player, of a live
  figure the element.
"""

import os
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from vectorplayer import picture_block, player_block, with_alt

from klhelpers._static import STATIC_VARIABLE
from klhelpers.live.assets import live_block
from klhelpers.questions import questions_block


def keep_first(body: str, block: str) -> str:
    """Leave out all copies of a block of text but the first.

    Examples
    --------
    >>> keep_first("a-b-c-", "-")
    'a-bc'
    """
    before, found, after = body.partition(block)
    return before + found + after.replace(block, "")


def _on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if "body" in context:
        for block in (player_block(), picture_block(), questions_block(), live_block()):
            context["body"] = keep_first(context["body"], block)


def name_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Give vector figures the alternative text of their cells (event ``doctree-read``)."""
    for cell in doctree.findall(nodes.container):
        alt = cell.get("cell_metadata", {}).get("mystnb", {}).get("image", {}).get("alt")
        if alt:
            for raw in list(cell.findall(nodes.raw)):
                if raw.get("format") == "html":
                    text = with_alt(raw.astext(), alt)
                    raw.rawsource, raw[:] = text, [nodes.Text(text)]


def ask_for_static_outputs(app: Sphinx, config: Config) -> None:
    """Set the variable that the kernels of this build inherit (event ``config-inited``)."""
    os.environ[STATIC_VARIABLE] = "1"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("config-inited", ask_for_static_outputs)
    app.connect("doctree-read", name_figures)
    app.connect("html-page-context", _on_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
