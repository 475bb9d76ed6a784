"""A bivariate Gaussian, given by five numbers that a reader can change."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from klhelpers._checks import check_finite, check_scale, float64_array
from klhelpers._shown import shown


class BivariateGaussian(NamedTuple):
    """Means, standard deviations and correlation of two Gaussian components."""

    loc: tuple[float, float]
    scale: tuple[float, float]
    correlation: float

    @property
    def scale_tril(self) -> NDArray[np.float64]:
        """Lower-triangular factor of the covariance, shape (2, 2)."""
        (s1, s2), rho = self.scale, self.correlation
        return np.array([[s1, 0.0], [rho * s2, s2 * np.sqrt((1 - rho) * (1 + rho))]])

    def prob(self, points: NDArray) -> NDArray[np.float64]:
        """Density at points of shape (n, 2)."""
        tril = self.scale_tril
        z = np.linalg.solve(tril, (np.asarray(points, dtype=np.float64) - self.loc).T)
        return np.exp(-0.5 * np.sum(z**2, axis=0)) / (2 * np.pi * tril[0, 0] * tril[1, 1])


def checked_gaussian(suffix: str, loc: Any, scale: Any, correlation: Any) -> BivariateGaussian:
    """Return the Gaussian of p or q, named by `suffix`, once its numbers are checked."""
    pairs = []
    for name, value, check in (("loc", loc, check_finite), ("scale", scale, check_scale)):
        name = f"{name}_{suffix}"
        array = float64_array(name, value)
        if array.shape != (2,):
            raise ValueError(f"{name} must be two numbers; got shape {array.shape}")
        check(name, array)
        pairs.append(tuple(array.tolist()))
    rho = float64_array(f"correlation_{suffix}", correlation)
    if rho.shape != () or not abs(rho) < 1:
        raise ValueError(
            f"correlation_{suffix} must lie between -1 and 1; got {shown(correlation)}"
        )
    return BivariateGaussian(*pairs, float(rho))
