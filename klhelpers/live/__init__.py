"""Figures that a reader takes hold of: on a page without a kernel, and in JupyterLab."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
