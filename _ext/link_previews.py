"""What a chat or a search engine shows for a link to a page: title, description, picture.

The tags are those of the Open Graph protocol.  Without ``SITE_URL`` the address of the picture is
relative to the page.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from chapter_pictures import OPENINGS
from chapter_pictures.forward_reverse import both_optima
from docutils import nodes
from sphinx.application import Sphinx

FOLDER = "_static/previews"
LONGEST = 200
"""Characters of a description."""


def sentences(text: str, longest: int = LONGEST) -> str:
    """Return as many whole sentences as fit, at least one, cut at a word if it is too long.

    Examples
    --------
    >>> sentences("One two. Three four. Five.", 20)
    'One two. Three four.'
    >>> sentences("One two three four five", 12)
    'One two…'
    """
    kept = ""
    for sentence in re.findall(r".+?(?:[.?!:](?=\s)|$)", " ".join(text.split())):
        if kept and len(kept + sentence) > longest:
            break
        kept += sentence
    if len(kept) > longest:
        kept = kept[:longest].rpartition(" ")[0].rstrip(" ,;:") + "…"
    return kept.strip()


def plain(node: nodes.Node) -> str:
    r"""Return the text of a paragraph, with formulas that are more than a letter in Unicode."""
    text = node.astext()
    for tex, character in {r"\,": "", r"\|": "‖", r"\mathrm": "", "{": "", "}": ""}.items():
        text = text.replace(tex, character)
    return text


class Previews:
    """The previews of the pages that one build writes."""

    def __init__(self) -> None:
        self.pictures: dict[str, tuple[str, str]] = {}

    def add(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        """Write the tags of a page (event ``html-page-context``)."""
        if doctree is None and pagename in app.env.found_docs:  # the index, which Sphinx generates
            doctree = app.env.get_doctree(pagename)
        if doctree is None:  # another generated page, such as the search
            return
        title = app.env.titles[pagename].astext()
        paragraphs = [node for node in doctree.findall(nodes.paragraph)
                      if isinstance(node.parent, nodes.section)]  # fmt: skip
        description = sentences(" ".join(plain(node) for node in paragraphs[:2]))
        name = pagename if pagename in OPENINGS else app.config.root_doc
        if name in OPENINGS:
            self.pictures[name] = title, plain(paragraphs[0])
        else:
            self.pictures[name] = app.config.html_title or app.config.project, ""
        picture = f"{FOLDER}/{name.replace('/', '-')}.png"
        base = app.config.html_baseurl
        tags = {
            "og:type": "website" if pagename == app.config.root_doc else "article",
            "og:site_name": app.config.html_title or app.config.project,
            "og:title": title,
            "og:description": description,
            "og:image": base + picture if base else context["pathto"](picture, 1),
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": f"{title}: a drawing of ellipses or curves beside the title",
        }
        if base:
            tags["og:url"] = context["pageurl"]
        lines = [f'<meta name="description" content="{escape(description)}" />']
        lines += [
            f'<meta property="{key}" content="{escape(value)}" />' for key, value in tags.items()
        ]
        lines.append('<meta name="twitter:card" content="summary_large_image" />')
        context["metatags"] = context.get("metatags", "") + "\n    ".join(["", *lines])

    def draw(self, app: Sphinx, exception: Exception | None) -> None:
        """Draw the pictures of the pages that were written (event ``build-finished``)."""
        if exception or app.builder.format != "html":
            return
        folder = Path(app.outdir) / FOLDER
        for name, (title, subtitle) in self.pictures.items():
            picture = OPENINGS[name].draw() if name in OPENINGS else both_optima()
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name.replace('/', '-')}.png").write_bytes(picture.png(title, subtitle))


def setup(app: Sphinx) -> dict[str, Any]:
    """Act before the pages are published."""
    previews = Previews()
    app.connect("html-page-context", previews.add)
    app.connect("build-finished", previews.draw, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
