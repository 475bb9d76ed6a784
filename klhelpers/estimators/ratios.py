"""Log ratios of two densities at samples of one of them."""

import numpy as np
from numpy.typing import NDArray

from klhelpers._checks import check_broadcast, check_count
from klhelpers._shown import shown
from klhelpers.estimators.seeds import stateless_seed
from klhelpers.estimators.support import log_prob_on_support
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions


def log_ratios(
    a: tfd.Distribution, b: tfd.Distribution, *, num_samples: int, seed: int
) -> NDArray[np.float64]:
    """Log ratios ln b(x) − ln a(x) at samples x of a: the logarithms of importance weights.

    Parameters
    ----------
    a, b : tfd.Distribution
        Of one dtype and event shape; batch shapes broadcast.
    num_samples : int
        At least 1.
    seed : int
        Of the samples, from 0 on; the same seed gives the same samples, whatever TensorFlow's
        global seed.

    Returns
    -------
    ndarray, shape (num_samples, ...)
        −∞ for samples outside b's support.  Further axes are the broadcast batch shape.

    Raises
    ------
    TypeError
        If a or b is no distribution, or their dtypes differ.
    ValueError
        If the event shapes differ, a cannot evaluate its own samples, or an argument is out of
        range.

    Notes
    -----
    The densities are evaluated in the dtype of a and b.  Not checked: whether both have
    densities or both have probabilities.

    Examples
    --------
    >>> from klhelpers.quiet_tensorflow import tfp
    >>> normal = tfp.distributions.Normal
    >>> log_ratios(normal(0.0, 1.0), normal(0.0, 1.0), num_samples=3, seed=0)
    array([0., 0., 0.])
    """
    check_distributions(a, b)
    num_samples = check_count("num_samples", num_samples)
    return ratios_at(a, b, a.sample(num_samples, seed=stateless_seed(seed)))


def ratios_at(a: tfd.Distribution, b: tfd.Distribution, x: tf.Tensor) -> NDArray[np.float64]:
    """Evaluate ln b(x) − ln a(x) at samples x of a, of shape (n, ...)."""
    # If b's batch shape has more axes than a's, x gets them, too, after that of the samples.
    missing = max(len(b.batch_shape) - len(a.batch_shape), 0)
    x = tf.reshape(x, [x.shape[0]] + [1] * missing + x.shape[1:])
    log_a = np.asarray(a.log_prob(x), np.float64)
    log_b = np.asarray(log_prob_on_support(b, x), np.float64)
    for name, wrong in (("a", ~np.isfinite(log_a)), ("b", log_b == np.inf)):
        if np.any(wrong):
            raise ValueError(
                f"{name} must have a finite log density at the samples of a; "
                f"{np.count_nonzero(wrong)} of {wrong.size} are not: float64 may help"
            )
    return log_b - log_a


def check_distributions(a: tfd.Distribution, b: tfd.Distribution) -> None:
    """Raise TypeError or ValueError unless a and b are distributions of the same events."""
    for name, value in (("a", a), ("b", b)):
        if not isinstance(value, tfd.Distribution) or isinstance(value, tfd.JointDistribution):
            raise TypeError(
                f"{name} must be a distribution of TensorFlow Probability with one tensor as "
                f"its event; got {shown(value)}"
            )
    if a.dtype != b.dtype:
        stated = (tf.as_dtype(one.dtype).name for one in (a, b))
        raise TypeError("a and b must have one dtype; got a {} and b {}".format(*stated))
    if a.event_shape != b.event_shape:
        raise ValueError(
            f"a and b must have one event shape; got a {tuple(a.event_shape)} "
            f"and b {tuple(b.event_shape)}"
        )
    check_broadcast(a=tuple(a.batch_shape), b=tuple(b.batch_shape))
