"""The explorer of fits: live controls with a kernel, a player without one."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "explorer": ["Explorer"],
        "fit": ["explore_fit"],
    },
)
