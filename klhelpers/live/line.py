"""Fits of a Gaussian q = N(m, exp(2 λ)) on the line to p = N(0, σ²): NumPy, float64, no graph."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers.direction import ordered
from klhelpers.divergences import kl_gaussian
from klhelpers.live.update import Rule, update_rule


def line_divergence(direction: str, scale_p: float, mean: ArrayLike, log_scale: ArrayLike) -> Any:
    """Return the divergence of one direction in nats; mean and log scale broadcast."""
    mean, log_scale = np.broadcast_arrays(
        np.asarray(mean, np.float64), np.asarray(log_scale, np.float64)
    )
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


def _up_to_rounding(direction: str, sigma: float, x: NDArray[Any]) -> float:
    t = x[1] - np.log(sigma)
    if direction == "forward":
        return float(np.expm1(-2 * t) / 2 + t + (x[0] / np.exp(x[1])) ** 2 / 2)
    return float(np.expm1(2 * t) / 2 - t + (x[0] / sigma) ** 2 / 2)


def _gradient(direction: str, sigma: float, x: NDArray[Any]) -> NDArray[Any]:
    t, scale = x[1] - np.log(sigma), np.exp(x[1])
    if direction == "forward":
        return np.array([x[0] / scale / scale, -np.expm1(-2 * t) - (x[0] / scale) ** 2])
    return np.array([x[0] / sigma / sigma, np.expm1(2 * t)])


def _update_rule(values: dict[str, Any]) -> Rule:
    # The Fisher information is diag(exp(-2 λ), 2).
    return update_rule(
        values["optimiser"], values["rate"], lambda x, g: g * np.array([np.exp(2 * x[1]), 0.5])
    )
