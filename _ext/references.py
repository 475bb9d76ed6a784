"""Sources are listed as the text cites them: by author and year, in a list that is one.

sphinxcontrib-bibtex numbers the list, and writes it with a role that its entries do not match.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style
from pybtex.style.labels import BaseLabelStyle
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

NAME = "author_year_list"


class AuthorYear(BaseLabelStyle):
    """Labels such as "Kullback and Leibler, 1951"."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield the label of each entry."""
        for entry in sorted_entries:
            people = entry.persons.get("author") or entry.persons.get("editor", [])
            names = [
                " ".join(map(str, [*person.rich_prelast_names, *person.rich_last_names]))
                for person in people
            ]
            if len(names) > 2:
                names = [f"{names[0]} et al."]
            yield f"{' and '.join(names) or entry.key}, {entry.fields.get('year', 'n.d.')}"


class AuthorYearStyle(Style):
    """The style ``plain`` with those labels."""

    default_label_style = AuthorYear


class ListReferences(SphinxPostTransform):
    """Write the entries of a bibliography as the entries of a list."""

    default_priority = 30
    formats = ("html",)

    def run(self, **options: Any) -> None:
        """Replace each entry; entries that follow each other share a list."""
        for first in list(self.document.findall(nodes.citation)):
            parent = first.parent
            if parent is None:  # moved already
                continue
            place, found = parent.index(first), nodes.bullet_list(classes=["references"])
            while place < len(parent) and isinstance(parent[place], nodes.citation):
                entry = parent.pop(place)
                label, *texts = entry.children
                item = nodes.list_item(ids=entry["ids"], classes=["citation"])
                source = nodes.strong(label.rawsource, label.astext(), classes=["source"])
                item += nodes.paragraph("", "", source)
                item += texts
                found += item
                entry.parent = None
            parent.insert(place, found)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the style, which ``bibtex_default_style`` names, and the transform."""
    register_plugin("pybtex.style.formatting", NAME, AuthorYearStyle)
    app.add_post_transform(ListReferences)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
