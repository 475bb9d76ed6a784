"""One style sheet for all formulas of the book, which holds their fonts.

It has those of KaTeX's rules, fonts and characters that the formulas need, so it is made when all
of them have been rendered.  Only pages with formulas load it.
"""

import re
from html import unescape
from pathlib import Path
from typing import Any

import tinycss2
from font_subset import embedded
from formulas import RENDERER
from sphinx.application import Sphinx
from used_rules import text, used_rules

KATEX = Path(__file__).parents[1] / "third_party" / "vendor" / "katex"
NAME = "formulas.css"
PLAIN = {"font-family": "KaTeX_Main", "font-weight": "400", "font-style": "normal"}


def font(body: str) -> tuple[str, ...]:
    """Return family, weight and style of a rule; what it leaves open is the plain font's."""
    found = PLAIN | dict(re.findall(r'(font-(?:family|weight|style)):"?([\w-]+)', body))
    return tuple(found.values())


def formula_style(formulas: list[str]) -> str:
    """Return the style sheet for some formulas, given as KaTeX's HTML."""
    seen = [html.partition('class="katex-html"')[2] for html in formulas]
    names = {word for html in formulas for words in re.findall('class="(.*?)"', html)
             for word in words.split()}  # fmt: skip
    characters = {c for html in seen for c in unescape(re.sub("<[^>]*>", "", "<" + html))}
    css = used_rules((KATEX / "katex.min.css").read_text(encoding="utf-8"), names)
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    bodies = [text(rule.content) for rule in rules if rule.type == "qualified-rule"]
    fonts = {font(body) for body in bodies if "font" in body}
    kept = [f"/*! KaTeX, MIT licence; its fonts are cut down: see {KATEX.name}/LICENSE */"]
    for rule in rules:
        if rule.type == "at-rule" and rule.at_keyword == "font-face":
            body = text(rule.content)
            if font(body) in fonts:
                file = re.search(r"url\(\"?(fonts/[\w-]+\.woff2)", body)[1]
                source = f'{embedded(KATEX / file, characters)} format("woff2")'
                body = re.sub(r"src:.*", lambda _, s=source: f"src:{s}", body)
                kept.append(f"@font-face{{{body}}}")
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def link(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    """Let a page with formulas load the style sheet (event ``html-page-context``)."""
    if 'class="katex"' in context.get("body", ""):
        app.add_css_file(NAME)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the style sheet when all formulas are known (event ``build-finished``)."""
    formulas = [answer["html"] for answer in RENDERER.known.values() if "html" in answer]
    if formulas and not exception and app.builder.format == "html":
        style = formula_style(sorted(formulas))
        (Path(app.outdir) / "_static" / NAME).write_text(style, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Act before the pages are published."""
    app.connect("html-page-context", link)
    app.connect("build-finished", write, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
