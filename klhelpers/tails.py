"""How heavy the tail of importance weights is: exact, for two Gaussians, in NumPy."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import check_broadcast, check_scale_tril, float64_array
from klhelpers._terms import rows_over, solve_lower


def tail_index(
    scale_tril_a: ArrayLike, scale_tril_b: ArrayLike
) -> NDArray[np.float64] | np.float64:
    """Tail index k of the weights w = b(x)/a(x), x ~ a, of two Gaussians.

    Parameters
    ----------
    scale_tril_a, scale_tril_b : array_like, shape (..., d, d)
        Lower-triangular factors of the covariances, with positive diagonals; leading axes
        broadcast.

    Returns
    -------
    ndarray or float64, shape (...)
        From 0, all moments of w are finite, to 1.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If an argument is no Cholesky factor, or the sizes differ.

    Notes
    -----
    With the precisions P_a and P_b, E_a[wᵗ] is the integral of a Gaussian function whose matrix is
    (1 − t) P_a + t P_b.  It is finite if and only if this is positive definite, that is, if
    1 − t + t λ > 0 for every eigenvalue λ of C = L_aᵀ P_b L_a.  So moments exist for t < 1/k,
    where

        k = max(0, 1 − λ_min(C)).

    The mean of w is finite always, and its variance for k < ½.  The means of a and b do not change
    the index.  For k = 0 all moments are finite, yet different means can make the weights vary as
    much as any heavy tail does in a sample of ordinary size.

    The smallest eigenvalue is 1/σ², with σ the largest singular value of L_a⁻¹ L_b.

    References
    ----------
    Vehtari, Simpson, Gelman, Yao and Gabry (2024), "Pareto Smoothed Importance Sampling", JMLR
    25(72), estimate k from weights.

    Examples
    --------
    A b whose standard deviation is twice that of a:

    >>> float(tail_index([[1.0]], [[2.0]]))
    0.75
    >>> float(tail_index([[2.0]], [[1.0]]))
    0.0
    """
    a, b = float64_array("scale_tril_a", scale_tril_a), float64_array("scale_tril_b", scale_tril_b)
    check_scale_tril("scale_tril_a", a)
    check_scale_tril("scale_tril_b", b)
    if a.shape[-1] != b.shape[-1]:
        raise ValueError(
            f"scale_tril_b must have as many rows as scale_tril_a, {a.shape[-1]}; got {b.shape[-1]}"
        )
    check_broadcast(scale_tril_a=a.shape[:-2], scale_tril_b=b.shape[:-2])
    with np.errstate(all="ignore"):
        ratio = solve_lower(a, rows_over(a, b))
        beyond = ~np.all(np.isfinite(ratio), axis=(-2, -1))  # then λ_min is 0 in float64
        finite = np.where(beyond[..., np.newaxis, np.newaxis], 0.0, ratio)
        largest = np.where(beyond, np.inf, np.linalg.norm(finite, 2, axis=(-2, -1)))
        index: NDArray[np.float64] | np.float64 = np.maximum(0.0, 1 - largest**-2)[()]
        return index
