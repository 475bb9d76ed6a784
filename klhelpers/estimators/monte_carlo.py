"""Monte Carlo estimates of a KL divergence, with their standard errors."""

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klhelpers._checks import check_bool, check_count
from klhelpers._shown import shown
from klhelpers.estimators.antithetic import antithetic_samples
from klhelpers.estimators.ratios import check_distributions, ratios_at
from klhelpers.estimators.seeds import stateless_seed
from klhelpers.quiet_tensorflow import tfp

tfd = tfp.distributions

# Per-sample values, as functions of ln r with r = b(x)/a(x).
_ESTIMATORS = {
    "k1": lambda log_r: -log_r,
    "k2": lambda log_r: 0.5 * log_r**2,
    "k3": lambda log_r: np.expm1(log_r) - log_r,
}


class MonteCarloKL(NamedTuple):
    """Estimate of a KL divergence in nats, and its standard error.

    Parameters
    ----------
    value : ndarray or float64, batch shape
        Mean over the samples.
    standard_error : ndarray or float64, batch shape
        Estimated standard deviation of `value`.
    """

    value: NDArray[np.float64] | np.float64
    standard_error: NDArray[np.float64] | np.float64


def monte_carlo_kl(
    a: tfd.Distribution,
    b: tfd.Distribution,
    *,
    num_samples: int,
    estimator: str = "k1",
    seed: int,
    antithetic: bool = False,
) -> MonteCarloKL:
    """Estimate KL(a‖b) = E_a[ln a − ln b] from samples of a.

    Parameters
    ----------
    a, b : tfd.Distribution
        Of one dtype and event shape; batch shapes broadcast.
    num_samples : int
        At least 2; with `antithetic`, even and at least 4.
    estimator : {"k1", "k2", "k3"}
        What is averaged, see the notes.
    seed : int
        Of the samples, from 0 on; the same seed gives the same value, whatever TensorFlow's
        global seed.
    antithetic : bool
        Draw the samples in pairs that are mirrored at a's mean.  The standard error is then that
        of the means of the pairs.

    Returns
    -------
    MonteCarloKL
        Named tuple of the value and its standard error, float64, of the broadcast batch shape.
        Both are infinite, with a warning, where a sample lies outside b's support.

    Raises
    ------
    TypeError
        If a or b is no distribution, their dtypes differ, or `antithetic` is asked for an a that
        is not of a symmetric family.
    ValueError
        If the estimator is unknown, the event shapes differ, a cannot evaluate its own samples,
        or a number is out of range.

    Notes
    -----
    With x ~ a and r = b(x)/a(x), the values are k1 = −ln r, k2 = ½ (ln r)² and
    k3 = r − 1 − ln r.  k1 and k3 are unbiased for KL(a‖b), if b's support lies within a's for k3;
    k2 is biased, and close where a and b are.  k2 and k3 are never negative.  The variance of k3
    is infinite if r has no second moment under a: see `klhelpers.tail_index`.  The standard error
    means nothing then.

    References
    ----------
    Schulman (2020), "Approximating KL Divergence".

    Examples
    --------
    >>> from klhelpers.quiet_tensorflow import tfp
    >>> normal = tfp.distributions.Normal
    >>> estimate = monte_carlo_kl(normal(0.0, 1.0), normal(1.0, 1.0), num_samples=4000, seed=0)
    >>> bool(abs(estimate.value - 0.5) < 4 * estimate.standard_error)
    True
    """
    check_distributions(a, b)
    if not (isinstance(estimator, str) and estimator in _ESTIMATORS):
        raise ValueError(f"estimator must be 'k1', 'k2' or 'k3'; got {shown(estimator)}")
    antithetic = check_bool("antithetic", antithetic)
    num_samples = check_count("num_samples", num_samples, least=4 if antithetic else 2)
    seed = stateless_seed(seed)
    if not antithetic:
        x = a.sample(num_samples, seed=seed)
    elif num_samples % 2:
        raise ValueError(f"num_samples must be even for pairs; got {num_samples}")
    else:
        x = antithetic_samples(a, num_samples, seed)
    log_r = ratios_at(a, b, x)
    _warn_of_samples_outside(log_r)
    values = _ESTIMATORS[estimator](log_r)
    if antithetic:
        values = 0.5 * values[: num_samples // 2] + 0.5 * values[num_samples // 2 :]
    return _mean(values)


def _mean(values: NDArray[np.float64]) -> MonteCarloKL:
    """Mean over the first axis and its standard error; both infinite if a value is."""
    infinite = np.any(values == np.inf, axis=0)
    finite = np.where(infinite, 0.0, values)
    value = np.mean(finite, axis=0)
    error = np.sqrt(np.sum((finite - value) ** 2, axis=0) / (len(values) - 1) / len(values))
    return MonteCarloKL(*(np.where(infinite, np.inf, number)[()] for number in (value, error)))


def _warn_of_samples_outside(log_r: NDArray[np.float64]) -> None:
    outside = np.count_nonzero(log_r == -np.inf)
    if outside:
        warnings.warn(
            f"{outside} of {log_r.size} samples of a lie outside b's support, where b(x) = 0: "
            "the estimate of KL(a‖b) is infinite",
            stacklevel=3,
        )
