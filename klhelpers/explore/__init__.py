"""The explorer of fits: live controls with a kernel, a player without one."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
