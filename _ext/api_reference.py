"""The reference of `klhelpers`, which autodoc and numpydoc make of its docstrings.

In a docstring, one backtick on either side marks a name.  A public name becomes a link, anything
else, such as a parameter, becomes code.
"""

import re
from functools import cached_property
from inspect import isroutine
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx

import klhelpers

PACKAGE = klhelpers.__name__

_NAME = re.compile(r"``.+?```*|`([^`\n]+)`(?!_)")


def with_links(line: str, own: str = "") -> str:
    """Return a line of a docstring with roles and literals in place of single backticks.

    Parameters
    ----------
    line : str
        Text of a docstring.
    own : str
        The name whose docstring it is: it does not become a link to itself.

    Examples
    --------
    >>> with_links("As in `klhelpers.kl_gaussian`, with ``ax`` and `levels`.")
    'As in :py:obj:`kl_gaussian <klhelpers.kl_gaussian>`, with ``ax`` and ``levels``.'
    """

    def replaced(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        name = match[1].removeprefix(f"{PACKAGE}.")
        if name in klhelpers.__all__ and name != own:
            return f":py:obj:`{name} <{PACKAGE}.{name}>`"
        return f"``{match[1]}``"

    return _NAME.sub(replaced, line)


def link_names(
    app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]
) -> None:
    """Change a docstring before numpydoc reads it (event ``autodoc-process-docstring``)."""
    own = name.split(".")[1] if name.startswith(f"{PACKAGE}.") else ""
    lines[:] = [
        line if line.lstrip().startswith((">>>", "...")) else with_links(line, own)
        for line in lines
    ]


def skip_data(
    app: Sphinx, what: str, name: str, thing: Any, skip: bool, options: Any
) -> bool | None:
    """Leave out fields and traits, which their class describes (``autodoc-skip-member``)."""
    shown = isroutine(thing) or isinstance(thing, (property, cached_property))
    return None if shown and type(thing).__name__ != "_tuplegetter" else True


def keep_quotes(app: Sphinx, domain: str, kind: str, content: addnodes.desc_content) -> None:
    """Keep quotes straight, as Python has them (``object-description-transform``)."""
    content["support_smartquotes"] = False


def setup(app: Sphinx) -> dict[str, Any]:
    """Act on docstrings before numpydoc does."""
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-process-docstring", link_names, priority=100)
    app.connect("autodoc-skip-member", skip_data)
    app.connect("object-description-transform", keep_quotes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
