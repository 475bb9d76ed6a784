"""The families of q in live figures, as distributions that TensorFlow can train."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

BIJECTORS = ("Exp", "Softplus")


def trainable(family: str, bijector: str, loc: Sequence[float], tril: NDArray[Any]) -> Any:
    """Make a trainable q of a family, float64.

    Parameters
    ----------
    family : {"isotropic", "diagonal", "full"}
    bijector : {"Exp", "Softplus"}
        From unconstrained numbers to the diagonal of the factor.
    loc : (float, float)
        Mean at the start.
    tril : ndarray, shape (2, 2)
        Lower-triangular factor of the covariance at the start; the family must allow it.
    """
    from klhelpers.distributions import trainable_diag_gaussian  # loads TensorFlow
    from klhelpers.quiet_tensorflow import tf, tfp

    tfb = tfp.bijectors
    tfd = tfp.distributions
    positive = getattr(tfb, bijector)()
    start, scale = np.array(loc, np.float64), np.diag(tril)
    if family == "diagonal":
        return trainable_diag_gaussian(start, scale, scale_bijector=positive)
    mean = tf.Variable(start, name="loc")
    if family == "full":
        triangle = tfb.FillScaleTriL(diag_bijector=positive, diag_shift=None)
        factor = tfp.util.TransformedVariable(tril, bijector=triangle, name="scale_tril")
        return tfd.MultivariateNormalTriL(loc=mean, scale_tril=factor)
    raw = tf.Variable(positive.inverse(scale[:1]), name="scale")
    both = tfp.util.DeferredTensor(raw, _twice(bijector), shape=[2])
    return tfd.MultivariateNormalDiag(loc=mean, scale_diag=both)


@cache
def _twice(bijector: str) -> Callable[[Any], Any]:
    """Return the function from one unconstrained number to two equal scales.

    It is cached: a new function in every fit would make TensorFlow trace every fit again.
    """
    from klhelpers.quiet_tensorflow import tf, tfp

    positive = getattr(tfp.bijectors, bijector)()
    return lambda raw: tf.broadcast_to(positive.forward(raw), [2])
