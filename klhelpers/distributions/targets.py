"""Gaussian targets p with any Cholesky factor."""

import numpy as np
from numpy.typing import ArrayLike

from klhelpers._checks import check_broadcast, check_count, check_finite, check_loc_matches
from klhelpers.distributions._tensors import real_tensors
from klhelpers.quiet_tensorflow import tf, tfp

tfb = tfp.bijectors
tfd = tfp.distributions


def gaussian_target(
    unconstrained: ArrayLike, *, loc: ArrayLike | None = None
) -> tfd.MultivariateNormalTriL:
    """Gaussian whose Cholesky factor comes from any d(d + 1)/2 real numbers.

    Parameters
    ----------
    unconstrained : array_like, shape (..., d (d + 1) / 2)
        Any finite numbers: 3 of them for d = 2, 6 for d = 3, 10 for d = 4.
    loc : array_like, shape (..., d), optional
        Mean; zero by default.

    Returns
    -------
    tfd.MultivariateNormalTriL
        N(loc, L Lᵀ) with L = ``tfb.FillScaleTriL()(unconstrained)``.

    Raises
    ------
    TypeError
        If the numbers are not real or the dtypes differ.
    ValueError
        If a number is not finite, their count is not triangular, or loc has another length.

    Notes
    -----
    ``FillScaleTriL`` fills a lower triangle, clockwise from the last number, takes the softplus
    of its diagonal and adds 1e-5, so that L is always a valid Cholesky factor.

    Examples
    --------
    >>> gaussian_target([-0.5, 1.25, 1.0]).scale_tril.numpy().tolist()
    [[1.3132..., 0.0], [1.25, 0.4740...]]
    """
    return _gaussian_target(unconstrained, loc, diag_shift=1e-5)


def lecture_target(*, seed: int = 41) -> tfd.MultivariateNormalTriL:
    """Return the lecture's target p: mean zero and a random Cholesky factor, float32.

    Parameters
    ----------
    seed : int
        TensorFlow's global seed, which this function sets, as the lecture does.

    Returns
    -------
    tfd.MultivariateNormalTriL
        Event shape (2,).  The scale is the softplus-diagonal triangle of three uniform numbers,
        without the 1e-5 that `gaussian_target` adds.

    Raises
    ------
    TypeError, ValueError
        If `seed` is no whole number, or negative.
    """
    tf.random.set_seed(check_count("seed", seed, least=0))
    return _gaussian_target(tf.random.uniform([3]), None, diag_shift=0)


def _gaussian_target(
    unconstrained: ArrayLike, loc: ArrayLike | None, *, diag_shift: float
) -> tfd.MultivariateNormalTriL:
    """Build the target N(loc, L Lᵀ), L the softplus-diagonal triangle plus `diag_shift`."""
    given = {"unconstrained": unconstrained} | ({} if loc is None else {"loc": loc})
    numbers, *rest = real_tensors(**given)
    check_finite("unconstrained", numbers.numpy())
    count = numbers.shape[-1] if numbers.shape.rank else 0
    size = (np.sqrt(8 * count + 1) - 1) / 2
    if count == 0 or size != int(size):
        raise ValueError(
            "unconstrained must hold a triangular number of entries, 1, 3, 6, 10, ..., "
            f"d (d + 1) / 2 of them for d dimensions; got {count}"
        )
    mean = rest[0] if rest else tf.zeros([int(size)], numbers.dtype)
    check_loc_matches("loc", mean.numpy(), "the scale's diagonal", int(size))
    check_finite("loc", mean.numpy())
    check_broadcast(unconstrained=numbers.shape[:-1], loc=mean.shape[:-1])
    # As an array: a Python number would make the bijector one of float32 alone.
    bijector = tfb.FillScaleTriL(diag_shift=np.array(diag_shift, numbers.dtype.name))
    return tfd.MultivariateNormalTriL(loc=mean, scale_tril=bijector(numbers))
