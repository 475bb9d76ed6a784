"""On a page, the first mention of a name of `klhelpers` leads to its entry in the reference.

That is the first `` `kl.name` `` in the text.  For a name that the text does not mention, it is the
first one in the code that the page shows.  The sources stay as they are, so that JupyterLab shows
plain code.
"""

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

PREFIX = "klhelpers."

_IN_TEXT = re.compile(r"(?:kl|klhelpers)\.(\w+)(?:\.\w+)*(?:\(.*\))?", re.DOTALL)
_IN_CODE = re.compile(r'(?<![\w.])(kl<span class="o">\.</span>)(\w+)')
_FOLDED = re.compile(r"<details\b.*?</details>", re.DOTALL)
_NO_PLACE = (nodes.title, nodes.reference, nodes.caption, addnodes.pending_xref)


def entries(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Return the page and the id of the entry of each public name."""
    objects = env.get_domain("py").objects
    return {
        name.removeprefix(PREFIX): (entry.docname, entry.node_id)
        for name, entry in objects.items()
        if name.startswith(PREFIX) and name.count(".") == 1
    }


class LinksInText(SphinxPostTransform):
    """Make links of the first mentions in the text of a page."""

    default_priority = 20
    formats = ("html",)

    def run(self, **options: Any) -> None:
        """Change the page that is being written, unless it is the reference itself."""
        found, here = entries(self.env), self.env.docname
        for code in list(self.document.findall(nodes.literal)):
            match = _IN_TEXT.fullmatch(code.astext())
            if not match or match[1] not in found or inside(code, _NO_PLACE):
                continue
            page, target = found.pop(match[1])
            if page != here:
                copy = code.deepcopy()
                code.replace_self(make_refnode(self.app.builder, here, page, target, copy))


def inside(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    """Tell whether a node is part of one of these."""
    while node := node.parent:
        if isinstance(node, kinds):
            return True
    return False


def with_links_in_code(body: str, addresses: dict[str, str]) -> str:
    """Return a page whose code leads to the entries that its text does not lead to.

    Code that is not folded comes first.

    Examples
    --------
    >>> code = 'kl<span class="o">.</span>claim(); kl<span class="o">.</span>claim()'
    >>> with_links_in_code(code, {"claim": "api.html#claim"})[26:]
    '<a class="api" href="api.html#claim">claim</a>(); kl<span class="o">.</span>claim()'
    """
    folded = [match.span() for match in _FOLDED.finditer(body)]
    chosen: dict[str, tuple[bool, re.Match[str]]] = {}
    for match in _IN_CODE.finditer(body):
        address = addresses.get(match[2])
        if address is None or f'href="{escape(address)}"' in body:
            continue
        hidden = any(start < match.start() < end for start, end in folded)
        if match[2] not in chosen or (chosen[match[2]][0] and not hidden):
            chosen[match[2]] = hidden, match
    for name, (_, match) in sorted(chosen.items(), key=lambda item: -item[1][1].start()):
        link = f'{match[1]}<a class="api" href="{escape(addresses[name])}">{name}</a>'
        body = body[: match.start()] + link + body[match.end() :]
    return body


def link_code(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Make links of the first mentions in the code of a page (``html-page-context``)."""
    if doctree is None:
        return
    addresses = {
        name: f"{context['pathto'](page)}#{target}"
        for name, (page, target) in entries(app.env).items()
        if page != pagename
    }
    context["body"] = with_links_in_code(context["body"], addresses)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register both."""
    app.add_post_transform(LinksInText)
    app.connect("html-page-context", link_code)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
