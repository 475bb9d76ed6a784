"""A Sphinx extension: pages with several players hold their style sheet and script once.

Add ``"klhelpers.vector_html.sphinx_ext"`` to ``extensions`` in ``conf.py``, or to
``sphinx.extra_extensions`` in the ``_config.yml`` of a Jupyter Book.
"""

from typing import Any

from sphinx.application import Sphinx

from .markup import player_block


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
        context["body"] = keep_first(context["body"], player_block())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("html-page-context", _on_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
