"""A player, a live figure or an explorer with its caption: in JupyterLab, and on a page."""

import re
from functools import cached_property
from html import escape
from typing import Any

import ipywidgets as widgets
from vectorplayer import VectorPlayer

from klhelpers._shown import shown
from klhelpers._static import WIDGET_VIEW
from klhelpers.explore.explorer import Explorer
from klhelpers.live.figure import LiveFigure

FIGURE_KEY = "klhelpers_figure"
"""Key of an output's metadata: the ``name`` and the ``caption`` of the figure that it shows."""


def with_caption(html: str, caption: str) -> str:
    """Wrap markup in a figure with a caption, as a notebook shows it.

    Examples
    --------
    >>> with_caption("<b>1</b>", "One & $a$.")
    '<figure style="margin:0"><b>1</b><figcaption>One &amp; $a$.</figcaption></figure>'
    """
    return f'<figure style="margin:0">{html}{_figcaption(caption)}</figure>'


def without_caption(html: str, caption: str) -> str:
    """Undo `with_caption`: a page has a figure and a caption of its own.

    Examples
    --------
    >>> without_caption(with_caption("<b>1</b>", "One & $a$."), "One & $a$.")
    '<b>1</b>'
    """
    before, after = with_caption("\0", caption).split("\0")
    return html.removeprefix(before).removesuffix(after)


def _figcaption(caption: str) -> str:
    return f"<figcaption>{escape(caption)}</figcaption>"


class Captioned:
    """A figure that moves, with a caption beneath it.

    JupyterLab shows both.  On a page it is a figure with a number, to which ``{numref}`` refers;
    `klhelpers.figures_on_pages` makes it.

    Parameters
    ----------
    moving : VectorPlayer, LiveFigure or Explorer
        What is shown above the caption.
    name : str
        The label of the figure, such as ``"fig-start"``.
    caption : str
        One paragraph of text.  Formulas stand between dollars; other markup is shown as it is in
        a notebook.

    Raises
    ------
    TypeError
        If `moving` is of another type, or `caption` is not a text.
    ValueError
        If `name` is not made of lower-case letters, digits and hyphens, or `caption` is empty or
        has more than one paragraph.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> from matplotlib.animation import FuncAnimation
    >>> fig, ax = plt.subplots()
    >>> line, = ax.plot([0, 1], [0, 1])
    >>> anim = FuncAnimation(fig, lambda i: line.set_ydata([0, i]), frames=3)
    >>> player = VectorPlayer(anim, alt="A line rises.")
    >>> Captioned(player, name="fig-line", caption="A line.")
    <Captioned: fig-line>
    """

    def __init__(
        self, moving: VectorPlayer | LiveFigure | Explorer, *, name: str, caption: str
    ) -> None:
        if not isinstance(moving, VectorPlayer | LiveFigure | Explorer):
            raise TypeError(
                f"moving must be a VectorPlayer, a LiveFigure or an Explorer; got {shown(moving)}"
            )
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            raise ValueError(
                f"name must be made of lower-case letters, digits and hyphens; got {shown(name)}"
            )
        if not isinstance(caption, str):
            raise TypeError(f"caption must be a text; got {shown(caption)}")
        if not caption.strip() or re.search(r"[\n\r]", caption.strip()):
            raise ValueError(f"caption must be one paragraph in one line; got {shown(caption)}")
        self.moving, self.name, self.caption = moving, name, caption.strip()

    @cached_property
    def widget(self) -> widgets.VBox:
        """The live figure, or the panel of an explorer, with the caption beneath it."""
        live = self.moving.panel.widget if isinstance(self.moving, Explorer) else self.moving
        return widgets.VBox([live, widgets.HTMLMath(_figcaption(self.caption))])

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = dict(self.moving._repr_mimebundle_())
        bundle["text/html"] = with_caption(bundle["text/html"], self.caption)
        bundle["text/plain"] = repr(self)
        if WIDGET_VIEW in bundle:
            bundle[WIDGET_VIEW] = self.widget._repr_mimebundle_()[WIDGET_VIEW]
        return bundle, {FIGURE_KEY: {"name": self.name, "caption": self.caption}}

    def __repr__(self) -> str:
        """Name the figure; its markup is too long to print."""
        return f"<{type(self).__name__}: {self.name}>"
