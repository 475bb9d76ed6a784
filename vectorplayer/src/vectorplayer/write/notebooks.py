"""Notebooks that show every Matplotlib animation by the player."""

from collections.abc import Callable
from typing import Any

from matplotlib.animation import Animation, FuncAnimation
from matplotlib.figure import Figure

from vectorplayer.write.player import VectorPlayer


def show_animations_in_notebooks(**options: Any) -> Callable[[], None]:
    """Let IPython show each Matplotlib animation as a `VectorPlayer`.

    An animation at the end of a cell, or given to IPython's ``display``, is drawn and shown;
    nothing has to be wrapped.  It is drawn anew each time that it is shown.

    Parameters
    ----------
    **options
        As for `VectorPlayer`, for all animations.

    Returns
    -------
    callable
        Call it without arguments to return to what was before.

    Raises
    ------
    RuntimeError
        If there is no IPython session.
    TypeError, ValueError
        If an option has the wrong name, type or value.

    Examples
    --------
    In a notebook::

        restore = vectorplayer.show_animations_in_notebooks(dpi=80)
        FuncAnimation(fig, draw, frames=100)
        restore()
    """
    # An animation of nothing, to have the options checked now.
    VectorPlayer(FuncAnimation(Figure(), lambda _: None, frames=1), **options)
    display = _display_formatter()
    printers = display.mimebundle_formatter.type_printers
    printer = _Printer(display, options, before=printers.get(Animation))
    printers[Animation] = printer

    def restore() -> None:
        printer.undone = True
        current = printers.pop(Animation, None)
        while isinstance(current, _Printer) and current.undone:
            current = current.before
        if current is not None:
            printers[Animation] = current

    return restore


class _Printer:
    """Give IPython the forms in which it can show an animation."""

    def __init__(
        self, display: Any, options: dict[str, Any], before: Callable[[Any], Any] | None
    ) -> None:
        self.before, self.undone = before, False
        self._display, self._options = display, options

    def __call__(self, anim: Animation) -> dict[str, Any] | None:
        if not self._display.formatters["text/html"].enabled:
            return None  # a terminal, which could not show what was drawn
        return VectorPlayer(anim, **self._options)._repr_mimebundle_()


def _display_formatter() -> Any:
    """Return the object of the IPython session that looks for the forms of a result."""
    try:
        from IPython import get_ipython  # not a dependency: where it runs, it is installed
    except ImportError:
        shell = None
    else:
        shell = get_ipython()
    if shell is None:
        raise RuntimeError(
            "show_animations_in_notebooks must be called in a notebook or an IPython session; "
            "elsewhere use VectorPlayer(anim).save(path)"
        )
    return shell.display_formatter
