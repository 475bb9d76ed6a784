r"""Two planes of parameters of q, and the divergences over them in closed form.

The coordinates are the variables that Adam updates in a q with the bijector Exp: means and
logarithms of standard deviations.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers.direction import ordered
from klhelpers.divergences import kl_gaussian, optimal_diag_gaussian


class Plane(NamedTuple):
    """Two parameters of q that vary.

    Parameters
    ----------
    name : str
    x, y : str
        Labels of the axes.
    shape_name : str
        Name of the number that describes the target.
    shape_range : (float, float)
        Its range.
    limits : ((float, float), (float, float))
        Ranges of x and y.
    target : callable
        From the chosen number to p's loc and scale_tril.
    gaussian : callable
        From arrays of x and y to q's loc, (..., d), and scale, (..., d).
    """

    name: str
    x: str
    y: str
    shape_name: str
    shape_range: tuple[float, float]
    limits: tuple[tuple[float, float], tuple[float, float]]
    target: Callable[[float], tuple[NDArray, NDArray]]
    gaussian: Callable[[NDArray, NDArray], tuple[NDArray, NDArray]]

    def kl(self, shape: float, direction: str, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Divergence in nats where q has the coordinates x and y, of one shape."""
        loc, scale = self.gaussian(*np.broadcast_arrays(x, y))
        tril = scale[..., np.newaxis] * np.eye(scale.shape[-1])
        first, second = ordered(direction, self.target(shape), (loc, tril))
        return kl_gaussian(*first, *second)

    def optimum(self, shape: float, direction: str) -> tuple[float, float]:
        """Coordinates of the least divergence."""
        best = optimal_diag_gaussian(*self.target(shape), direction=direction)
        numbers = [*best.loc, *np.log(best.scale)]
        return tuple(numbers[-2:])  # mean and log scale, or both log scales

    def hessian(
        self, shape: float, direction: str, x: ArrayLike, y: ArrayLike
    ) -> NDArray[np.float64]:
        r"""Second derivatives with respect to x and y, shape (..., 2, 2).

        Notes
        -----
        Over (mean m, log scale λ), with Δ the distance of m from p's mean and σ p's scale:

        - KL(p‖q) = ½ (σ² + Δ²) e^(−2λ) + λ + const has e^(−2λ) times
          [[1, −2Δ], [−2Δ, 2 (σ² + Δ²)]], whose determinant 2 (σ² − Δ²) is negative from Δ = σ on;
        - KL(q‖p) = ½ (e^(2λ) + Δ²) / σ² − λ + const has [[1, 0], [0, 2 e^(2λ)]] / σ², positive.

        Over two log scales both are sums of one function of each: 2 Sᵢᵢ e^(−2λᵢ) and
        2 Pᵢᵢ e^(2λᵢ) on the diagonal, with S p's covariance and P its inverse.
        """
        x, y = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(y, np.float64))
        loc, tril = self.target(shape)
        cross = np.zeros_like(x)
        if self.name == "scales":
            factor = tril if direction == "forward" else np.linalg.inv(tril).T
            sign = -2 if direction == "forward" else 2
            weights = 2 * np.sum(factor**2, axis=1)
            first, second = weights[0] * np.exp(sign * x), weights[1] * np.exp(sign * y)
        elif direction == "forward":
            shift, shrink = x - loc[0], np.exp(-2 * y)
            first, cross = shrink, -2 * shift * shrink
            second = 2 * (tril[0, 0] ** 2 + shift**2) * shrink
        else:
            first = np.full_like(x, tril[0, 0] ** -2)
            second = 2 * np.exp(2 * y) * first
        return np.stack([np.stack([first, cross], -1), np.stack([cross, second], -1)], -2)

    def not_convex(
        self, shape: float, direction: str, x: ArrayLike, y: ArrayLike
    ) -> NDArray[np.bool_]:
        """Where the Hessian is indefinite: its diagonal is positive, its determinant negative."""
        return np.linalg.det(self.hessian(shape, direction, x, y)) < 0


def _correlated(rho: float) -> tuple[NDArray, NDArray]:
    return np.zeros(2), np.array([[1.0, 0.0], [rho, np.sqrt((1 - rho) * (1 + rho))]])


PLANES = {
    "mean": Plane(
        "mean",
        "mean",
        "log scale",
        "scale of p",
        (0.3, 2.5),
        ((-4, 4), (-2, 2)),
        lambda scale: (np.zeros(1), np.array([[float(scale)]])),
        lambda x, y: (x[..., np.newaxis], np.exp(y)[..., np.newaxis]),
    ),
    "scales": Plane(
        "scales",
        "log scale 1",
        "log scale 2",
        "correlation of p",
        (-0.99, 0.99),
        ((-3, 1.5), (-3, 1.5)),
        _correlated,
        lambda x, y: (np.zeros((*x.shape, 2)), np.exp(np.stack([x, y], axis=-1))),
    ),
}
