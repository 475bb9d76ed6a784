"""The descents of the live figures in NumPy: gradient descent, Adam and natural gradient."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klhelpers.divergences import kl_gaussian
from klhelpers.live.update import update_rule

Array = NDArray[np.float64]
Gaussian = tuple[Array, Array]  # mean (2,), lower-triangular factor of the covariance (2, 2)


class Descent(NamedTuple):
    """A fit: entry t belongs to step t, and step 0 is the start.

    Parameters
    ----------
    loss : ndarray, shape (steps + 1,)
        In nats.
    loc : ndarray, shape (steps + 1, 2)
    scale_tril : ndarray, shape (steps + 1, 2, 2)
    diverged : bool
        Whether it ended early, because the next step has no finite divergence.
    """

    loss: Array
    loc: Array
    scale_tril: Array
    diverged: bool


def descend(
    p: Gaussian,
    start: Gaussian,
    *,
    direction: str = "reverse",
    family: str = "diagonal",
    bijector: str = "Exp",
    optimiser: str = "Adam",
    rate: float = 0.1,
    num_steps: int = 200,
) -> Descent:
    """Fit a bivariate Gaussian q to a Gaussian p, as the live figures do.

    Parameters
    ----------
    p, start : (ndarray, ndarray)
        Mean, shape (2,), and lower-triangular factor of the covariance, shape (2, 2).
    direction : {"reverse", "forward"}
        "reverse" minimises KL(q‖p), "forward" minimises KL(p‖q).
    family : {"isotropic", "diagonal", "full"}
        An isotropic q starts with the first scale of `start`.
    bijector : {"Exp", "Softplus"}
        Maps the variables to the diagonal of the factor.
    optimiser : {"gradient descent", "Adam", "natural gradient"}
    rate : float
        Positive.
    num_steps : int

    Returns
    -------
    Descent

    Notes
    -----
    The variables are the mean, the diagonal of the factor L behind the bijector (one number if
    isotropic) and, if full, the number below it.  The natural gradient is F⁻¹ g with the Fisher
    information Fᵢⱼ = ∂ᵢμᵀ Σ⁻¹ ∂ⱼμ + ½ tr((Dᵢ + Dᵢᵀ)(Dⱼ + Dⱼᵀ)), Dᵢ = L⁻¹ ∂ᵢL.  The names and
    the ranges are checked by the figure, not here.

    References
    ----------
    Amari (1998), "Natural Gradient Works Efficiently in Learning",
    doi:10.1162/089976698300017746.

    Examples
    --------
    >>> p = np.zeros(2), np.array([[1.5, 0.0], [0.8, 0.6]])
    >>> fit = descend(p, (np.ones(2), np.eye(2)), num_steps=200)
    >>> fit.loss.shape, np.diag(fit.scale_tril[-1]).round(2).tolist()
    ((201,), [0.9, 0.6])
    """
    chart = _Chart(family, bijector)
    update = update_rule(optimiser, rate, lambda x, g: _solve(chart.fisher(x), g))
    x = chart.variables(*start)
    losses, locs, trils = [], [], []
    with np.errstate(all="ignore"):
        for _ in range(num_steps + 1):
            q = chart.gaussian(x)
            loss = (
                float(kl_gaussian(*(q + p if direction == "reverse" else p + q)))
                if _valid(q)
                else np.inf
            )
            if not np.isfinite(loss):
                break
            losses.append(loss)
            locs.append(q[0])
            trils.append(q[1])
            x = update(x, chart.pull(x, *_gradient(direction, p, q)))
    return Descent(np.array(losses), np.array(locs), np.array(trils), len(losses) <= num_steps)


def _solve(matrix: Array, right: Array) -> Array:
    return np.asarray(np.linalg.solve(matrix, right), np.float64)


def _valid(q: Gaussian) -> bool:
    return bool(np.isfinite(q[0]).all() and np.isfinite(q[1]).all() and (np.diag(q[1]) > 0).all())


def _gradient(direction: str, p: Gaussian, q: Gaussian) -> Gaussian:
    """Gradient with respect to mean and factor of q."""
    (m, tril), (m_p, tril_p) = q, p
    diagonal = np.diag(1 / np.diag(tril))
    if direction == "reverse":
        precision = np.linalg.inv(tril_p @ tril_p.T)
        return precision @ (m - m_p), np.tril(precision @ tril) - diagonal
    inverse = np.linalg.inv(tril)
    second = tril_p @ tril_p.T + np.outer(m_p - m, m_p - m)
    whole = inverse.T @ (inverse @ second @ inverse.T)
    return inverse.T @ (inverse @ (m - m_p)), diagonal - np.tril(whole)


class _Chart:
    """From the unconstrained variables to mean and factor, and back."""

    def __init__(self, family: str, bijector: str) -> None:
        self.family = family
        exp = bijector == "Exp"
        self.positive = np.exp if exp else lambda x: np.logaddexp(0, x)
        self.inverse = np.log if exp else lambda y: y + np.log(-np.expm1(-y))
        self.slope = np.exp if exp else lambda x: 0.5 * (1 + np.tanh(0.5 * x))

    def variables(self, loc: Array, tril: Array) -> Array:
        scales = np.diag(tril)[: 1 if self.family == "isotropic" else 2]
        below = [tril[1, 0]] if self.family == "full" else []
        return np.concatenate([loc, self.inverse(scales), below])

    def gaussian(self, x: Array) -> Gaussian:
        tril = np.diag(np.broadcast_to(self.positive(x[2:4][: self._scales]), 2)).astype(float)
        if self.family == "full":
            tril[1, 0] = x[4]
        return x[:2].copy(), tril

    @property
    def _scales(self) -> int:
        return 1 if self.family == "isotropic" else 2

    def changes(self, x: Array) -> Array:
        """Differentiate the factor by each variable of the scale: (n, 2, 2)."""
        slope = self.slope(x[2 : 2 + self._scales])
        if self.family == "isotropic":
            return np.asarray(slope[0] * np.eye(2)[np.newaxis])
        found = [slope[0] * np.diag([1.0, 0.0]), slope[1] * np.diag([0.0, 1.0])]
        if self.family == "full":
            found.append(np.array([[0.0, 0.0], [1.0, 0.0]]))
        return np.array(found)

    def pull(self, x: Array, loc: Array, tril: Array) -> Array:
        """Gradient with respect to the variables."""
        return np.concatenate([loc, np.einsum("nij,ij->n", self.changes(x), tril)])

    def fisher(self, x: Array) -> Array:
        inverse = np.linalg.inv(self.gaussian(x)[1])
        d = inverse @ self.changes(x)
        d += d.swapaxes(1, 2)
        found = np.zeros((x.size, x.size))
        found[:2, :2] = inverse.T @ inverse
        found[2:, 2:] = 0.5 * np.einsum("nij,mji->nm", d, d)
        return found
