"""Checks of arguments that several modules share; each checks one rule and names it."""

import math
import numbers
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._shown import WHOLE, shown


def check_count(name: str, value: Any, least: int = 1) -> int:
    """Return `value` as int if it is a whole number of at least `least`."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number; got {shown(value)}")
    whole = int(value)
    if whole < least:
        raise ValueError(f"{name} must be at least {least}; got {shown(value)}")
    return whole


def check_positive(name: str, value: Any) -> float:
    """Return `value` as float if it is a positive, finite number."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a real number; got {shown(value)}")
    number = float(value)
    if not (math.isfinite(number) and number > 0):
        raise ValueError(f"{name} must be positive and finite; got {shown(value)}")
    return number


def check_finite(name: str, values: NDArray[Any]) -> None:
    """Raise ValueError unless every entry of `values` is finite."""
    finite = np.isfinite(values)
    if not np.all(finite):
        raise ValueError(f"{name} must be finite; got {_with_first(values, ~finite)}")


def check_scale(name: str, values: NDArray[Any]) -> None:
    """Raise ValueError unless every entry of `values` is positive and finite."""
    valid = np.isfinite(values) & (values > 0)
    if not np.all(valid):
        raise ValueError(f"{name} must be positive and finite; got {_with_first(values, ~valid)}")


def check_scale_tril(name: str, values: NDArray[Any]) -> None:
    """Raise ValueError unless `values`, (..., d, d), holds Cholesky factors."""
    if values.ndim < 2 or values.shape[-1] != values.shape[-2] or values.shape[-1] == 0:
        raise ValueError(f"{name} must have shape (..., d, d); got {values.shape}")
    check_finite(name, values)
    if any(np.any(values[..., i, i + 1 :]) for i in range(values.shape[-1] - 1)):
        wrong = np.triu(values, 1) != 0
        symmetric = np.allclose(values, np.swapaxes(values, -1, -2), rtol=1e-6, atol=0)
        raise ValueError(
            f"{name} must be lower triangular; got {_with_first(values, wrong)}"
            + (", which is symmetric: np.linalg.cholesky factors a covariance" * symmetric)
        )
    check_scale(f"the diagonal of {name}", np.diagonal(values, axis1=-2, axis2=-1))


def _with_first(values: NDArray[Any], wrong: NDArray[np.bool_]) -> str:
    """Show an array; if it is large, the first wrong entry and its index."""
    if values.size <= WHOLE:
        return shown(values)
    index = tuple(map(int, np.argwhere(wrong)[0]))
    return f"{shown(values[index])} at index {index} of an array of shape {values.shape}"


def check_bool(name: str, value: Any) -> bool:
    """Return `value` as bool if it is True or False; other values have a truth of their own."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False; got {shown(value)}")
    return bool(value)


def check_broadcast(**shapes: tuple[int, ...]) -> None:
    """Raise ValueError unless the batch shapes of the arguments broadcast."""
    try:
        np.broadcast_shapes(*shapes.values())
    except ValueError:
        stated = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        *names, last = shapes
        raise ValueError(
            f"{', '.join(names)} and {last} must have batch shapes that broadcast; got {stated}"
        ) from None


def check_loc_matches(name: str, loc: NDArray[Any], scale_name: str, size: int) -> None:
    """Raise ValueError unless the last axis of `loc` has `size` entries."""
    if loc.ndim < 1 or loc.shape[-1] != size:
        raise ValueError(
            f"{name} must have as many entries as {scale_name}, {size}; got shape {loc.shape}"
        )


def float_array(name: str, values: ArrayLike) -> NDArray[np.floating]:
    """Return a copy of `values` as an array of floats; raise TypeError if they are not real.

    Floats keep their precision; whole numbers become float64.  ValueError if lists differ in
    length, or if entries are masked: a copy would show what is under the mask.
    """
    if hasattr(values, "log_prob"):
        raise TypeError(
            f"{name} must hold real numbers; got a distribution, {type(values).__name__}: pass "
            "its parameters, for example p.mean() as loc and p.scale.to_dense() as scale_tril"
        )
    array = as_array(name, values)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers; got dtype {array.dtype}")
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def as_array(name: str, values: Any) -> NDArray[Any]:
    """Return a copy of `values` as an array of any dtype."""
    if np.ma.is_masked(values):
        raise ValueError(f"{name} must have no masked entries; got {shown(str(values))}")
    try:
        return np.array(values)
    except ValueError:
        raise ValueError(
            f"{name} must be an array, whose rows have one length; got {shown(values)}"
        ) from None


def float64_array(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Return a copy of `values` as a float64 array; raise TypeError if they are not real."""
    return float_array(name, values).astype(np.float64, copy=False)
