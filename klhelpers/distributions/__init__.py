"""Targets and trainable approximations, parameterised through bijectors.

Each function returns a TensorFlow Probability distribution.  Python numbers become float32, as in
TensorFlow; arrays keep their dtype, and all arguments of one call must agree on it.
"""

from klhelpers._fit_extra import attach_stub as _attach_stub

__getattr__, __dir__, __all__ = _attach_stub(__name__, __file__)
