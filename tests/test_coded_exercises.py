"""The exercises of the notes: a second implementation of each passes, usual mistakes do not."""

import re

import mpmath
import numpy as np
import pytest
from scipy.linalg import eigvalsh
from scipy.special import logsumexp, softmax
from scipy.stats import entropy, multivariate_normal, norm, sem

from klhelpers import check
from klhelpers.exercises import CODED


def kl_normal(loc_a, scale_a, loc_b, scale_b):
    return np.log(scale_b / scale_a) + (scale_a**2 + (loc_a - loc_b) ** 2) / (2 * scale_b**2) - 0.5


def reverse_gradient(loc, log_scale, precision, step=1e-5):
    """Central differences of the divergence, up to a constant."""

    def loss(x):
        mean, logs = np.split(x, 2)
        return 0.5 * (np.diag(precision) @ np.exp(2 * logs) + mean @ precision @ mean) - logs.sum()

    x = np.concatenate([loc, log_scale])
    steps = step * np.eye(len(x))
    return np.reshape([(loss(x + h) - loss(x - h)) / (2 * step) for h in steps], (2, -1))


def best_variances(covariance):
    """Conditional variances by Schur complements, and marginal ones."""
    conditional = []
    for i in range(len(covariance)):
        rest = [j for j in range(len(covariance)) if j != i]
        cross = covariance[i, rest]
        known = cross @ np.linalg.solve(covariance[np.ix_(rest, rest)], cross)
        conditional.append(covariance[i, i] - known)
    return np.stack([conditional, np.diag(covariance)])


def isotropic_floors(covariance):
    """From the eigenvalues, whose mean is that of the diagonal."""
    eigenvalues = np.linalg.eigvalsh(covariance)

    def floor(values):
        ratios = values / values.mean()
        return 0.5 * np.sum(ratios - 1 - np.log(ratios))

    return np.array([floor(1 / eigenvalues), floor(eigenvalues)])


def renyi(cov_a, cov_b, alpha):
    """From the generalised eigenvalues of both covariances."""
    values = eigvalsh(cov_a, cov_b)
    logs = np.log(alpha + (1 - alpha) * values) - (1 - alpha) * np.log(values)
    return np.sum(logs) / (2 * (1 - alpha))


def natural_step(loc, scale, precision, target_loc, size, step=1e-5):
    """One step in the natural parameters; gradients by differences in the expectation parameters.

    With loc = E[x] and scale² = E[x²] − E[x]², KL(q‖p) is a function of both means.
    """

    def loss(moments):
        first, second = np.split(moments, 2)
        variance, error = second - first**2, first - target_loc
        trace = np.diag(precision) @ variance
        return 0.5 * (trace + error @ precision @ error - np.sum(np.log(variance)))

    moments = np.concatenate([loc, np.square(loc) + np.square(scale)])
    steps = step * np.minimum(1, np.tile(scale, 2) ** 2)[:, np.newaxis] * np.eye(len(moments))
    slopes = [(loss(moments + h) - loss(moments - h)) / (2 * h.max()) for h in steps]
    natural = np.concatenate([loc / np.square(scale), -0.5 / np.square(scale)])
    first, second = np.split(natural - size * np.array(slopes), 2)
    return np.stack([first / (-2 * second), 1 / np.sqrt(-2 * second)])


RIGHT = {
    "ex-code-kl": kl_normal,
    "ex-code-gradient": reverse_gradient,
    "ex-code-optimum": best_variances,
    "ex-code-gap": lambda scale, best: np.sum(kl_normal(0, scale, 0, best)),
    "ex-code-policy": lambda reward, reference, beta: softmax(np.log(reference) + reward / beta),
    "ex-code-k3": lambda log_ratio: (
        np.mean(np.exp(log_ratio) - 1 - log_ratio),
        sem(np.exp(log_ratio) - 1 - log_ratio),
    ),
    "ex-code-score": lambda x, log_ratio: np.cov(x, -log_ratio, bias=True)[0, 1],
    "ex-code-size": lambda logs: np.exp(2 * logsumexp(logs) - logsumexp(2 * np.asarray(logs))),
    "ex-code-mixture": lambda x, m: (
        logsumexp([norm(-m, 1).logpdf(x), norm(m, 1).logpdf(x)], axis=0) - np.log(2)
    ),
    "ex-code-isotropic": isotropic_floors,
    "ex-code-renyi": renyi,
    "ex-code-natural": natural_step,
    "ex-code-softplus": np.vectorize(lambda y: float(mpmath.log(mpmath.expm1(y)))),
}
WRONG = {
    "ex-code-kl": {
        "the other direction": lambda a, s, b, t: kl_normal(b, t, a, s),
        "the wrong scale divides": lambda a, s, b, t: np.log(t / s)
        + (t**2 + (a - b) ** 2) / (2 * s**2) - 0.5,
        "for numbers alone": lambda a, s, b, t: float(kl_normal(a, s, b, t)),
    },
    "ex-code-gradient": {
        "the gradient in the scale": lambda m, u, P: np.stack(
            [P @ m, np.diag(P) * np.exp(u) - np.exp(-u)]
        ),
        "covariance for precision": lambda m, u, P: reverse_gradient(m, u, np.linalg.inv(P)),
    },
    "ex-code-optimum": {
        "exchanged": lambda S: best_variances(S)[::-1],
        "inverse of the diagonal": lambda S: np.stack([1 / np.diag(S), np.diag(S)]),
    },
    "ex-code-gap": {"exchanged": lambda scale, best: np.sum(kl_normal(0, best, 0, scale))},
    "ex-code-policy": {
        "no normalisation": lambda R, ref, beta: ref * np.exp((R - R.max()) / beta),
        "times beta": lambda R, ref, beta: softmax(np.log(ref) + R * beta),
        "the largest": lambda R, ref, beta: np.eye(len(R))[np.argmax(R)],
    },
    "ex-code-k3": {
        "k1": lambda logs: (np.mean(-logs), sem(-logs)),
        "a standard deviation": lambda logs: (
            np.mean(np.expm1(logs) - logs), np.std(np.expm1(logs) - logs, ddof=1)
        ),
    },
    "ex-code-score": {
        "no baseline": lambda x, logs: np.mean(x * -logs),
        "the other sign": lambda x, logs: np.cov(x, logs, bias=True)[0, 1],
    },
    "ex-code-size": {
        "the number": len,
        "perplexity": lambda logs: np.exp(entropy(softmax(logs))),
    },
    "ex-code-mixture": {
        "no half": lambda x, m: RIGHT["ex-code-mixture"](x, m) + np.log(2),
        "one component": lambda x, m: multivariate_normal(m, 1).logpdf(x),
    },
    "ex-code-isotropic": {
        "exchanged": lambda S: isotropic_floors(S)[::-1],
        "without the factor 1/2": lambda S: 2 * isotropic_floors(S),
        "the mean of the conditional variances": lambda S: np.array(
            [
                (np.linalg.slogdet(S)[1] - len(S) * np.log(best_variances(S)[0].mean())) / 2,
                isotropic_floors(S)[1],
            ]
        ),
    },
    "ex-code-renyi": {
        "the other direction": lambda a, b, t: renyi(b, a, t),
        "1 - alpha for alpha": lambda a, b, t: renyi(a, b, 1 - t),
        "no constant": lambda a, b, t: renyi(a, b, t) + 0.5 * np.linalg.slogdet(a)[1],
        "diagonals alone": lambda a, b, t: renyi(np.diag(np.diag(a)), np.diag(np.diag(b)), t),
    },
    "ex-code-natural": {
        "divided by the old precisions": lambda m, s, P, a, t: np.stack(
            [m - t * s**2 * (P @ (m - a)), natural_step(m, s, P, a, t)[1]]
        ),
        "the target's mean forgotten": lambda m, s, P, a, t: natural_step(m, s, P, 0 * a, t),
        "a full step of the scale": lambda m, s, P, a, t: np.stack(
            [natural_step(m, s, P, a, t)[0], 1 / np.sqrt(np.diag(P))]
        ),
        "gradient descent": lambda m, s, P, a, t: np.stack(
            [m - t * P @ (m - a), s * np.exp(-t * (np.diag(P) * s**2 - 1))]
        ),
    },
    "ex-code-softplus": {
        "the softplus": lambda y: np.logaddexp(0, y),
        "the inverse of the exponential": np.log,
        "clipped": lambda y: y + np.log(np.maximum(1 - np.exp(-y), 1e-12)),
        "for numbers alone": lambda y: float(mpmath.log(mpmath.expm1(y))),
    },
}  # fmt: skip
CASES = [(label, name) for label, wrong in WRONG.items() for name in wrong]


def fails(*arguments):
    raise ZeroDivisionError("division by zero")


BROKEN = {  # how the right function of any exercise can be broken, and what a learner reads
    "an exception": (lambda right: fails, r"raises ZeroDivisionError: division by zero\."),
    "no return": (lambda right: lambda *arguments: None, r"returns None: .*"),
    "NaN": (lambda right: lambda *x: np.nan * np.asarray(right(*x)), r"must return .* nan.*"),
    "another shape": (
        lambda right: lambda *x: np.asarray(right(*x))[np.newaxis],
        r"must return (one number|an array of .*); it returns an array of shape \(1.*\)\.",
    ),
}


def test_every_exercise_is_tried():
    assert set(RIGHT) == set(WRONG) == set(CODED)


@pytest.mark.parametrize("label", CODED)
def test_a_second_implementation_is_right(label):
    result = check(RIGHT[label], label)
    assert result, result


@pytest.mark.parametrize(("label", "name"), CASES)
def test_usual_mistakes_get_the_hint(label, name):
    result = check(WRONG[label][name], label)
    assert not result
    assert result.message.startswith("Not yet. Case ")
    assert result.message.endswith(f"\nHint: {CODED[label].hint}")


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("label", CODED)
def test_what_is_broken_is_told(label, name):
    broken, reason = BROKEN[name]
    result = check(broken(RIGHT[label]), label)
    assert not result
    heading, sentence, hint = result.message.split("\n")
    assert heading.startswith("Not yet. Case 1 of ")
    assert re.fullmatch(rf".*\(.*\) {reason}", sentence), sentence
    assert hint == f"Hint: {CODED[label].hint}"


@pytest.mark.parametrize(
    "label", ["ex-code-policy", "ex-code-size", "ex-code-mixture", "ex-code-softplus"]
)
def test_overflow_is_not_accepted(label):
    careless = {
        "ex-code-policy": lambda R, ref, beta: (
            ref * np.exp(R / beta) / np.sum(ref * np.exp(R / beta))
        ),
        "ex-code-size": lambda logs: np.sum(np.exp(logs)) ** 2 / np.sum(np.exp(logs) ** 2),
        "ex-code-mixture": lambda x, m: np.log(0.5 * norm(-m, 1).pdf(x) + 0.5 * norm(m, 1).pdf(x)),
        "ex-code-softplus": lambda y: np.log(np.expm1(y)),
    }
    with np.errstate(all="ignore"):
        assert not check(careless[label], label)
    assert check(RIGHT[label], label)
