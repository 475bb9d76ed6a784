"""Figures: density contours, exact ellipses, and the animation of a recorded fit."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
