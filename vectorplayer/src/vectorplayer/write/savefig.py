"""The keyword arguments of ``savefig`` that ``Animation.save`` hands to a writer."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib import colors
from matplotlib.figure import Figure

from vectorplayer.errors import GrabFrameError

# They choose how pixels are stored, or cut, or printed.  Vectors have no use for them.
WITHOUT_EFFECT = {"backend", "bbox_extra_artists", "orientation", "pad_inches", "pil_kwargs"}


@contextmanager
def savefig_colors(figure: Figure, options: Mapping[str, Any]) -> Iterator[None]:
    """Give the figure the colours that ``savefig`` would give it, for one frame.

    Raises
    ------
    GrabFrameError
        If an option is unknown, or the writer decides it.
    """
    options = dict(options)
    face, edge = options.pop("facecolor", None), options.pop("edgecolor", None)
    if not options.get("transparent"):
        options.pop("transparent", None)  # Matplotlib passes False to a writer of opaque frames
    refused = sorted(options.keys() - WITHOUT_EFFECT)
    if refused:
        raise GrabFrameError(f"savefig_kwargs must not contain {refused} for a vector animation")
    patch = figure.patch
    with ExitStack() as undo:
        for name, color, get, set_ in (
            ("savefig.facecolor", face, patch.get_facecolor, patch.set_facecolor),
            ("savefig.edgecolor", edge, patch.get_edgecolor, patch.set_edgecolor),
        ):
            settings: Any = mpl.rcParams  # whose types know literal names only
            color = settings[name] if color is None else color
            is_own = isinstance(color, str) and color == "auto"
            if not is_own and colors.to_rgba(color) != get():
                undo.callback(set_, get())
                set_(color)
        yield
