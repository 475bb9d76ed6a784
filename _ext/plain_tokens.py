"""Code without an element around each name and bracket, which have the colour of the text anyway.

A chapter has some 2,000 of them, and a browser lays out each.
"""

from collections.abc import Iterable
from typing import Any

from pygments.formatters import HtmlFormatter
from pygments.token import Name, Punctuation, Text, Whitespace
from sphinx.application import Sphinx
from sphinx.highlighting import PygmentsBridge

PLAIN = {Name, Name.Namespace, Punctuation, Whitespace}
"""Tokens that the two styles of the book draw like text; a test compares the colours."""


class PlainTokens(HtmlFormatter):
    r"""Write code as HTML, with elements for coloured tokens only.

    Examples
    --------
    >>> from pygments import highlight
    >>> from pygments.lexers import PythonLexer
    >>> highlight("f(1)", PythonLexer(), PlainTokens(nowrap=True))
    'f(<span class="mi">1</span>)\n'
    """

    def format(self, tokensource: Iterable[tuple[Any, str]], outfile: Any) -> None:
        """Write some tokens to a file."""
        plain = ((Text if kind in PLAIN else kind, value) for kind, value in tokensource)
        super().format(plain, outfile)


def setup(app: Sphinx) -> dict[str, Any]:
    """Have Sphinx write all code of the pages in this way."""
    PygmentsBridge.html_formatter = PlainTokens
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
