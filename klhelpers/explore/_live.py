"""Parts of a panel: a message, named controls, callbacks that fail visibly."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as widgets
import traitlets

_STYLE = (
    # JupyterLab marks controls whose kernel was restarted: they move, and nothing happens.
    "<style>.kl-panel.jupyter-widgets-disconnected::before{content:'The kernel was restarted:"
    " run this cell again.';flex:0 0 100%;color:#b00020;font-weight:600;margin-bottom:.5em}"
    ".kl-panel.jupyter-widgets-disconnected>*{opacity:.4;pointer-events:none}"
    "body[data-jp-theme-light='false'] .kl-panel.jupyter-widgets-disconnected::before"
    "{color:#ff8a80}"
    ".kl-message{color:#b00020;font-weight:600;margin:0;white-space:pre-wrap}"
    "body[data-jp-theme-light='false'] .kl-message{color:#ff8a80}</style>"
)


class Message:
    """A line beside the controls that says what went wrong, read aloud when it changes."""

    def __init__(self) -> None:
        self.widget = widgets.HTML(_STYLE)

    def show(self, text: str) -> None:
        """Show `text`; an empty one removes the message."""
        markup = f'<p class="kl-message" role="alert">{escape(text)}</p>' if text else ""
        self.widget.value = _STYLE + markup

    @property
    def text(self) -> str:
        """The message as markup, without the style sheet."""
        return str(self.widget.value).removeprefix(_STYLE)

    def guard(self, callback: Callable[..., None]) -> Callable[..., None]:
        """Wrap a callback so that its exception is shown here instead of being lost."""

        def guarded(*args: Any) -> None:
            self.show("")  # before the callback: a thread that it starts may show an error
            try:
                callback(*args)
            except Exception as error:
                self.show(f"{type(error).__name__}: {error}")

        return guarded


CONTROL = {"width": "21em"}


class QuietSlider(widgets.FloatSlider):
    """A slider whose moves are not sent back to the browsers, which saves one message per move.

    Two browsers on one kernel see the same picture, but not each other's slider moves.
    """

    value = traitlets.CFloat(0.0).tag(sync=True, echo_update=False)


_STYLE_OF_CONTROL = {"description_width": "8em"}


def slider(
    name: str, value: float, low: float, high: float, step: float, *, short: str | None = None
) -> widgets.FloatSlider | widgets.IntSlider:
    """Make a slider: `name` is its title, `short` its label if the label should differ.

    The slider accepts numbers within its range only.
    """
    whole = all(isinstance(number, int) for number in (value, low, high, step))
    return (widgets.IntSlider if whole else QuietSlider)(
        value,
        min=low,
        max=high,
        step=step,
        description=short or name,
        tooltip=name,
        continuous_update=True,
        readout_format="d" if whole else ".2f" if step >= 0.01 else ".3f",
        style=_STYLE_OF_CONTROL,
        layout=CONTROL,
    )


def choice(name: str, options: Sequence[Any], value: Any) -> widgets.Dropdown:
    """Make a drop-down list of `options`."""
    return widgets.Dropdown(
        options=options,
        value=value,
        description=name,
        tooltip=name,
        style=_STYLE_OF_CONTROL,
        layout=CONTROL,
    )


def rows(*columns: widgets.Widget) -> widgets.HBox:
    """Put the parts of a panel side by side, or below each other where the window is narrow."""
    panel = widgets.HBox(columns, layout={"flex_flow": "row wrap", "align_items": "flex-start"})
    panel.add_class("kl-panel")
    return panel
