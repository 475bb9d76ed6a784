"""What a page is, for search engines and catalogues: schema.org in a data block of its head.

A chapter is a ``LearningResource``; its objectives and what it needs are those of the box at its
head, its minutes those of the table of chapters.  The landing page is the whole course, and the
other pages belong to it.  What all pages share, such as licence and level, is the setting
``learning_resource``.  A browser does not run the block, and nothing in it can end it.
"""

import json
from html import escape
from importlib.metadata import version
from typing import Any

from docutils import nodes
from link_previews import plain, sentences
from sphinx.application import Sphinx
from vectorplayer.write.math_text import math_as_text

NEEDS = "You need"

ESCAPES = {"&": r"\u0026", "<": r"\u003c", ">": r"\u003e", "\u2028": r"\u2028", "\u2029": r"\u2029"}
"""Characters that could end the block or a line of a script, as JSON writes them."""


def data_block(properties: dict[str, Any]) -> str:
    r"""Write properties as an element that can stand in any head.

    Examples
    --------
    >>> print(data_block({"name": "</script>"}))
    <script type="application/ld+json">{"name": "\u003c/script\u003e"}</script>
    """
    text = json.dumps(properties, ensure_ascii=False)
    for character, written in ESCAPES.items():
        text = text.replace(character, written)
    return f'<script type="application/ld+json">{text}</script>'


def words(node: nodes.Node) -> str:
    """Return the text of a node in one line, with formulas in Unicode."""

    def parts(node: nodes.Node) -> str:
        if isinstance(node, nodes.math):
            return math_as_text(node.astext())
        if isinstance(node, nodes.Text):
            return node.astext()
        return "".join(map(parts, node.children))

    return " ".join(parts(node).split())


def objectives(doctree: nodes.document) -> dict[str, Any]:
    """Return what the box of objectives says: what is taught, and what is needed."""
    found: dict[str, Any] = {}
    for box in doctree.findall(nodes.admonition):
        if "objectives" in box["classes"]:
            items = (words(item).rstrip(".;") for item in box.findall(nodes.list_item))
            found["teaches"] = list(items)
            for paragraph in box.children:
                if words(paragraph).startswith(NEEDS):
                    found["competencyRequired"] = words(paragraph)[len(NEEDS) :].strip(" .")
    return found


def minutes_of_chapters(contents: nodes.document) -> dict[str, int]:
    """Return the minutes that a table states for each page to which its first column leads."""
    found = {}
    for row in contents.findall(nodes.row):
        first, second, *_ = [*row.children, None, None]
        for link in first.findall(lambda node: "reftarget" in getattr(node, "attributes", {})):
            if second is not None and words(second).isdigit():
                found[link["reftarget"]] = int(words(second))
    return found


class Descriptions:
    """The descriptions of the pages that one build writes."""

    def __init__(self) -> None:
        self.minutes: dict[str, int] | None = None

    def add(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        """Write the tags of a page (event ``html-page-context``)."""
        tags = []
        if licence := app.config.learning_resource.get("license"):
            tags.append(f'<link rel="license" href="{escape(licence)}" />')
        if doctree is None and pagename in app.env.found_docs:  # the index, which Sphinx generates
            doctree = app.env.get_doctree(pagename)
        if doctree is not None:
            tags.append(data_block(self.describe(app, pagename, context, doctree)))
        context["metatags"] = context.get("metatags", "") + "\n    ".join(["", *tags])

    def describe(
        self, app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document
    ) -> dict[str, Any]:
        """Return the properties of a page."""
        root = app.config.root_doc
        if self.minutes is None:
            self.minutes = minutes_of_chapters(app.env.get_doctree(root))
        paragraphs = [node for node in doctree.findall(nodes.paragraph)
                      if isinstance(node.parent, nodes.section)]  # fmt: skip
        found = {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": app.env.titles[pagename].astext(),
            "description": sentences(" ".join(plain(node) for node in paragraphs[:2])),
            "inLanguage": app.config.language,
            "isAccessibleForFree": True,
            "version": version("klhelpers"),
            "author": {"@type": "Organization", "name": app.config.author},
            **app.config.learning_resource,
        }
        if context.get("pageurl"):
            found["url"] = context["pageurl"]
        course = {"@type": "LearningResource", "name": app.env.titles[root].astext()}
        if app.config.html_baseurl:
            course["url"] = app.config.html_baseurl + app.builder.get_target_uri(root)
        if pagename == root:
            found |= {"@type": "LearningResource", "learningResourceType": "course notes"}
            found["hasPart"] = [self.part(app, chapter) for chapter in self.minutes]
            if self.minutes:
                found["timeRequired"] = f"PT{sum(self.minutes.values())}M"
        else:
            found["isPartOf"] = course
        if pagename in self.minutes:
            found |= {"@type": "LearningResource", "learningResourceType": "tutorial"}
            found["position"] = [*self.minutes].index(pagename) + 1
            found["timeRequired"] = f"PT{self.minutes[pagename]}M"
            found |= objectives(doctree)
        return found

    def part(self, app: Sphinx, chapter: str) -> dict[str, Any]:
        """Return what the landing page says of a chapter."""
        found = {"@type": "LearningResource", "name": app.env.titles[chapter].astext()}
        if app.config.html_baseurl:
            found["url"] = app.config.html_baseurl + app.builder.get_target_uri(chapter)
        return found


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the setting, and act on each page after its address is known."""
    app.add_config_value("learning_resource", {}, "html", dict)
    app.connect("html-page-context", Descriptions().add, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
