"""Rényi's divergence of two Gaussians, and the diagonal q that is closest to p by it.

The order α runs between the directions: towards 0 the closest q is that of reverse KL, towards 1
that of forward KL.  Shapes and units are those of `klhelpers.divergences`.
"""

import numbers
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._shown import shown
from klhelpers._terms import rows_over, solve_lower
from klhelpers.divergences import checked_gaussian, checked_pair
from klhelpers.optima import DiagGaussian, optimal_diag_gaussian

_STEPS = 200


def renyi_gaussian(
    loc_a: ArrayLike,
    scale_tril_a: ArrayLike,
    loc_b: ArrayLike,
    scale_tril_b: ArrayLike,
    *,
    alpha: float,
) -> NDArray[np.float64] | np.float64:
    r"""D_α(a‖b) = ln ∫ a^α b^(1−α) / (α − 1) of two Gaussians.

    Parameters
    ----------
    loc_a, loc_b : array_like, shape (..., d)
        Means.
    scale_tril_a, scale_tril_b : array_like, shape (..., d, d)
        Lower-triangular factors of the covariances, with positive diagonals.
    alpha : float
        The order, between 0 and 1.

    Returns
    -------
    ndarray or float64, shape (...)
        The divergence in nats, never negative; infinite where it exceeds float64.

    Raises
    ------
    TypeError, ValueError
        As in `kl_gaussian`; also if `alpha` is no number between 0 and 1, which themselves are
        excluded.

    Notes
    -----
    With M = α S_b + (1 − α) S_a,

    .. math:: \tfrac{\alpha}{2} \Delta^\top M^{-1} \Delta
              + \frac{1}{2 (1 - \alpha)} \ln \frac{|M|}{|S_a|^{1-\alpha} |S_b|^\alpha} .

    For α → 1 it tends to KL(a‖b); divided by α, it tends to KL(b‖a) for α → 0, since
    (1 − α) D_α(a‖b) = α D_{1−α}(b‖a).

    References
    ----------
    Rényi (1961), "On Measures of Entropy and Information".

    Examples
    --------
    >>> round(float(renyi_gaussian([0.0], [[1.0]], [1.0], [[1.0]], alpha=0.5)), 6)
    0.25
    """
    order = check_order(alpha, ends=False)
    (loc_a, tril_a), (loc_b, tril_b) = checked_pair(loc_a, scale_tril_a, loc_b, scale_tril_b)
    # In the coordinates in which a is N(0, I), the covariance of b has the eigenvalues σ².
    left, sigma, _ = np.linalg.svd(solve_lower(tril_a, rows_over(tril_a, tril_b)))
    log_sigma = np.log(sigma)
    log_mixed = np.logaddexp(np.log(order) + 2 * log_sigma, np.log1p(-order))  # of α σ² + 1 − α
    shift = solve_lower(tril_a, rows_over(tril_a, (loc_a - loc_b)[..., np.newaxis]))
    distance = (np.swapaxes(left, -1, -2) @ shift)[..., 0] * np.exp(-log_mixed / 2)
    scales = np.maximum(log_mixed - 2 * order * log_sigma, 0) / (1 - order)
    with np.errstate(over="ignore"):
        value: NDArray[np.float64] | np.float64 = 0.5 * np.sum(
            order * distance**2 + scales, axis=-1
        )
    return value


def optimal_diag_gaussian_alpha(
    loc: ArrayLike, scale_tril: ArrayLike, *, alpha: float
) -> DiagGaussian:
    """Find the diagonal Gaussian q with the least D_α(p‖q) from p = N(loc, L Lᵀ).

    Parameters
    ----------
    loc : array_like, shape (..., d)
        Mean of p.
    scale_tril : array_like, shape (..., d, d)
        Lower-triangular factor L of p's covariance S.
    alpha : float
        The order, from 0 to 1.  At the ends q is the optimum of reverse KL (0) and of forward KL
        (1), the limits of the others.

    Returns
    -------
    DiagGaussian
        Named tuple of loc, (..., d), and scale, (..., d): the standard deviations of q.

    Raises
    ------
    TypeError, ValueError
        As in `kl_gaussian`; also if `alpha` is no number from 0 to 1.
    RuntimeError
        If Newton's method does not end, which has not been seen.

    Notes
    -----
    q has p's mean.  With M = α Q + (1 − α) S the divergence is, up to a constant, proportional to
    ln det M − α Σ ln qᵢ.  det M is a sum of products of the variances qᵢ with positive
    coefficients, the principal minors of S, so ln det M is strictly convex in the logarithms of the
    qᵢ: there is one minimum, where 1/qᵢ = (M⁻¹)ᵢᵢ.  Newton's method finds it.  With K = M⁻¹ the
    gradient is α (1 − α) (qᵢ Kᵢᵢ − (K S)ᵢᵢ), and the second derivatives are
    α (1 − α) qᵢ Kᵢⱼ (K S)ᵢⱼ.

    Examples
    --------
    >>> L = np.linalg.cholesky([[1.0, 1.0], [1.0, 2.0]])
    >>> variances = optimal_diag_gaussian_alpha([0.0, 0.0], L, alpha=0.5).scale ** 2
    >>> variances.round(6), variances.prod().round(6)  # the determinant is that of p
    (array([0.707107, 1.414214]), np.float64(1.0))
    """
    order = check_order(alpha, ends=True)
    narrow = optimal_diag_gaussian(loc, scale_tril, direction="reverse")
    wide = optimal_diag_gaussian(loc, scale_tril, direction="forward")
    if order in (0, 1):
        return wide if order else narrow
    _, tril = checked_gaussian("", loc, scale_tril)
    tril = tril / wide.scale[..., np.newaxis]  # p with standard deviations of 1
    log_scales = (1 - order) * np.log(narrow.scale / wide.scale)
    for _ in range(_STEPS):
        step = _newton_step(tril, log_scales, order)
        longest = np.max(np.abs(step), axis=-1, keepdims=True)
        log_scales = log_scales + step / np.maximum(longest, 1)
        if np.all(longest < 1e-7):  # the next one would be below the precision of float64
            return DiagGaussian(wide.loc, wide.scale * np.exp(log_scales))
    raise RuntimeError(f"the optimum of order {order} was not found in {_STEPS} Newton steps")


def _newton_step(
    tril: NDArray[np.float64], log_scales: NDArray[np.float64], alpha: float
) -> NDArray[np.float64]:
    """Compute the change of the logarithms of q's scales, (..., d); `tril` is (..., d, d).

    In the coordinates in which q is N(0, I), p's covariance has the eigenvalues σ².
    """
    left, sigma, _ = np.linalg.svd(tril * np.exp(-log_scales)[..., np.newaxis])
    mixed = alpha + (1 - alpha) * sigma**2
    inverse = (left / mixed[..., np.newaxis, :]) @ np.swapaxes(left, -1, -2)
    product = (left * (sigma**2 / mixed)[..., np.newaxis, :]) @ np.swapaxes(left, -1, -2)
    gradient = np.sum(left**2 * ((1 - sigma**2) / mixed)[..., np.newaxis, :], axis=-1)
    step: NDArray[np.float64] = np.linalg.solve(inverse * product, -gradient[..., np.newaxis])
    return step[..., 0] / 2  # of the logarithms of the variances it is the double


def check_order(alpha: Any, *, ends: bool) -> float:
    """Return `alpha` as float if it lies between 0 and 1, which belong to it if `ends`."""
    if isinstance(alpha, bool) or not isinstance(alpha, numbers.Real):
        raise TypeError(f"alpha must be a real number; got {shown(alpha)}")
    order = float(alpha)
    if ends and not 0 <= order <= 1:
        raise ValueError(f"alpha must be a number from 0 (reverse) to 1 (forward); got {order}")
    if not ends and not 0 < order < 1:
        raise ValueError(
            f"alpha must be between 0 and 1, without the ends; got {order} (see kl_gaussian)"
        )
    return order
