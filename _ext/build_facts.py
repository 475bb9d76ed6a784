"""Tables of what built the book: versions of packages, and the processor time of each chapter.

Versions are those of the environment in which the build runs.  Seconds are not measured by the
build, whose pages would then differ from one build to the next: ``make bench`` writes them into a
file, which is committed.
"""

import json
import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

SECONDS = "benchmarks/chapter_seconds.json"

USES = {
    "dependencies": "`klhelpers`",
    "fit": "distributions and fits",
    "chapters": "cells of chapters",
    "book": "the build",
    "lab": "JupyterLab",
}
"""What each list of dependencies in ``pyproject.toml`` is for."""


def table(head: list[str], align: str, rows: list[list[str]]) -> str:
    """Return a Markdown table; ``align`` has an ``l`` or an ``r`` for each column."""
    rule = ["---:" if side == "r" else "---" for side in align]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, rule, *rows])


def direct_dependencies(root: Path) -> dict[str, list[str]]:
    """Return the packages that ``pyproject.toml`` names, and what each of them is for."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    lists = {"dependencies": project["dependencies"], **project["optional-dependencies"]}
    found: dict[str, list[str]] = {}
    for name, use in USES.items():
        for requirement in lists[name]:
            package = re.match(r"[\w.-]+", requirement)[0]
            if package != project["name"]:
                found.setdefault(package, []).append(use)
    return found


class PackageVersions(SphinxDirective):
    """A table of the packages that the book depends on directly."""

    def run(self) -> list[nodes.Node]:
        """Read the versions of the packages that are installed."""
        root = Path(self.env.srcdir)
        for file in ("pyproject.toml", "requirements.txt"):
            self.env.note_dependency(str(root / file))
        rows = [["Python", f"{sys.version_info[0]}.{sys.version_info[1]}", "everything"]]
        rows += [
            [package, version(package), ", ".join(uses)]
            for package, uses in sorted(
                direct_dependencies(root).items(), key=lambda item: item[0].lower()
            )
        ]
        return self.parse_text_to_nodes(table(["package", "version", "used by"], "lrl", rows))


class ChapterSeconds(SphinxDirective):
    """A table of the recorded times, and a sentence on where and when they were measured."""

    def run(self) -> list[nodes.Node]:
        """Read the record."""
        file = Path(self.env.srcdir) / SECONDS
        self.env.note_dependency(str(file))
        record = json.loads(file.read_text("utf-8"))
        pages = [page for page in self.env.toctree_includes[self.config.root_doc]
                 if page in record["seconds"]]  # fmt: skip
        rows = [[f"[]({page}.md)", f"{record['seconds'][page]:.1f}"] for page in pages]
        rows.append(["all", f"{sum(record['seconds'][page] for page in pages):.1f}"])
        text = f"Measured on {record['date']}: {record['machine']}.\n\n" + table(
            ["chapter", "seconds of processor time"], "lr", rows
        )
        return self.parse_text_to_nodes(text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register both directives."""
    app.add_directive("package-versions", PackageVersions)
    app.add_directive("chapter-seconds", ChapterSeconds)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
