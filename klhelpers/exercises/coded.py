"""The coded exercises of the notes, by their labels: one for each chapter."""

import numpy as np

from klhelpers.exercises import answers
from klhelpers.exercises.model import CodedExercise

_COVARIANCE = np.array([[2.0, 0.6, 0.3], [0.6, 1.0, -0.2], [0.3, -0.2, 0.5]])

CODED = {
    "ex-code-kl": CodedExercise(
        reference=answers.kl_normal,
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
        reference=answers.reverse_gradient,
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
        reference=answers.best_variances,
        cases={
            "independent components": (np.diag([4.0, 0.25]),),
            "two components": (np.array([[1.0, 0.8], [0.8, 1.0]]),),
            "three components": (_COVARIANCE,),
        },
        hint="Reverse KL fits the diagonal of the precision, forward KL that of the covariance.",
        unit="",
    ),
    "ex-code-gap": CodedExercise(
        reference=answers.gap,
        cases={
            "the best scales": (np.array([0.5, 2.0]), np.array([0.5, 2.0])),
            "too wide": (np.array([1.0, 1.0]), np.array([0.5, 0.5])),
            "too narrow": (np.array([0.1]), np.array([1.0])),
            "one of each": (np.array([2.0, 0.5, 1.0]), np.ones(3)),
        },
        hint="With equal means, KL(q‖p) is the floor plus KL(q‖q*), q* the best q.",
    ),
    "ex-code-policy": CodedExercise(
        reference=answers.best_policy,
        cases={
            "no reward": (np.zeros(3), np.array([0.6, 0.3, 0.1]), 0.5),
            "three tokens": (np.array([0.0, 0.9, 1.0]), np.array([0.6, 0.3, 0.1]), 0.1),
            "large rewards": (np.array([0.0, 990.0, 1000.0]), np.array([0.6, 0.3, 0.1]), 1.0),
        },
        hint="Multiply the reference by e^{R/β} and normalise; subtract the largest R first.",
        unit="",
    ),
    "ex-code-k3": CodedExercise(
        reference=answers.k3,
        cases={
            "equal densities": (np.zeros(4),),
            "three samples": (np.array([-0.5, 0.1, 0.7]),),
            "twenty samples": (np.sin(np.arange(20.0)),),
        },
        hint="Average r − 1 − ln r; the standard error is their sample deviation over √N.",
    ),
    "ex-code-score": CodedExercise(
        reference=answers.score_gradient,
        cases={
            "equal densities": (np.array([-1.0, 0.5, 2.0]), np.zeros(3)),
            "a constant log ratio": (np.array([-1.0, 0.5, 2.0]), np.full(3, 5.0)),
            "four samples": (np.array([-1.0, 0.5, 2.0, 0.1]), np.array([0.3, -0.2, 1.0, 0.4])),
        },
        hint="The score of N(μ, 1) at μ = 0 is x; it multiplies k1 minus the mean of k1.",
        unit="",
    ),
    "ex-code-size": CodedExercise(
        reference=answers.effective_size,
        cases={
            "equal weights": (np.zeros(5),),
            "one large weight": (np.array([0.0, 0.0, 10.0]),),
            "weights beyond float64": (np.array([1000.0, 1001.0, 999.0]),),
        },
        hint="(Σ w)² / Σ w² does not change if all weights are divided by the largest.",
        unit="",
    ),
    "ex-code-mixture": CodedExercise(
        reference=answers.log_density,
        cases={
            "the middle": (0.0, 2.0),
            "five points": (np.linspace(-4.0, 4.0, 5), 3.0),
            "far out": (np.array([-60.0, 60.0]), 2.0),
        },
        hint="np.logaddexp adds two densities whose values would underflow.",
        unit="",
    ),
    "ex-code-isotropic": CodedExercise(
        reference=answers.isotropic_floors,
        cases={
            "an isotropic target": (4.0 * np.eye(3),),
            "independent components": (np.diag([4.0, 0.25]),),
            "two components": (np.array([[1.0, 0.8], [0.8, 1.0]]),),
            "three components": (_COVARIANCE,),
        },
        hint="The best s² is d / tr Λ for KL(q‖p) and tr Σ / d for KL(p‖q).",
    ),
    "ex-code-renyi": CodedExercise(
        reference=answers.renyi,
        cases={
            "equal covariances": (_COVARIANCE, _COVARIANCE, 0.3),
            "one dimension": (np.array([[4.0]]), np.array([[1.0]]), 0.5),
            "a diagonal b": (_COVARIANCE, np.diag([2.0, 1.0, 0.5]), 0.25),
            "two full ones": (np.array([[1.0, 0.8], [0.8, 1.0]]), 2 * _COVARIANCE[:2, :2], 0.9),
        },
        hint="In M = α S_b + (1 − α) S_a, α belongs to b; D is zero for equal covariances.",
    ),
    "ex-code-natural": CodedExercise(
        reference=answers.natural_step,
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
        reference=answers.stored_by_softplus,
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
