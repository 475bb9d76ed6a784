"""Terms of the closed forms for Gaussians, each without cancellation and without overflow.

Everything is computed from rows that are divided by the diagonal of a factor, so that scales may
lie anywhere in the range of float64.
"""

import math

import numpy as np
from numpy.typing import NDArray

# e^u − 1 − u = u² (1/2! + u/3! + u²/4! + ...); for |u| up to 1, 18 of them give all digits.
_SERIES = np.array([1 / math.factorial(k) for k in range(2, 20)])


def diagonal(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Diagonals of the last two axes."""
    return np.diagonal(matrix, axis1=-2, axis2=-1)


def rows_over(tril: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide each row by the entry of the diagonal of `tril` in that row."""
    return rows / diagonal(tril)[..., :, np.newaxis]


def solve_lower(tril: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve ``tril @ x = right`` by forward substitution.

    Parameters
    ----------
    tril : ndarray, shape (..., d, d)
        Lower triangular, with a positive diagonal.
    right : ndarray, shape (..., d, n)
        Rows that are divided by the diagonal of `tril` already.

    Returns
    -------
    ndarray, shape (..., d, n)
        The leading axes are broadcast.
    """
    unit = rows_over(tril, tril)
    solved = np.array(np.broadcast_arrays(right, unit[..., :1])[0])
    for i in range(1, unit.shape[-1]):
        known = unit[..., i, np.newaxis, :i] @ solved[..., :i, :]
        solved[..., i, :] -= known[..., 0, :]
    return solved


def off_diagonal_ratio(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Entries of b⁻¹ a below the diagonal, a and b lower triangular, (..., d, d).

    Where the diagonals are close, column j of b is taken from that of a first: that changes the
    diagonal of the result alone, and the digits are then those of the difference.
    """
    close = np.abs(diagonal(a) / diagonal(b) - 1) < 0.5
    return np.tril(solve_lower(b, rows_over(b, a - np.where(close[..., np.newaxis, :], b, 0))), -1)


def scale_terms(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """½ (r² − 1 − ln r²) of the positive ratios r = a/b, broadcast: never negative.

    It vanishes like the square of r − 1, whose digits are those of the difference a − b.
    """
    change = a / b - 1
    near = np.abs(change) < 0.5
    log_ratio = np.where(near, np.log1p(np.where(near, (a - b) / b, 0)), np.log(a) - np.log(b))
    u = 2 * log_ratio
    small = np.where(np.abs(u) < 1, u, 0)
    series: NDArray[np.float64] = 0.5 * small**2 * np.polynomial.polynomial.polyval(small, _SERIES)
    return np.where(np.abs(u) < 1, series, 0.5 * np.expm1(u) - log_ratio)


def relative_to_diagonal(tril: NDArray[np.float64], direction: str) -> NDArray[np.float64]:
    """Entries x, (..., d, d), whose squares say how the optimal variances differ from L's diagonal.

    The optimal variance is Lᵢᵢ² (1 + Σⱼ xᵢⱼ²) for "forward" and Lᵢᵢ² / (1 + Σⱼ xᵢⱼ²) for "reverse".
    Since log|S| = 2 Σ log Lᵢᵢ, the floor is Σᵢ ½ log(1 + Σⱼ xᵢⱼ²) both times, without cancellation.
    """
    if direction == "forward":
        return np.tril(rows_over(tril, tril), -1)
    inverse = solve_lower(tril, np.broadcast_to(np.eye(tril.shape[-1]), tril.shape))
    return np.swapaxes(np.tril(inverse, -1), -1, -2)


def root_one_plus(entries: NDArray[np.float64]) -> NDArray[np.float64]:
    """√(1 + Σ x²) over the last axis, without overflow of the squares."""
    root: NDArray[np.float64] = np.hypot.reduce(entries, axis=-1, initial=1.0)
    return root


def root_mean_square(entries: NDArray[np.float64]) -> NDArray[np.float64]:
    """√(mean of x²) over the last axis, which is kept, without overflow of the squares."""
    length = np.hypot.reduce(entries, axis=-1, keepdims=True)
    root: NDArray[np.float64] = length / np.sqrt(entries.shape[-1])
    return root


def half_log_one_plus(entries: NDArray[np.float64]) -> NDArray[np.float64]:
    """½ ln(1 + Σ x²) over the last axis."""
    squares = np.sum(entries**2, axis=-1)
    return np.where(squares < 1, 0.5 * np.log1p(squares), np.log(root_one_plus(entries)))
