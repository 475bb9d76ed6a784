"""Each chapter's download menu offers the notebook that ``notebook_downloads`` writes."""

from pathlib import Path, PurePosixPath
from typing import Any

from notebook_downloads import FOLDER
from sphinx.application import Sphinx


def offer(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Add the link to the menu of the theme (event ``html-page-context``)."""
    if not (doctree and executed(app, pagename).is_file()):
        return
    for menu in context.get("header_buttons", []):
        if menu.get("label") == "download-buttons":
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


def executed(app: Sphinx, pagename: str) -> Path:
    """Path of the executed notebook of a page."""
    return Path(app.doctreedir).parent / "jupyter_execute" / f"{pagename}.ipynb"


def setup(app: Sphinx) -> dict[str, Any]:
    """Act after the theme has made its menus."""
    app.connect("html-page-context", offer, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
