"""The script and the style of the live figures, put together from the files in ``js``.

The files are ES modules.  A page from a disk may not load modules from files, and a widget takes
one text, so the modules that one of them needs are joined: imports go, names stay.
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://.*|/\*\*[^*]*(?:\*(?!/)[^*]*)*\*/)\n", re.MULTILINE)


@cache
def figure_rules() -> dict[str, dict[str, dict[str, Any]]]:
    """Return the quantities of each kind of figure: labels, ranges, defaults."""
    rules: dict[str, dict[str, dict[str, Any]]] = json.loads(
        (files("klhelpers.live") / "figures.json").read_text(encoding="utf-8")
    )
    return rules


@cache
def joined(entry: str) -> str:
    """Join the module ``js/<entry>.js`` with all that it imports, each once, comments left out.

    All modules share one scope then; a test checks that no name is declared twice.
    """
    found: dict[str, str] = {}
    _collect(entry, found)
    return "\n".join(found.values())


def source(name: str) -> str:
    """Read one module; the module ``rules`` holds the rules of the figures."""
    if name == "rules":
        return f"export const RULES = {json.dumps(figure_rules(), ensure_ascii=False)};\n"
    return (files("klhelpers.live") / "js" / f"{name}.js").read_text(encoding="utf-8")


def _collect(name: str, found: dict[str, str]) -> None:
    if name in found:
        return
    text = source(name)
    found[name] = ""  # a circle of imports would end here
    for other in _IMPORT.findall(text):
        _collect(other, found)
    code = _COMMENT.sub("", _IMPORT.sub("", text))
    del found[name]  # after all that it needs
    found[name] = re.sub(r"^export ", "", code, flags=re.MULTILINE).strip()


@cache
def style() -> str:
    """Return the style sheet."""
    return (files("klhelpers.live") / "live.css").read_text(encoding="utf-8")


@cache
def live_block() -> str:
    """Return the style and the script that all live figures of a page share.

    The text is always the same, so that what assembles pages may keep the first copy alone.  The
    names of a function, unlike those of a module, can be shortened.
    """
    script = f"(() => {{\n{joined('page')}\n}})();"
    return f'<style>{style()}</style><script type="module">{script}</script>'


@cache
def widget_module() -> str:
    """Return the module of the widget, as anywidget wants it."""
    return f"{joined('widget')}\nexport default {{ render }};\n"
