"""What `Captioned` shows becomes a figure of the page: a number, a name, a caption in MyST.

MyST-NB finds `CaptionedFigures` by the entry point that ``pyproject.toml`` declares.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer, create_figure_context

from klhelpers.captioned import FIGURE_KEY, without_caption


class CaptionedFigures:
    """A renderer of MyST-NB for outputs whose metadata name a figure."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = ()

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Node] | None:
        """Return the figure; None leaves the output to others, also in other formats than HTML.

        MyST-NB renders an output in all its formats and chooses one later; the name of the figure
        may stand in one of them only.
        """
        figure = data.output_metadata.get(FIGURE_KEY)
        if inline or figure is None or data.mime_type != "text/html":
            return None
        content = without_caption(str(data.content), figure["caption"])
        others = {key: value for key, value in data.output_metadata.items() if key != FIGURE_KEY}
        page, found = renderer.renderer, nodes.Element()
        with page.current_node_context(found):
            with create_figure_context(page, figure, data.line or 0):
                plain = replace(data, content=content, output_metadata=others)
                page.current_node.extend(renderer.render_mime_type(plain))
        children: list[nodes.Node] = found.children
        return children
