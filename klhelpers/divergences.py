r"""The divergence of two Gaussians, in NumPy and float64: the reference for everything else.

Shapes: ``loc`` is (..., d) and ``scale_tril``, the lower-triangular L of the covariance
S = L Lᵀ, is (..., d, d).  Leading axes are batch axes and broadcast.  Units are nats.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import (
    check_broadcast,
    check_finite,
    check_loc_matches,
    check_scale_tril,
    float64_array,
)
from klhelpers._terms import diagonal, off_diagonal_ratio, rows_over, scale_terms, solve_lower


def kl_gaussian(
    loc_a: ArrayLike, scale_tril_a: ArrayLike, loc_b: ArrayLike, scale_tril_b: ArrayLike
) -> NDArray[np.float64] | np.float64:
    r"""KL(a‖b) = E_a[log a − log b] of two Gaussians; a, the first, does the averaging.

    Parameters
    ----------
    loc_a, loc_b : array_like, shape (..., d)
        Means.
    scale_tril_a, scale_tril_b : array_like, shape (..., d, d)
        Lower-triangular factors of the covariances, with positive diagonals.

    Returns
    -------
    ndarray or float64, shape (...)
        The divergence in nats, never negative; infinite where it exceeds float64.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If a loc is not finite, a scale is no Cholesky factor, or the shapes do not match.

    Notes
    -----
    With M = L_b⁻¹ L_a and z = L_b⁻¹ (loc_a − loc_b), the textbook formula

    .. math:: \tfrac12 \left[ \operatorname{tr} S_b^{-1} S_a
              + \Delta^\top S_b^{-1} \Delta - d + \ln \frac{|S_b|}{|S_a|} \right]

    becomes a sum in which no term can be negative,
    ½ [Σᵢ (mᵢᵢ² − 1 − ln mᵢᵢ²) + Σ_{i>j} mᵢⱼ² + zᵀz], so that nothing large cancels.  M and z come
    from forward substitution with rows divided by the diagonal of L_b, so that scales may lie
    anywhere in the range of float64.

    References
    ----------
    Kullback and Leibler (1951), "On Information and Sufficiency", doi:10.1214/aoms/1177729694.

    Examples
    --------
    >>> round(float(kl_gaussian([0.0], [[1.0]], [1.0], [[1.0]])), 6)
    0.5
    """
    (loc_a, tril_a), (loc_b, tril_b) = checked_pair(loc_a, scale_tril_a, loc_b, scale_tril_b)
    with np.errstate(all="ignore"):
        unit = np.where(np.isfinite(loc_a - loc_b), 1.0, 2.0)  # the difference can overflow
        shift = (loc_a / unit - loc_b / unit)[..., np.newaxis]
        distance = solve_lower(tril_b, rows_over(tril_b, shift) * unit[..., np.newaxis])
        value = (
            np.sum(scale_terms(diagonal(tril_a), diagonal(tril_b)), axis=-1)
            + 0.5 * np.sum(off_diagonal_ratio(tril_a, tril_b) ** 2, axis=(-2, -1))
            + 0.5 * np.sum(distance**2, axis=(-2, -1))
        )
    # A ratio beyond float64 makes the divergence infinite; further rows hold ∞ − ∞ then.
    return np.where(np.isnan(value), np.inf, value)[()]


def checked_pair(
    loc_a: ArrayLike, scale_tril_a: ArrayLike, loc_b: ArrayLike, scale_tril_b: ArrayLike
) -> tuple[tuple[NDArray[Any], NDArray[Any]], tuple[NDArray[Any], NDArray[Any]]]:
    """Return checked float64 arrays of two Gaussians with equally many components, a and b."""
    a, b = checked_gaussian("a", loc_a, scale_tril_a), checked_gaussian("b", loc_b, scale_tril_b)
    entries_a, entries_b = a[0].shape[-1], b[0].shape[-1]
    if entries_a != entries_b:
        raise ValueError(f"loc_b must have as many entries as loc_a, {entries_a}; got {entries_b}")
    check_broadcast(
        loc_a=a[0].shape[:-1],
        scale_tril_a=a[1].shape[:-2],
        loc_b=b[0].shape[:-1],
        scale_tril_b=b[1].shape[:-2],
    )
    return a, b


def checked_gaussian(
    suffix: str, loc: ArrayLike, scale_tril: ArrayLike
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return checked float64 arrays of one Gaussian's arguments, ``loc`` and ``scale_tril``."""
    loc_name, tril_name = (f"{name}_{suffix}".rstrip("_") for name in ("loc", "scale_tril"))
    loc, tril = float64_array(loc_name, loc), float64_array(tril_name, scale_tril)
    check_scale_tril(tril_name, tril)
    check_loc_matches(loc_name, loc, tril_name, tril.shape[-1])
    check_finite(loc_name, loc)
    check_broadcast(**{loc_name: loc.shape[:-1], tril_name: tril.shape[:-2]})
    return loc, tril
