"""Fits of a Gaussian q = N(m, exp(2 λ)) on the line to p = N(0, σ²): NumPy, float64, no graph."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers.direction import ordered
from klhelpers.divergences import kl_gaussian

_BETA_1, _BETA_2, _EPSILON = 0.9, 0.999, 1e-7  # as in Keras
# In the correction of the bias, Keras rounds both to single precision, for a float64 fit, too.
_ROUNDED_1, _ROUNDED_2 = float(np.float32(_BETA_1)), float(np.float32(_BETA_2))

Update = Callable[[NDArray, NDArray], NDArray]


def line_divergence(direction: str, scale_p: float, mean: ArrayLike, log_scale: ArrayLike) -> Any:
    """Return the divergence of one direction in nats; mean and log scale broadcast."""
    mean, log_scale = np.broadcast_arrays(np.float64(mean), np.float64(log_scale))
    p = np.zeros(1), np.array([[np.float64(scale_p)]])
    q = mean[..., np.newaxis], np.exp(log_scale)[..., np.newaxis, np.newaxis]
    first, second = ordered(direction, p, q)
    return kl_gaussian(*first, *second)


def line_path(values: dict[str, Any], direction: str) -> NDArray[np.float64]:
    """Return every step of a fit, the start included: columns m, λ; it ends where it diverges."""
    sigma = values["scale_p"]
    x = np.array(values["start"])
    update, path = _update_rule(values), [x]
    with np.errstate(all="ignore"):
        for step in range(values["steps"]):
            if step == values["restart"]:
                update = _update_rule(values)
            x = update(x, _gradient(direction, sigma, x))
            if not np.isfinite(_up_to_rounding(direction, sigma, x)):
                break
            path.append(x)
    return np.array(path)


def _up_to_rounding(direction: str, sigma: float, x: NDArray) -> float:
    t = x[1] - np.log(sigma)
    if direction == "forward":
        return np.expm1(-2 * t) / 2 + t + (x[0] / np.exp(x[1])) ** 2 / 2
    return np.expm1(2 * t) / 2 - t + (x[0] / sigma) ** 2 / 2


def _gradient(direction: str, sigma: float, x: NDArray) -> NDArray:
    t, scale = x[1] - np.log(sigma), np.exp(x[1])
    if direction == "forward":
        return np.array([x[0] / scale / scale, -np.expm1(-2 * t) - (x[0] / scale) ** 2])
    return np.array([x[0] / sigma / sigma, np.expm1(2 * t)])


def _update_rule(values: dict[str, Any]) -> Update:
    rate = values["rate"]
    if values["optimiser"] == "gradient descent":
        return lambda x, g: x - rate * g
    if values["optimiser"] == "natural gradient":  # the Fisher information is diag(exp(-2 λ), 2)
        return lambda x, g: x - rate * g * np.array([np.exp(2 * x[1]), 0.5])
    first, second, count = np.zeros(2), np.zeros(2), 0

    def adam(x: NDArray, g: NDArray) -> NDArray:
        nonlocal first, second, count
        count += 1
        first = first + (g - first) * (1 - _BETA_1)
        second = second + (g * g - second) * (1 - _BETA_2)
        corrected = rate * np.sqrt(1 - _ROUNDED_2**count) / (1 - _ROUNDED_1**count)
        return x - corrected * first / (np.sqrt(second) + _EPSILON)

    return adam
