"""A solution is a fold in place: "Show solution to exercise 2.1".

sphinx-exercise gives a solution the exercise's title as a link, which leads away from the solution
when the reader wants to open it.  Here the title is the summary of a ``<details>``, which opens
with the mouse and the keyboard, and without a script.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator
from sphinx_exercise.nodes import is_exercise_node, is_solution_node
from sphinx_exercise.utils import get_node_number


class fold(nodes.General, nodes.Element):
    """Content behind a line that opens it; ``what`` names it, after "Show" or "Hide"."""


class FoldSolutions(SphinxPostTransform):
    """Replace the solutions of sphinx-exercise, when their titles are known."""

    default_priority = 30
    formats = ("html",)

    def run(self, **options: Any) -> None:
        """Replace every solution of a page."""
        registry = getattr(self.env, "sphinx_exercise_registry", {})
        for box in list(
            self.document.findall(lambda n: is_exercise_node(n) or is_solution_node(n))
        ):
            for section in box.findall(nodes.section):
                section["ids"] = []  # the same in all boxes, so that it names none of them
            if is_solution_node(box) and box["target_label"] in registry:
                exercise = registry[box["target_label"]]["node"]
                number = get_node_number(self.app, exercise, "exercise")
                content = fold("", *box.children[1:], ids=box["ids"], classes=["solution"])
                content["what"] = f"solution to exercise {number}"
                box.replace_self(content)


def visit_fold(self: HTML5Translator, node: fold) -> None:
    """Begin the fold with its line."""
    self.body.append(self.starttag(node, "details"))
    what = self.encode(node["what"])
    self.body.append(
        f'<summary><span class="show">Show {what}</span>'
        f'<span class="hide">Hide {what}</span></summary>\n'
    )


def depart_fold(self: HTML5Translator, node: fold) -> None:
    """End the fold."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the node and the transform."""
    app.add_node(fold, html=(visit_fold, depart_fold))
    app.add_post_transform(FoldSolutions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
