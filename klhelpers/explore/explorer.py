"""An explorer: its live panel, its player, and which of them a notebook shows."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from vectorplayer import VectorPlayer

from klhelpers._shown import shown
from klhelpers._static import WIDGET_VIEW, static_only


class Explorer:
    """An interactive figure: a panel of live controls with a kernel, a player without one.

    Parameters
    ----------
    name : str
        What is explored, for ``repr``.
    make_player : callable
        Makes the `VectorPlayer` over precomputed values.
    make_panel : callable
        Makes the panel: an object with the ipywidgets ``widget`` to show and a ``close`` that
        ends what still runs.

    Raises
    ------
    TypeError
        If `name` is no string, or `make_player` or `make_panel` cannot be called.

    Notes
    -----
    The player and the panel are made once, at their first use.  `klhelpers._static` describes the
    setting that chooses between them.
    """

    def __init__(
        self, name: str, make_player: Callable[[], VectorPlayer], make_panel: Callable[[], Any]
    ) -> None:
        if not isinstance(name, str):
            raise TypeError(f"name must be a string; got {shown(name)}")
        for argument, make in (("make_player", make_player), ("make_panel", make_panel)):
            if not callable(make):
                raise TypeError(f"{argument} must be callable; got {shown(make)}")
        self._name, self._make_player, self._make_panel = name, make_player, make_panel
        self._closed = False

    @cached_property
    def player(self) -> VectorPlayer:
        """The player, which works on a page without a kernel."""
        return self._make_player()

    @cached_property
    def panel(self) -> Any:
        """The live panel; its ``widget`` is an ordinary ipywidget."""
        if self._closed:
            raise RuntimeError(f"{self!r} was closed; make a new one")
        return self._make_panel()

    def close(self) -> None:
        """End what runs and remove the panel from the notebook.  May be called twice."""
        self._closed = True
        if "panel" in vars(self):
            self.panel.close()
            self.panel.widget.close()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle = self.player._repr_mimebundle_() | {"text/plain": repr(self)}
        if not static_only() and not self._closed:
            view = self.panel.widget._repr_mimebundle_()
            bundle |= {WIDGET_VIEW: view[WIDGET_VIEW]}
        return bundle

    def __repr__(self) -> str:
        """Name the explorer; its markup is too long to print."""
        return f"<{type(self).__name__}: {self._name}>"
