"""Targets and trainable approximations, parameterised through bijectors.

Each function returns a TensorFlow Probability distribution.  Python numbers become float32, as in
TensorFlow; arrays keep their dtype, and all arguments of one call must agree on it.
"""

from klhelpers._fit_extra import attach as _attach

__getattr__, __dir__, __all__ = _attach(
    __name__,
    submod_attrs={
        "targets": ["gaussian_target", "lecture_target"],
        "trainable": ["lecture_start", "trainable_diag_gaussian", "trainable_full_gaussian"],
    },
)
