"""The best Gaussian q of each family and the least divergence it can reach, in closed form.

Shapes and units are those of `klhelpers.divergences`.  The families are nested: "isotropic" has
one variance for all components, "diagonal" one for each, and "full" any covariance.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import check_scale_tril, float64_array
from klhelpers._shown import shown
from klhelpers._terms import (
    diagonal,
    half_log_one_plus,
    relative_to_diagonal,
    root_mean_square,
    root_one_plus,
    scale_terms,
)
from klhelpers.direction import check_direction, ordered
from klhelpers.divergences import checked_gaussian

FAMILIES = ("isotropic", "diagonal", "full")


class DiagGaussian(NamedTuple):
    """Mean and standard deviations of a diagonal (mean-field) Gaussian.

    Parameters
    ----------
    loc : ndarray, shape (..., d)
        Mean.
    scale : ndarray, shape (..., d)
        Standard deviations.
    """

    loc: NDArray[np.float64]
    scale: NDArray[np.float64]


class Gaussian(NamedTuple):
    """Mean and triangular factor of the covariance of a Gaussian.

    Parameters
    ----------
    loc : ndarray, shape (..., d)
        Mean.
    scale_tril : ndarray, shape (..., d, d)
        Lower-triangular L of the covariance L Lᵀ.
    """

    loc: NDArray[np.float64]
    scale_tril: NDArray[np.float64]


def check_family(family: Any) -> str:
    """Return `family` if it is the name of one, else raise ValueError."""
    if not (isinstance(family, str) and family in FAMILIES):
        raise ValueError(f"family must be 'isotropic', 'diagonal' or 'full'; got {shown(family)}")
    return family


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
    loc, tril = checked_gaussian("", loc, scale_tril)
    scale = _diagonal_scales(tril, direction)
    shape = np.broadcast_shapes(loc.shape, scale.shape)
    return DiagGaussian(np.broadcast_to(loc, shape).copy(), np.broadcast_to(scale, shape).copy())


def optimal_gaussian(
    loc: ArrayLike, scale_tril: ArrayLike, *, direction: str, family: str = "diagonal"
) -> Gaussian:
    """Find the Gaussian q of a family that is closest to p = N(loc, L Lᵀ).

    Parameters
    ----------
    loc : array_like, shape (..., d)
        Mean of p.
    scale_tril : array_like, shape (..., d, d)
        Lower-triangular factor L of p's covariance S.
    direction : {"reverse", "forward"}
        "reverse" minimises KL(q‖p), "forward" minimises KL(p‖q).
    family : {"isotropic", "diagonal", "full"}
        What the covariance of q may be.

    Returns
    -------
    Gaussian
        Named tuple of loc, (..., d), and scale_tril, (..., d, d).

    Raises
    ------
    TypeError, ValueError
        As in `kl_gaussian`; ValueError also for an unknown direction or family.

    Notes
    -----
    All optima have p's mean.  With the precision P = S⁻¹ and d dimensions:

    ========= =================== ==================
    family    reverse             forward
    ========= =================== ==================
    isotropic variance d / tr P   variance tr S / d
    diagonal  variances 1 / Pᵢᵢ   variances Sᵢᵢ
    full      S                   S
    ========= =================== ==================

    The isotropic variance is the harmonic mean (reverse) or the arithmetic mean (forward) of the
    diagonal ones.

    Examples
    --------
    >>> L = np.linalg.cholesky([[1.0, 1.0], [1.0, 2.0]])
    >>> for direction in ("reverse", "forward"):
    ...     q = optimal_gaussian([0.0, 0.0], L, direction=direction, family="isotropic")
    ...     print(round(float(q.scale_tril[0, 0] ** 2), 6))
    0.666667
    1.5
    """
    check_direction(direction)
    check_family(family)
    loc, tril = checked_gaussian("", loc, scale_tril)
    if family != "full":
        scale = _diagonal_scales(tril, direction)
        if family == "isotropic":
            scale = np.broadcast_to(_isotropic_scale(scale, direction), scale.shape)
        tril = scale[..., np.newaxis] * np.eye(scale.shape[-1])
    batch = np.broadcast_shapes(loc.shape[:-1], tril.shape[:-2])
    d = tril.shape[-1]
    return Gaussian(
        np.broadcast_to(loc, (*batch, d)).copy(), np.broadcast_to(tril, (*batch, d, d)).copy()
    )


def kl_floor(
    scale_tril: ArrayLike, *, direction: str, family: str = "diagonal"
) -> NDArray[np.float64] | np.float64:
    """Compute the least divergence that a Gaussian q of a family can reach.

    Parameters
    ----------
    scale_tril : array_like, shape (..., d, d)
        Lower-triangular factor of p's covariance.
    direction : {"reverse", "forward"}
        "reverse" for KL(q‖p), "forward" for KL(p‖q).
    family : {"isotropic", "diagonal", "full"}
        What the covariance of q may be.

    Returns
    -------
    ndarray or float64, shape (...)
        The floor in nats, never negative; p's mean does not matter.

    Raises
    ------
    TypeError, ValueError
        If `scale_tril` is no Cholesky factor, or the direction or the family is unknown.

    Notes
    -----
    Diagonal, reverse: ½ (Σ ln Pᵢᵢ − ln|P|) with P = S⁻¹; forward: ½ (Σ ln Sᵢᵢ − ln|S|).  In two
    dimensions both are −½ ln(1 − ρ²); from three on they differ in general.

    Isotropic: the diagonal floor, and the divergence between the best diagonal q, which takes
    p's place in it, and the best isotropic one.  Full: zero.

    Examples
    --------
    >>> L = np.linalg.cholesky([[1.0, 0.6], [0.6, 1.0]])
    >>> bool(np.isclose(kl_floor(L, direction="forward"), -0.5 * np.log(1 - 0.6**2)))
    True
    """
    check_direction(direction)
    check_family(family)
    tril = float64_array("scale_tril", scale_tril)
    check_scale_tril("scale_tril", tril)
    with np.errstate(all="ignore"):
        terms = half_log_one_plus(relative_to_diagonal(tril, direction))
        if family == "full":
            terms = np.zeros_like(terms)
        if family == "isotropic":
            scale = _diagonal_scales(tril, direction)
            common = _isotropic_scale(scale, direction)
            terms = terms + scale_terms(*ordered(direction, scale, common))
        floor: NDArray[np.float64] | np.float64 = np.sum(terms, axis=-1)
        return floor


def _diagonal_scales(tril: NDArray[np.float64], direction: str) -> NDArray[np.float64]:
    """Compute the standard deviations of the best diagonal q, shape (..., d)."""
    combine = np.multiply if direction == "forward" else np.divide
    with np.errstate(all="ignore"):
        scale: NDArray[np.float64] = combine(
            diagonal(tril), root_one_plus(relative_to_diagonal(tril, direction))
        )
        return scale


def _isotropic_scale(scale: NDArray[np.float64], direction: str) -> NDArray[np.float64]:
    """Compute the scale of the best isotropic q, (..., 1), from those of the best diagonal q."""
    if direction == "forward":
        return root_mean_square(scale)
    return 1 / root_mean_square(1 / scale)
