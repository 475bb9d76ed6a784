r"""Closed forms for Gaussians, in NumPy and float64: the reference for everything else.

Shapes: ``loc`` is (..., d) and ``scale_tril``, the lower-triangular L of the covariance
S = L Lᵀ, is (..., d, d).  Leading axes are batch axes and broadcast.  Units are nats.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import check_finite, check_loc_matches, check_scale_tril, float64_array
from klhelpers._terms import (
    diagonal,
    half_log_one_plus,
    off_diagonal_ratio,
    relative_to_diagonal,
    root_one_plus,
    rows_over,
    scale_terms,
    solve_lower,
)
from klhelpers.direction import check_direction


class DiagGaussian(NamedTuple):
    """Mean and standard deviations of a diagonal (mean-field) Gaussian.

    Parameters
    ----------
    loc : ndarray, shape (..., d)
    scale : ndarray, shape (..., d)
    """

    loc: NDArray[np.float64]
    scale: NDArray[np.float64]


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
    ½ [Σᵢ (mᵢᵢ² − 1 − ln mᵢᵢ²) + Σ_{i>j} mᵢⱼ² + |z|²], so that nothing large cancels.  M and z come
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
    loc_a, tril_a = _gaussian("a", loc_a, scale_tril_a)
    loc_b, tril_b = _gaussian("b", loc_b, scale_tril_b)
    if loc_a.shape[-1] != loc_b.shape[-1]:
        raise ValueError(
            f"loc_b must have as many entries as loc_a, {loc_a.shape[-1]}; got {loc_b.shape[-1]}"
        )
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


def optimal_diag_gaussian(loc: ArrayLike, scale_tril: ArrayLike, *, direction: str) -> DiagGaussian:
    """Find the diagonal Gaussian q closest to p = N(loc, L Lᵀ).

    Parameters
    ----------
    loc : array_like, shape (..., d)
        Mean of p.
    scale_tril : array_like, shape (..., d, d)
        Lower-triangular factor L of p's covariance S.
    direction : {"reverse", "forward"}
        "forward" minimises KL(p‖q), "reverse" minimises KL(q‖p).

    Returns
    -------
    DiagGaussian
        Named tuple of loc, (..., d), and scale, (..., d): the standard deviations of q.

    Raises
    ------
    TypeError, ValueError
        As in `kl_gaussian`; ValueError also for an unknown direction.

    Notes
    -----
    Both optima have p's mean.  Forward: qᵢ has the marginal variance Sᵢᵢ.  Reverse: it has the
    conditional variance 1/(S⁻¹)ᵢᵢ, which remains when all other components are known.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 10.1.2.

    Examples
    --------
    >>> L = np.linalg.cholesky([[1.0, 1.0], [1.0, 2.0]])
    >>> (optimal_diag_gaussian([0.0, 0.0], L, direction="forward").scale ** 2).round(6)
    array([1., 2.])
    >>> (optimal_diag_gaussian([0.0, 0.0], L, direction="reverse").scale ** 2).round(6)
    array([0.5, 1. ])
    """
    check_direction(direction)
    loc, tril = _gaussian("", loc, scale_tril)
    combine = np.multiply if direction == "forward" else np.divide
    with np.errstate(all="ignore"):
        scale = combine(diagonal(tril), root_one_plus(relative_to_diagonal(tril, direction)))
    shape = np.broadcast_shapes(loc.shape, scale.shape)
    return DiagGaussian(np.broadcast_to(loc, shape).copy(), np.broadcast_to(scale, shape).copy())


def kl_floor(scale_tril: ArrayLike, *, direction: str) -> NDArray[np.float64] | np.float64:
    """Compute the least divergence that a diagonal Gaussian can reach.

    Parameters
    ----------
    scale_tril : array_like, shape (..., d, d)
        Lower-triangular factor of p's covariance.
    direction : {"reverse", "forward"}
        "reverse" for KL(q‖p), "forward" for KL(p‖q).

    Returns
    -------
    ndarray or float64, shape (...)
        The floor in nats, never negative; p's mean does not matter.

    Raises
    ------
    TypeError, ValueError
        If `scale_tril` is no Cholesky factor or the direction is unknown.

    Notes
    -----
    Forward: ½ (Σ ln Sᵢᵢ − ln|S|).  Reverse: ½ (Σ ln Pᵢᵢ − ln|P|) with P = S⁻¹.  In two
    dimensions both are −½ ln(1 − ρ²); from three on they differ in general.

    Examples
    --------
    >>> L = np.linalg.cholesky([[1.0, 0.6], [0.6, 1.0]])
    >>> bool(np.isclose(kl_floor(L, direction="forward"), -0.5 * np.log(1 - 0.6**2)))
    True
    """
    check_direction(direction)
    tril = float64_array("scale_tril", scale_tril)
    check_scale_tril("scale_tril", tril)
    with np.errstate(all="ignore"):
        terms = half_log_one_plus(relative_to_diagonal(tril, direction))
        floor: NDArray[np.float64] | np.float64 = np.sum(terms, axis=-1)
        return floor


def _gaussian(
    suffix: str, loc: ArrayLike, scale_tril: ArrayLike
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return checked float64 arrays of one Gaussian's arguments."""
    loc_name, tril_name = (f"{name}_{suffix}".rstrip("_") for name in ("loc", "scale_tril"))
    loc, tril = float64_array(loc_name, loc), float64_array(tril_name, scale_tril)
    check_scale_tril(tril_name, tril)
    check_loc_matches(loc_name, loc, tril_name, tril.shape[-1])
    check_finite(loc_name, loc)
    return loc, tril
