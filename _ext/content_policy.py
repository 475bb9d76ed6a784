"""A Content-Security-Policy in every page: nothing from another host, and no connection at all.

A browser then refuses what the tests of the pages look for, also in a page that somebody else
has changed.  Scripts and styles may be in the page itself: figures and questions are.
"""

from typing import Any

from sphinx.application import Sphinx

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
    "img-src": "'self' data: blob:",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""Directives and the sources that each allows; ``default-src`` is for all others."""


def add_policy(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Put the policy before all other elements of the head (event ``html-page-context``)."""
    content = "; ".join(f"{name} {sources}" for name, sources in POLICY.items())
    tag = f'<meta http-equiv="Content-Security-Policy" content="{content}" />\n    '
    context["metatags"] = tag + context.get("metatags", "")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add it after other extensions have added their tags."""
    app.connect("html-page-context", add_policy, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
