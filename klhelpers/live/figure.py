"""What all live figures share in Python: traits, a still picture, markup, the widget."""

import json
from typing import Any, ClassVar

import anywidget
import traitlets
from matplotlib.figure import Figure
from vectorplayer import VectorFigure

from klhelpers._shown import shown
from klhelpers._static import WIDGET_VIEW, static_only
from klhelpers.live.assets import figure_rules, live_block, style, widget_module


class LiveFigure(anywidget.AnyWidget):
    """A figure that a reader takes hold of; subclasses say which.

    Parameters
    ----------
    about : dict, optional
        What the author says about the figure, for its script: it is not part of the state.
    **quantities : any
        Values of the state; the others have their defaults.

    Attributes
    ----------
    KIND : str
        Name of the kind of figure, by which its script and its rules are found.
    ALT : str
        What the still shows, in words for those who do not see it.
    kind : str
        ``KIND``, as a trait that the script reads.

    Raises
    ------
    TypeError
        If a name is unknown, `about` is no dict, or a class without a ``KIND`` is called.
    ValueError
        If a value is out of range, or values do not go together.

    Notes
    -----
    With a kernel, the figure is a widget, whose traits are the quantities: dragging sets them, and
    setting them moves the picture.  On a page the same script runs without a kernel.
    `klhelpers._static` describes the setting that chooses between them.
    """

    KIND: ClassVar[str]
    ALT: Any  # text for those who do not see the still: a constant, or a property
    _esm, _css = widget_module(), style()
    kind = traitlets.Unicode().tag(sync=True)
    about = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, *, about: dict[str, Any] | None = None, **quantities: Any) -> None:
        if not hasattr(self, "KIND"):
            raise TypeError(f"{type(self).__name__} must have a KIND: make a figure of a subclass")
        if not isinstance(about, dict | None):
            raise TypeError(f"about must be a dict; got {shown(about)}")
        rules = figure_rules()[self.KIND]
        for name in quantities:
            if name not in rules:
                known = ", ".join(rules)
                raise TypeError(f"{type(self).__name__} has no {name}; it has {known}")
        self.set_trait("about", about or {})
        super().__init__(kind=self.KIND, **quantities)

    @property
    def values(self) -> dict[str, Any]:
        """The state: the value of each quantity."""
        return {name: getattr(self, name) for name in figure_rules()[self.KIND]}

    @traitlets.validate(*{name for rules in figure_rules().values() for name in rules})
    def _go_together(self, proposal: Any) -> Any:
        self.check(self.values | {proposal["trait"].name: proposal["value"]})
        return proposal["value"]

    def check(self, values: dict[str, Any]) -> None:
        """Raise ValueError if valid values do not go together.

        Parameters
        ----------
        values : dict
            The state that is about to be set: a value for each quantity.
        """

    def still(self) -> Figure:
        """Draw the figure as it is now: what is seen without scripts.

        Returns
        -------
        matplotlib.figure.Figure
            A new figure, which pyplot does not know.
        """
        raise NotImplementedError

    def beside(self, still: str) -> str:
        """Add HTML around that of the still; a live figure hides it, too.

        Parameters
        ----------
        still : str
            HTML of the still.

        Returns
        -------
        str
            HTML that holds it.
        """
        return still

    @property
    def html(self) -> str:
        """The figure as HTML for any page."""
        state = {"values": self.values, "about": self.about}
        given = json.dumps(state, ensure_ascii=False).replace("<", "\\u003c")
        still = VectorFigure(self.still(), alt=self.ALT)._repr_mimebundle_()["text/html"]
        return (
            f'{live_block()}<kl-live class="kl-live" data-figure="{self.KIND}">'
            f'<script type="application/json">{given}</script>'
            f'<div class="kl-still">{self.beside(still)}</div></kl-live>'
        )

    def open(self) -> None:
        """Speak with the browser, unless the output is for a page."""
        if not static_only():
            super().open()

    # IPython takes a dictionary alone, too.
    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:  # type: ignore[override]
        bundle: dict[str, Any] = {"text/plain": repr(self), "text/html": self.html}
        if self.comm is not None:
            bundle[WIDGET_VIEW] = {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.model_id,
            }
        return bundle

    def __repr__(self) -> str:
        """Show the state."""
        inside = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{type(self).__name__}({inside})"
