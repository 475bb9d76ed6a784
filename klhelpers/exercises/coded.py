"""The coded exercises of the notes, by their labels: one for each chapter."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers.divergences import kl_gaussian
from klhelpers.exercises.model import CodedExercise
from klhelpers.optima import kl_floor, optimal_gaussian
from klhelpers.renyi import renyi_gaussian

Values = NDArray[np.float64]


def _kl_normal(
    loc_a: ArrayLike, scale_a: ArrayLike, loc_b: ArrayLike, scale_b: ArrayLike
) -> Values | np.float64:
    loc_a, scale_a, loc_b, scale_b = (
        np.asarray(value, np.float64)[..., np.newaxis] for value in (loc_a, scale_a, loc_b, scale_b)
    )
    return kl_gaussian(loc_a, scale_a[..., np.newaxis], loc_b, scale_b[..., np.newaxis])


def _reverse_gradient(loc: ArrayLike, log_scale: ArrayLike, precision: ArrayLike) -> Values:
    loc, log_scale, precision = (np.asarray(x, np.float64) for x in (loc, log_scale, precision))
    return np.stack([precision @ loc, np.diag(precision) * np.exp(2 * log_scale) - 1])


def _best_variances(covariance: ArrayLike) -> Values:
    tril = np.linalg.cholesky(np.asarray(covariance, np.float64))
    loc = np.zeros(len(tril))
    return np.stack(
        [
            np.diag(optimal_gaussian(loc, tril, direction=direction).scale_tril) ** 2
            for direction in ("reverse", "forward")
        ]
    )


def _gap(scale: ArrayLike, best: ArrayLike) -> float:
    ratio = np.asarray(scale) / np.asarray(best)
    return float(np.sum(0.5 * (ratio**2 - 1) - np.log(ratio)))


def _best_policy(reward: ArrayLike, reference: ArrayLike, beta: float) -> Values:
    reward = np.asarray(reward, np.float64)
    weights: Values = np.asarray(reference) * np.exp((reward - reward.max()) / beta)
    policy: Values = weights / weights.sum()
    return policy


def _k3(log_ratio: ArrayLike) -> Values:
    log_ratio = np.asarray(log_ratio)
    terms = np.expm1(log_ratio) - log_ratio
    return np.array([terms.mean(), terms.std(ddof=1) / np.sqrt(len(terms))])


def _score_gradient(x: ArrayLike, log_ratio: ArrayLike) -> float:
    k1 = -np.asarray(log_ratio)
    return float(np.mean(np.asarray(x) * (k1 - k1.mean())))


def _effective_size(log_weights: ArrayLike) -> float:
    log_weights = np.asarray(log_weights, np.float64)
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / (weights**2).sum())


def _log_density(x: ArrayLike, m: float) -> Values | np.float64:
    x = np.asarray(x, np.float64)
    terms = [-0.5 * (x - centre) ** 2 for centre in (-m, m)]
    value: Values | np.float64 = np.logaddexp(*terms) - np.log(2) - 0.5 * np.log(2 * np.pi)
    return value


def _isotropic_floors(covariance: ArrayLike) -> Values:
    tril = np.linalg.cholesky(np.asarray(covariance, np.float64))
    return np.array(
        [
            kl_floor(tril, direction=direction, family="isotropic")
            for direction in ("reverse", "forward")
        ]
    )


def _renyi(cov_a: ArrayLike, cov_b: ArrayLike, alpha: float) -> Values | np.float64:
    tril_a, tril_b = (np.linalg.cholesky(np.asarray(x, np.float64)) for x in (cov_a, cov_b))
    zero = np.zeros(len(tril_a))
    return renyi_gaussian(zero, tril_a, zero, tril_b, alpha=alpha)


def _natural_step(
    loc: ArrayLike, scale: ArrayLike, precision: ArrayLike, target_loc: ArrayLike, size: float
) -> Values:
    loc, scale, precision, target_loc = (
        np.asarray(x, np.float64) for x in (loc, scale, precision, target_loc)
    )
    own = (1 - size) / scale**2 + size * np.diag(precision)
    return np.stack([loc - size * (precision @ (loc - target_loc)) / own, 1 / np.sqrt(own)])


def _stored_by_softplus(scale: ArrayLike) -> Values | np.float64:
    scale = np.asarray(scale, np.float64)
    stored: Values | np.float64 = scale + np.log(-np.expm1(-scale))
    return stored


_COVARIANCE = np.array([[2.0, 0.6, 0.3], [0.6, 1.0, -0.2], [0.3, -0.2, 0.5]])

CODED = {
    "ex-code-kl": CodedExercise(
        reference=_kl_normal,
        cases={
            "equal distributions": (0.5, 2.0, 0.5, 2.0),
            "a shift": (1.0, 1.0, 0.0, 1.0),
            "a wide, b narrow": (0.0, 2.0, 0.0, 0.5),
            "a narrow, b wide": (0.0, 0.5, 0.0, 2.0),
            "three pairs at once": (np.array([0.0, 1.0, -2.0]), 1.5, 0.3, np.array([1.0, 2, 0.5])),
        },
        hint="Only b's scale divides the distance between the means; add ln(scale_b / scale_a).",
    ),
    "ex-code-gradient": CodedExercise(
        reference=_reverse_gradient,
        cases={
            "at the optimum": (np.zeros(2), np.log([0.5, 1.0]), np.diag([4.0, 1.0])),
            "a shifted q": (np.array([1.0, -2.0]), np.zeros(2), np.eye(2)),
            "a correlated p": (
                np.array([0.3, -0.2]),
                np.array([-0.5, 0.2]),
                np.array([[2.0, -1.0], [-1.0, 1.5]]),
            ),
        },
        hint="Differentiate ½ (Σᵢ Λᵢᵢ e^{2λᵢ} + μᵀΛμ) − Σᵢ λᵢ: a row for μ, then one for λ.",
    ),
    "ex-code-optimum": CodedExercise(
        reference=_best_variances,
        cases={
            "independent components": (np.diag([4.0, 0.25]),),
            "two components": (np.array([[1.0, 0.8], [0.8, 1.0]]),),
            "three components": (_COVARIANCE,),
        },
        hint="Reverse KL fits the diagonal of the precision, forward KL that of the covariance.",
        unit="",
    ),
    "ex-code-gap": CodedExercise(
        reference=_gap,
        cases={
            "the best scales": (np.array([0.5, 2.0]), np.array([0.5, 2.0])),
            "too wide": (np.array([1.0, 1.0]), np.array([0.5, 0.5])),
            "too narrow": (np.array([0.1]), np.array([1.0])),
            "one of each": (np.array([2.0, 0.5, 1.0]), np.ones(3)),
        },
        hint="With equal means, KL(q‖p) is the floor plus KL(q‖q*), q* the best q.",
    ),
    "ex-code-policy": CodedExercise(
        reference=_best_policy,
        cases={
            "no reward": (np.zeros(3), np.array([0.6, 0.3, 0.1]), 0.5),
            "three tokens": (np.array([0.0, 0.9, 1.0]), np.array([0.6, 0.3, 0.1]), 0.1),
            "large rewards": (np.array([0.0, 990.0, 1000.0]), np.array([0.6, 0.3, 0.1]), 1.0),
        },
        hint="Multiply the reference by e^{R/β} and normalise; subtract the largest R first.",
        unit="",
    ),
    "ex-code-k3": CodedExercise(
        reference=_k3,
        cases={
            "equal densities": (np.zeros(4),),
            "three samples": (np.array([-0.5, 0.1, 0.7]),),
            "twenty samples": (np.sin(np.arange(20.0)),),
        },
        hint="Average r − 1 − ln r; the standard error is their sample deviation over √N.",
    ),
    "ex-code-score": CodedExercise(
        reference=_score_gradient,
        cases={
            "equal densities": (np.array([-1.0, 0.5, 2.0]), np.zeros(3)),
            "a constant log ratio": (np.array([-1.0, 0.5, 2.0]), np.full(3, 5.0)),
            "four samples": (np.array([-1.0, 0.5, 2.0, 0.1]), np.array([0.3, -0.2, 1.0, 0.4])),
        },
        hint="The score of N(μ, 1) at μ = 0 is x; it multiplies k1 minus the mean of k1.",
        unit="",
    ),
    "ex-code-size": CodedExercise(
        reference=_effective_size,
        cases={
            "equal weights": (np.zeros(5),),
            "one large weight": (np.array([0.0, 0.0, 10.0]),),
            "weights beyond float64": (np.array([1000.0, 1001.0, 999.0]),),
        },
        hint="(Σ w)² / Σ w² does not change if all weights are divided by the largest.",
        unit="",
    ),
    "ex-code-mixture": CodedExercise(
        reference=_log_density,
        cases={
            "the middle": (0.0, 2.0),
            "five points": (np.linspace(-4.0, 4.0, 5), 3.0),
            "far out": (np.array([-60.0, 60.0]), 2.0),
        },
        hint="np.logaddexp adds two densities whose values would underflow.",
        unit="",
    ),
    "ex-code-isotropic": CodedExercise(
        reference=_isotropic_floors,
        cases={
            "an isotropic target": (4.0 * np.eye(3),),
            "independent components": (np.diag([4.0, 0.25]),),
            "two components": (np.array([[1.0, 0.8], [0.8, 1.0]]),),
            "three components": (_COVARIANCE,),
        },
        hint="The best s² is d / tr Λ for KL(q‖p) and tr Σ / d for KL(p‖q).",
    ),
    "ex-code-renyi": CodedExercise(
        reference=_renyi,
        cases={
            "equal covariances": (_COVARIANCE, _COVARIANCE, 0.3),
            "one dimension": (np.array([[4.0]]), np.array([[1.0]]), 0.5),
            "a diagonal b": (_COVARIANCE, np.diag([2.0, 1.0, 0.5]), 0.25),
            "two full ones": (np.array([[1.0, 0.8], [0.8, 1.0]]), 2 * _COVARIANCE[:2, :2], 0.9),
        },
        hint="In M = α S_b + (1 − α) S_a, α belongs to b; D is zero for equal covariances.",
    ),
    "ex-code-natural": CodedExercise(
        reference=_natural_step,
        cases={
            "at the optimum": (
                np.array([1.0, -2.0]),
                np.array([0.5, 1.0]),
                np.diag([4.0, 1.0]),
                np.array([1.0, -2.0]),
                1.0,
            ),
            "a full step": (
                np.array([1.0, -1.0]),
                np.array([0.1, 3.0]),
                np.array([[2.0, -1.0], [-1.0, 1.5]]),
                np.zeros(2),
                1.0,
            ),
            "half a step": (
                np.array([0.3, -0.2, 1.0]),
                np.array([0.2, 1.0, 4.0]),
                np.linalg.inv(_COVARIANCE),
                np.array([1.0, 0.0, -1.0]),
                0.5,
            ),
        },
        hint="Change the precisions first; the step of loc divides by the new ones.",
    ),
    "ex-code-softplus": CodedExercise(
        reference=_stored_by_softplus,
        cases={
            "a scale of one": (1.0,),
            "three scales": (np.array([0.3, np.log(2), 5.0]),),
            "a tiny scale": (1e-20,),
            "a large scale": (1000.0,),
        },
        hint="ln(eʸ − 1) is y + ln(1 − e⁻ʸ), which np.expm1 computes without a loss of digits.",
        unit="",
    ),
}
