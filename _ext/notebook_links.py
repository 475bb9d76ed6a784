"""Each chapter's download menu offers the executed notebook beside the source.

The notebook is ``_downloads/notebooks/<chapter>.ipynb``, with all outputs.
"""

import shutil
from pathlib import Path, PurePosixPath
from typing import Any

from sphinx.application import Sphinx

FOLDER = "_downloads/notebooks"


class NotebookLinks:
    """The notebooks that the pages of one build offer."""

    def __init__(self) -> None:
        self.offered: list[str] = []

    def offer(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        """Add the link to the menu of the theme (event ``html-page-context``)."""
        if not (doctree and executed(app, pagename).is_file()):
            return
        for menu in context.get("header_buttons", []):
            if menu.get("label") == "download-buttons":
                self.offered.append(pagename)
                address = f"{FOLDER}/{PurePosixPath(pagename).name}.ipynb"
                menu["buttons"].insert(
                    0,
                    {
                        "type": "link",
                        "url": context["pathto"](address, 1),
                        "text": ".ipynb",
                        "icon": "fas fa-code",
                        "tooltip": "Download the notebook with its outputs",
                        "label": "download-notebook-button",
                    },
                )

    def copy(self, app: Sphinx, exception: Exception | None) -> None:
        """Copy what no other extension has written (event ``build-finished``)."""
        if exception or app.builder.format != "html":
            return
        folder = Path(app.outdir) / FOLDER
        for name in self.offered:
            target = folder / f"{PurePosixPath(name).name}.ipynb"
            if not target.exists():
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(executed(app, name), target)


def executed(app: Sphinx, pagename: str) -> Path:
    """Path of the executed notebook of a page."""
    return Path(app.doctreedir).parent / "jupyter_execute" / f"{pagename}.ipynb"


def setup(app: Sphinx) -> dict[str, Any]:
    """Act after the theme has made its menus, and before the pages are published."""
    links = NotebookLinks()
    app.connect("html-page-context", links.offer, priority=600)
    app.connect("build-finished", links.copy, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
