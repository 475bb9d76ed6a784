"""A chapter opens with its question and a small picture; the landing page shows all pictures.

The first paragraph of a chapter is its question.  `chapter_pictures` draws the picture when the
book is built; the line below it leads to the figure that shows the same in full.  A chapter without
a module there has its question only.
"""

from typing import Any

from chapter_pictures import OPENINGS
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)


class Openings(SphinxPostTransform):
    """Put the pictures into the pages, when their links are resolved."""

    default_priority = 300
    formats = ("html",)

    def run(self, **options: Any) -> None:
        """Change the page that is being written, if it is a chapter or lists chapters."""
        if self.env.docname.startswith("chapters/"):
            self.open_chapter()
        elif self.env.docname == self.config.root_doc:
            self.illustrate_table()

    def open_chapter(self) -> None:
        """Mark the question, and put the picture after it."""
        section = next(self.document.findall(nodes.section))
        question = section.children[1]
        if not (isinstance(question, nodes.paragraph) and question.astext().endswith("?")):
            logger.warning("the first paragraph must be the chapter's question", location=section)
            return
        question["classes"].append("question")
        if self.env.docname not in OPENINGS:
            return
        opening = OPENINGS[self.env.docname]
        numbers = self.env.toc_fignumbers.get(self.env.docname, {}).get("figure", {})
        if opening.figure not in numbers:
            logger.warning("%r names no figure of this page", opening.figure, location=section)
            return
        number = ".".join(map(str, numbers[opening.figure]))
        section.insert(
            2,
            nodes.raw(
                "",
                f'<figure class="opening">{opening.draw().svg()}<figcaption>{opening.caption}. '
                f'See <a class="reference internal" href="#{opening.figure}">Fig. {number}</a>.'
                "</figcaption></figure>",
                format="html",
            ),
        )

    def illustrate_table(self) -> None:
        """Put the picture of a chapter above the link to it, in tables."""
        for entry in self.document.findall(nodes.entry):
            for link in entry.findall(nodes.reference):
                chapter = link.get("refuri", "").partition("#")[0].removesuffix(".html")
                if chapter in OPENINGS:
                    svg = OPENINGS[chapter].draw().svg()
                    entry.insert(0, nodes.raw("", svg, format="html"))
                    break


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transform."""
    app.add_post_transform(Openings)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
