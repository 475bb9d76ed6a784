"""What a coded exercise of the notes asks for, one function each."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers.divergences import kl_gaussian
from klhelpers.optima import kl_floor, optimal_diag_gaussian
from klhelpers.renyi import renyi_gaussian

Values = NDArray[np.float64]


def kl_normal(
    loc_a: ArrayLike, scale_a: ArrayLike, loc_b: ArrayLike, scale_b: ArrayLike
) -> Values | np.float64:
    """KL(a‖b) in nats of two Gaussians in one dimension."""
    loc_a, scale_a, loc_b, scale_b = (
        np.asarray(value, np.float64)[..., np.newaxis] for value in (loc_a, scale_a, loc_b, scale_b)
    )
    return kl_gaussian(loc_a, scale_a[..., np.newaxis], loc_b, scale_b[..., np.newaxis])


def reverse_gradient(loc: ArrayLike, log_scale: ArrayLike, precision: ArrayLike) -> Values:
    """Gradient of KL(q‖p), p having the mean 0, in the mean and the log scales of q: two rows."""
    loc, log_scale, precision = (np.asarray(x, np.float64) for x in (loc, log_scale, precision))
    return np.stack([precision @ loc, np.diag(precision) * np.exp(2 * log_scale) - 1])


def best_variances(covariance: ArrayLike) -> Values:
    """Variances of the best diagonal q of reverse and of forward KL: two rows."""
    tril = np.linalg.cholesky(np.asarray(covariance, np.float64))
    loc = np.zeros(len(tril))
    return np.stack(
        [
            optimal_diag_gaussian(loc, tril, direction=direction).scale ** 2
            for direction in ("reverse", "forward")
        ]
    )


def gap(scale: ArrayLike, best: ArrayLike) -> Values | np.float64:
    """KL(q‖q*) in nats of two diagonal Gaussians with equal means."""
    zero = np.zeros(np.shape(scale))
    return kl_gaussian(zero, np.diag(np.asarray(scale)), zero, np.diag(np.asarray(best)))


def best_policy(reward: ArrayLike, reference: ArrayLike, beta: float) -> Values:
    """Probabilities with the largest mean reward minus β KL(π‖reference)."""
    reward = np.asarray(reward, np.float64)
    weights: Values = np.asarray(reference) * np.exp((reward - reward.max()) / beta)
    policy: Values = weights / weights.sum()
    return policy


def k3(log_ratio: ArrayLike) -> Values:
    """Mean of k3 and its standard error, from the logarithms of p/q."""
    log_ratio = np.asarray(log_ratio)
    terms = np.expm1(log_ratio) - log_ratio
    return np.array([terms.mean(), terms.std(ddof=1) / np.sqrt(len(terms))])


def score_gradient(x: ArrayLike, log_ratio: ArrayLike) -> float:
    """Gradient of KL(q‖p) in the mean of q = N(0, 1), with the mean of k1 as baseline."""
    k1 = -np.asarray(log_ratio)
    return float(np.mean(np.asarray(x) * (k1 - k1.mean())))


def effective_size(log_weights: ArrayLike) -> float:
    """Kish's effective number of samples, from the logarithms of the weights."""
    log_weights = np.asarray(log_weights, np.float64)
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / (weights**2).sum())


def log_density(x: ArrayLike, m: float) -> Values | np.float64:
    """Log density of the mixture of N(-m, 1) and N(m, 1) with equal weights."""
    x = np.asarray(x, np.float64)
    terms = [-0.5 * (x - centre) ** 2 for centre in (-m, m)]
    value: Values | np.float64 = np.logaddexp(*terms) - np.log(2) - 0.5 * np.log(2 * np.pi)
    return value


def isotropic_floors(covariance: ArrayLike) -> Values:
    """Floors in nats of reverse and of forward KL, over isotropic Gaussians."""
    tril = np.linalg.cholesky(np.asarray(covariance, np.float64))
    return np.array(
        [
            kl_floor(tril, direction=direction, family="isotropic")
            for direction in ("reverse", "forward")
        ]
    )


def renyi(cov_a: ArrayLike, cov_b: ArrayLike, alpha: float) -> Values | np.float64:
    """Rényi's divergence in nats of two Gaussians with equal means."""
    tril_a, tril_b = (np.linalg.cholesky(np.asarray(x, np.float64)) for x in (cov_a, cov_b))
    zero = np.zeros(len(tril_a))
    return renyi_gaussian(zero, tril_a, zero, tril_b, alpha=alpha)


def natural_step(
    loc: ArrayLike, scale: ArrayLike, precision: ArrayLike, target_loc: ArrayLike, size: float
) -> Values:
    """Mean and scales after a natural-gradient step on KL(q‖p): two rows."""
    loc, scale, precision, target_loc = (
        np.asarray(x, np.float64) for x in (loc, scale, precision, target_loc)
    )
    own = (1 - size) / scale**2 + size * np.diag(precision)
    return np.stack([loc - size * (precision @ (loc - target_loc)) / own, 1 / np.sqrt(own)])


def stored_by_softplus(scale: ArrayLike) -> Values | np.float64:
    """Return the number that a softplus maps to `scale`."""
    scale = np.asarray(scale, np.float64)
    stored: Values | np.float64 = scale + np.log(-np.expm1(-scale))
    return stored
