"""Helpers of the course notes on minimising the Kullback-Leibler divergence.

Every public name is loaded at its first use (the convention of SPEC 1), so that
``import klhelpers`` is quick, prints nothing, and leaves TensorFlow alone until a distribution,
an estimate or a fit is asked for.  Plotting, animation, live figures and the closed forms never
load it: it is the extra ``klhelpers[fit]``, and without it the names that need it raise an
ImportError.
"""

import lazy_loader as _lazy

__version__ = "0.1.0"

_load, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    try:
        return _load(name)
    except ModuleNotFoundError as error:
        from klhelpers._fit_extra import explained

        raise explained(f"{__name__}.{name}", error) from error.__cause__
