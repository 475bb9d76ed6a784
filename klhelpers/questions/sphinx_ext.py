"""A Sphinx extension: a page with many questions holds their style sheet and script once.

Add ``"klhelpers.questions.sphinx_ext"`` to ``extensions`` in ``conf.py``, or to
``sphinx.extra_extensions`` in the ``_config.yml`` of a Jupyter Book.
"""

from typing import Any

from sphinx.application import Sphinx

from klhelpers.vector_html.sphinx_ext import keep_first

from .markup import questions_block


def _on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if "body" in context:
        context["body"] = keep_first(context["body"], questions_block())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("html-page-context", _on_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
