"""Notebooks that show every Matplotlib animation, or every figure, as vectors."""

from collections.abc import Callable
from typing import Any

from matplotlib.animation import Animation, FuncAnimation
from matplotlib.figure import Figure

from vectorplayer.write.player import VectorPlayer
from vectorplayer.write.still import VectorFigure


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
    return _show(Animation, VectorPlayer, options, "show_animations_in_notebooks")


def show_figures_in_notebooks(**options: Any) -> Callable[[], None]:
    """Let IPython show each Matplotlib figure as a `VectorFigure`.

    This holds for figures at the end of a cell, given to ``display``, and for those of pyplot that
    the inline backend shows when a cell has run.

    Parameters
    ----------
    **options
        As for `VectorFigure`, for all figures.

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

        restore = vectorplayer.show_figures_in_notebooks()
        plt.plot([0, 1])
        restore()
    """
    VectorFigure(Figure(), **options)  # to have the options checked now
    return _show(Figure, VectorFigure, options, "show_figures_in_notebooks")


def _show(
    kind: type, make: Callable[..., Any], options: dict[str, Any], name: str
) -> Callable[[], None]:
    """Let IPython show all objects of a kind by what ``make`` makes of them."""
    display = _display_formatter(name)
    printers = display.mimebundle_formatter.type_printers
    printer = _Printer(display, lambda shown: make(shown, **options), before=printers.get(kind))
    printers[kind] = printer

    def restore() -> None:
        printer.undone = True
        current = printers.pop(kind, None)
        while isinstance(current, _Printer) and current.undone:
            current = current.before
        if current is not None:
            printers[kind] = current

    return restore


class _Printer:
    """Give IPython the forms in which it can show an object."""

    def __init__(
        self, display: Any, make: Callable[[Any], Any], before: Callable[[Any], Any] | None
    ) -> None:
        self.before, self.undone = before, False
        self._display, self._make = display, make

    def __call__(self, shown: Any) -> dict[str, Any] | None:
        if not self._display.formatters["text/html"].enabled:
            return None  # a terminal, which could not show what was drawn
        bundle: dict[str, Any] = self._make(shown)._repr_mimebundle_()
        return bundle


def _display_formatter(name: str) -> Any:
    """Return the object of the IPython session that looks for the forms of a result."""
    try:
        from IPython import get_ipython  # not a dependency: where it runs, it is installed
    except ImportError:
        shell = None
    else:
        shell = get_ipython()
    if shell is None:
        raise RuntimeError(
            f"{name} must be called in a notebook or an IPython session; "
            "elsewhere use VectorPlayer(anim).save(path) or VectorFigure(fig).save(path)"
        )
    return shell.display_formatter
