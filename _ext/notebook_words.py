"""Words for JupyterLab, numbers and citations for the pages.

JupyterLab knows neither the numbers of figures nor the list of references, so the sources say in
words what a reference points at.  On a page, the words give way:

- ``{numref}`the figure <fig-name>` ``  becomes the number of the figure;
- ``[Kang (2021)](references.md#kang2021)`` becomes the citation ``{cite:t}`kang2021` ``, and with
  the whole in parentheses, ``[(Kang, 2021)](references.md#kang2021)``, ``{cite:p}``;
- a ``{glossary}`` may begin its explanations with a colon, as JupyterLab asks for.
"""

import re
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.std import Glossary
from sphinx.transforms.post_transforms import SphinxPostTransform

_CITATION = re.compile(r"\[([^][]+)\]\((?:\.\./)?references\.md#([\w-]+)\)")
_FENCED = re.compile(r"^(`{3,})\{code-cell\}.*?^\1 *$", re.MULTILINE | re.DOTALL)


def with_citations(text: str) -> str:
    """Return the source of a page with citations in place of links to the references.

    Examples
    --------
    >>> with_citations("See [Kang (2021)](../references.md#kang2021).")
    'See {cite:t}`kang2021`.'
    >>> with_citations("A lecture [(Kang, 2021)](references.md#kang2021).")
    'A lecture {cite:p}`kang2021`.'
    """
    parts, done = [], 0
    for code in _FENCED.finditer(text):  # code cells stay as they are
        parts += [_CITATION.sub(_cite, text[done : code.start()]), code[0]]
        done = code.end()
    return "".join([*parts, _CITATION.sub(_cite, text[done:])])


def _cite(link: re.Match) -> str:
    kind = "p" if link[1].startswith("(") else "t"
    return f"{{cite:{kind}}}`{link[2]}`"


def _on_source(app: Sphinx, docname: str, source: list[str]) -> None:
    source[0] = with_citations(source[0])


class NumbersOfFigures(SphinxPostTransform):
    """Drop the words of a reference to a figure, so that Sphinx writes its number."""

    default_priority = 5  # before references are resolved

    def run(self, **kwargs: Any) -> None:
        """Change the references of a page."""
        for node in self.document.findall(pending_xref):
            if node.get("reftype") == "numref" and node.get("refexplicit"):
                if not re.search(r"%s|\{number\}", node.astext()):
                    node["refexplicit"] = False


class GlossaryWithColons(Glossary):
    """Sphinx's directive, in which a colon may stand before an explanation."""

    def run(self) -> list[nodes.Node]:
        """Remove the colons, then do as Sphinx does."""
        lines = [re.sub(r"^  (: |  )", "  ", line) for line in self.content]
        self.content = StringList(lines, items=self.content.items)
        return super().run()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("source-read", _on_source)
    app.add_post_transform(NumbersOfFigures)
    app.add_directive_to_domain("std", "glossary", GlossaryWithColons, override=True)
    app.add_directive("glossary", GlossaryWithColons, override=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
