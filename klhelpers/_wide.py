"""Arrays of numbers written as mantissa × 2^exponent, which neither overflow nor underflow.

Factors of covariances may hold 1e-300 beside 1e300.  Their quotients and squares leave the range
of float64, although the divergence that is computed from them does not.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_OF_ZERO = -(2**24)  # the exponent of a zero
_LN_2 = float(np.log(2))


class Wide(NamedTuple):
    """Mantissas, of moderate size, and their exponents: arrays of one shape.

    A zero has an exponent far below that of every other number.
    """

    mantissa: NDArray[np.float64]
    exponent: NDArray[np.intc]

    def float64(self) -> NDArray[np.float64]:
        """Round to float64: to infinity or zero beyond its range."""
        with np.errstate(over="ignore", under="ignore"):
            return np.ldexp(self.mantissa, self.exponent)

    def log(self) -> NDArray[np.float64]:
        """Natural logarithm of positive numbers; meaningless for zero."""
        with np.errstate(divide="ignore"):
            return np.log(self.mantissa) + self.exponent * _LN_2

    def sqrt(self) -> "Wide":
        """Square root of numbers that are not negative."""
        odd = self.exponent % 2
        return Wide(np.sqrt(np.ldexp(self.mantissa, odd)), (self.exponent - odd) // 2)


def normalised(mantissa: NDArray[np.float64], exponent: NDArray[np.intc] | int) -> Wide:
    """Write mantissa × 2^exponent, the mantissa any finite number."""
    mantissa, more = np.frexp(mantissa)
    return Wide(mantissa, np.where(mantissa == 0, np.intc(_OF_ZERO), exponent + more))


def widen(values: NDArray[np.float64]) -> Wide:
    """Write finite numbers as mantissa and exponent, without rounding."""
    return normalised(values, 0)


def multiply(a: Wide, b: Wide) -> Wide:
    """Product of two arrays, broadcast."""
    return Wide(a.mantissa * b.mantissa, a.exponent + b.exponent)


def divide(a: Wide, b: Wide) -> Wide:
    """Quotient of two arrays, broadcast; `b` has no zero."""
    return Wide(a.mantissa / b.mantissa, a.exponent - b.exponent)


def add_up(terms: Wide, axis: int) -> Wide:
    """Sum along an axis."""
    top = np.max(terms.exponent, axis=axis, keepdims=True)
    with np.errstate(under="ignore"):  # 1e-308 of the largest term does not change the sum
        total = np.sum(np.ldexp(terms.mantissa, terms.exponent - top), axis=axis)
    return normalised(total, np.squeeze(top, axis))


def stack(a: Wide, b: Wide) -> Wide:
    """Put two arrays, broadcast, side by side along a new first axis."""
    return Wide(*(np.stack(np.broadcast_arrays(*pair)) for pair in zip(a, b, strict=True)))


def solve_lower(tril: NDArray[np.float64], right: Wide) -> Wide:
    """Solve ``tril @ x = right`` by forward substitution.

    Parameters
    ----------
    tril : ndarray, shape (..., d, d)
        Lower triangular, without a zero on its diagonal.
    right : Wide, shape (..., d, n)

    Returns
    -------
    Wide, shape (..., d, n)
        The leading axes are broadcast.
    """
    factor = widen(tril)
    batch = np.broadcast_shapes(tril.shape[:-2], right.mantissa.shape[:-2])
    shape = (*batch, *right.mantissa.shape[-2:])
    right = Wide(*(np.broadcast_to(part, shape) for part in right))
    solved = Wide(np.empty(shape), np.empty(shape, np.intc))
    for i in range(tril.shape[-1]):
        row = Wide(
            -factor.mantissa[..., i, :i, np.newaxis], factor.exponent[..., i, :i, np.newaxis]
        )
        known = multiply(row, Wide(*(part[..., :i, :] for part in solved)))
        given = (part[..., i : i + 1, :] for part in right)
        terms = Wide(*(np.concatenate(pair, axis=-2) for pair in zip(given, known, strict=True)))
        diagonal = Wide(*(part[..., i, i, np.newaxis] for part in factor))
        quotient = divide(add_up(terms, axis=-2), diagonal)
        solved.mantissa[..., i, :], solved.exponent[..., i, :] = quotient
    return solved
