"""The update rules of the optimisers in NumPy, as in ``js/update.js``."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rule = Callable[[Array, Array], Array]

_BETA_1, _BETA_2, _EPSILON = 0.9, 0.999, 1e-7  # as in klhelpers.fit
# In the correction of the bias, Keras rounds both to single precision, for a float64 fit, too.
_ROUNDED_1, _ROUNDED_2 = float(np.float32(_BETA_1)), float(np.float32(_BETA_2))


def update_rule(name: str, rate: float, natural: Rule) -> Rule:
    """Make an optimiser without memory: from variables and gradient to the next variables.

    Parameters
    ----------
    name : {"gradient descent", "Adam", "natural gradient"}
    rate : float
    natural : callable
        From variables and gradient to the natural gradient.
    """
    if name == "gradient descent":
        return lambda x, g: x - rate * g
    if name == "natural gradient":
        return lambda x, g: x - rate * natural(x, g)
    first: Array = np.zeros(1)
    second: Array = np.zeros(1)
    count = 0

    def adam(x: Array, g: Array) -> Array:
        nonlocal first, second, count
        count += 1
        first = first + (g - first) * (1 - _BETA_1)
        second = second + (g * g - second) * (1 - _BETA_2)
        corrected = rate * np.sqrt(1 - _ROUNDED_2**count) / (1 - _ROUNDED_1**count)
        change: Array = corrected * first / (np.sqrt(second) + _EPSILON)
        return x - change

    return adam
