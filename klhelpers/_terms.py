"""Terms of the closed forms for Gaussians, each without overflow and without cancellation."""

import math

import numpy as np
from numpy.typing import NDArray

from klhelpers._wide import Wide, add_up, divide, multiply, normalised, solve_lower, stack, widen

# e^u − 1 − u = u² (1/2! + u/3! + u²/4! + ...); for |u| up to 1, 18 of them give all digits.
_SERIES = np.array([1 / math.factorial(k) for k in range(2, 20)])


def diagonal(matrix: NDArray) -> NDArray:
    """Diagonals of the last two axes."""
    return np.diagonal(matrix, axis1=-2, axis2=-1)


def half_squares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """½ x² of each entry; infinity beyond float64's range."""
    with np.errstate(over="ignore", under="ignore"):
        return (0.5 * values) * values


def close(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether positive numbers are within a factor of two: then a − b is exact."""
    with np.errstate(over="ignore", under="ignore"):
        return (0.5 * b <= a) & (a <= 2 * b)


def scale_terms(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """½ (r² − 1 − ln r²) of the positive ratios r = a/b, broadcast: never negative."""
    ratio, near = divide(widen(a), widen(b)), close(a, b)
    with np.errstate(over="ignore", under="ignore"):
        change = np.where(near, (a - b) / b, 0.0)  # r − 1, with the digits of the difference
        log_square = 2 * np.where(near, np.log1p(change), ratio.log())
        small = np.abs(log_square) < 1
        u = np.where(small, log_square, 0.0)
        series = (0.5 * u) * u * np.polynomial.polynomial.polyval(u, _SERIES)
        return np.where(small, series, half_squares(ratio.float64()) - 0.5 * (1 + log_square))


def off_diagonal_ratio(
    tril_a: NDArray[np.float64], tril_b: NDArray[np.float64]
) -> NDArray[np.float64]:
    """L_b⁻¹ L_a below its diagonal, and zero elsewhere.

    Where the diagonals are close, L_a − L_b takes the place of L_a: this changes the diagonal of
    the solution only, and nearly equal factors do not cancel.
    """
    difference = add_up(stack(widen(tril_a), widen(-tril_b)), axis=0)
    near = close(diagonal(tril_a), diagonal(tril_b))[..., np.newaxis, :]
    right = (np.where(near, *pair) for pair in zip(difference, widen(tril_a), strict=True))
    return np.tril(solve_lower(tril_b, Wide(*right)).float64(), -1)


def relative_squares(tril: NDArray[np.float64], direction: str) -> Wide:
    """Squares, (..., d), by which the optimal variances exceed, or fall short of, L's diagonal.

    With s² the result, the optimal variance is Lᵢᵢ² (1 + s²) for "forward" and Lᵢᵢ² / (1 + s²) for
    "reverse".  Since log|S| = 2 Σ log Lᵢᵢ, the floor is the sum of ½ log(1 + s²) both times,
    without cancellation.
    """
    scale = diagonal(tril)
    if direction == "forward":
        relative, axis = divide(widen(tril), widen(scale[..., :, np.newaxis])), -1
    else:
        scales = scale[..., np.newaxis] * np.eye(tril.shape[-1])
        relative, axis = solve_lower(tril, widen(scales)), -2
    below = normalised(np.tril(relative.mantissa, -1), relative.exponent)
    return add_up(multiply(below, below), axis)


def root_one_plus(squares: Wide) -> Wide:
    """√(1 + s²)."""
    one = widen(np.ones_like(squares.mantissa))
    return add_up(stack(one, squares), axis=0).sqrt()


def half_log_one_plus(squares: Wide) -> NDArray[np.float64]:
    """½ ln(1 + s²)."""
    small = np.minimum(squares.float64(), 1.0)
    with np.errstate(under="ignore"):
        return np.where(small < 1, 0.5 * np.log1p(small), root_one_plus(squares).log())
