"""Figures that a reader takes hold of: on a page without a kernel, and in JupyterLab."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "assets": ["live_block"],
        "figure": ["LiveFigure"],
        "descent": ["descend"],
        "fit": ["FitFigure"],
        "guess": ["GuessFigure"],
        "modes": ["ModesFigure"],
        "pair": ["PairFigure"],
        "surface": ["SurfaceFigure"],
    },
)
