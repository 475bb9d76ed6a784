"""Explorers: live controls with a kernel, a player without one."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "divergences": ["explore_divergences"],
        "explorer": ["Explorer"],
        "fit": ["explore_fit"],
        "landscape": ["explore_landscape"],
    },
)
