"""Claims of the chapter *Analytic KL divergence* whose checks are too long for its page."""

from math import erf

import numpy as np
import pytest

from klhelpers import kl_gaussian
from klhelpers.quiet_tensorflow import tfp

TFD = tfp.distributions


def random_gaussians(count, d, seed):
    """Means, covariances and Cholesky factors of random Gaussians."""
    rng = np.random.default_rng(seed)
    loc, factor = rng.normal(size=(count, d)), rng.normal(size=(count, d, d))
    covariance = factor @ factor.transpose(0, 2, 1) + 0.1 * np.eye(d)
    return loc, covariance, np.linalg.cholesky(covariance)


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_the_divergence_is_the_cross_entropy_minus_the_entropy(d):
    """The divergence is {eq}`eq-cross-entropy` minus {eq}`eq-entropy`."""
    loc, covariance, tril = random_gaussians(40, d, 41)
    for i in range(0, 40, 2):
        precision, delta = np.linalg.inv(covariance[i + 1]), loc[i] - loc[i + 1]
        cross = np.trace(precision @ covariance[i]) + delta @ precision @ delta
        cross += np.linalg.slogdet(covariance[i + 1])[1] + d * np.log(2 * np.pi)
        entropy = np.linalg.slogdet(covariance[i])[1] + d * np.log(2 * np.pi * np.e)
        expected = kl_gaussian(loc[i], tril[i], loc[i + 1], tril[i + 1])
        np.testing.assert_allclose((cross - entropy) / 2, expected, rtol=1e-9, atol=1e-12)


def test_the_cross_entropy_holds_for_every_a():
    """This holds for every $a$: only its mean and its covariance occur."""
    x = np.linspace(-60, 60, 600_001)
    density = 0.3 * np.exp(-abs(x - 2)) / 2  # far from a Gaussian: a Laplace and a box
    density += 0.7 * ((x > -3) & (x <= 1)) / 4
    density /= np.trapezoid(density, x)
    mean = np.trapezoid(density * x, x)
    variance = np.trapezoid(density * (x - mean) ** 2, x)
    for loc, scale in [(0.0, 1.0), (-2.0, 0.5), (4.0, 3.0)]:
        minus_log = ((x - loc) / scale) ** 2 / 2 + np.log(scale) + np.log(2 * np.pi) / 2
        formula = (variance + (mean - loc) ** 2) / (2 * scale**2)
        formula += np.log(scale) + np.log(2 * np.pi) / 2
        np.testing.assert_allclose(np.trapezoid(density * minus_log, x), formula, rtol=1e-6)


@pytest.mark.parametrize("d", [1, 2, 4])
def test_no_term_of_the_form_that_kl_gaussian_uses_is_negative(d):
    """in a form in which no term can be negative."""
    loc, _, tril = random_gaussians(200, d, 42)
    M = np.linalg.solve(tril[1::2], tril[::2])
    z = np.linalg.solve(tril[1::2], (loc[::2] - loc[1::2])[..., np.newaxis])[..., 0]
    squares = np.diagonal(M, axis1=1, axis2=2) ** 2
    on_diagonal = squares - 1 - np.log(squares)
    assert np.all(on_diagonal >= 0)
    terms = np.sum(on_diagonal, axis=1) + np.sum(np.tril(M, -1) ** 2, axis=(1, 2))
    formula = (terms + np.sum(z**2, axis=1)) / 2
    expected = kl_gaussian(loc[::2], tril[::2], loc[1::2], tril[1::2])
    np.testing.assert_allclose(formula, expected, rtol=1e-10, atol=1e-12)


def test_an_estimate_needs_a_log_ratio_whose_variance_is_finite():
    """This needs … a log ratio whose variance is finite."""
    samples = np.random.default_rng(41).standard_t(3, size=(200, 10_000))

    def log_t(x):
        return np.log(2 / (np.pi * np.sqrt(3))) - 2 * np.log1p(x**2 / 3)

    log_ratio = log_t(samples) + samples**2 / 2 + np.log(2 * np.pi) / 2  # to a standard Gaussian
    line = np.linspace(-3000, 3000, 3_000_001)
    entropy = -np.trapezoid(np.exp(log_t(line)) * log_t(line), line)
    exact = 1.5 + np.log(2 * np.pi) / 2 - entropy  # the variance of x is 3, so KL is finite
    bars = 2 * log_ratio.std(axis=1, ddof=1) / 100
    covered = np.mean(np.abs(log_ratio.mean(axis=1) - exact) < bars)
    assert covered < 0.85  # 95 % were promised


@pytest.mark.parametrize(("mu", "sigma", "m"), [(0.5, 1.0, 0.0), (-2.0, 0.3, 1.0), (0.0, 3.0, 0.0)])
def test_the_mean_absolute_deviation_of_a_gaussian(mu, sigma, m):
    """The formula {eq}`eq-mean-distance`."""
    line = np.linspace(-40, 40, 800_001)
    density = np.exp(-(((line - mu) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))
    z = (mu - m) / (sigma * np.sqrt(2))
    formula = sigma * np.sqrt(2 / np.pi) * np.exp(-(z**2)) + (mu - m) * erf(z)
    np.testing.assert_allclose(np.trapezoid(density * abs(line - m), line), formula, rtol=1e-8)


def test_the_mean_of_the_ratio_is_a_weight():
    """the mean of $p/q$ over $q$ is the weight that $p$ has where $q$ is positive."""
    x = np.linspace(-8, 8, 1_600_001)
    p = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    for low, high in [(-1, 1), (0, 5), (-8, 8)]:
        inside = (x > low) & (x < high)
        q = inside / (high - low)
        ratio = np.divide(p, q, where=inside, out=np.zeros_like(x))
        mean = np.trapezoid(q * ratio, x)
        weight = (erf(high / np.sqrt(2)) - erf(low / np.sqrt(2))) / 2
        np.testing.assert_allclose(mean, weight, atol=1e-5)
        assert mean < 1 + 1e-9


def test_a_second_registration_of_the_same_pair_is_refused():
    """A second one for the same pair raises a ValueError."""

    class Own(TFD.Laplace):
        pass

    TFD.RegisterKL(TFD.Normal, Own)(lambda a, b, name=None: 0.0)
    with pytest.raises(ValueError, match="already been registered"):
        TFD.RegisterKL(TFD.Normal, Own)(lambda a, b, name=None: 0.0)


def test_estimates_for_a_mixture_are_near_the_integral():
    """**Estimate it**, and state the standard error."""
    normal = TFD.MultivariateNormalDiag([0.0, 0.0])
    mixture = TFD.MixtureSameFamily(
        TFD.Categorical(probs=[0.5, 0.5]),
        TFD.MultivariateNormalDiag([[-2.0, 0.0], [2.0, 0.0]]),
    )
    # The second components agree, so the divergence is an integral over the line.
    x = np.linspace(-12, 12, 4001)
    log_normal = -(x**2) / 2 - np.log(2 * np.pi) / 2
    log_mixture = np.logaddexp(-((x - 2) ** 2) / 2, -((x + 2) ** 2) / 2) - np.log(8 * np.pi) / 2
    for first, second, log_a, log_b in [
        (normal, mixture, log_normal, log_mixture),
        (mixture, normal, log_mixture, log_normal),
    ]:
        exact = np.trapezoid(np.exp(log_a) * (log_a - log_b), x)
        sample = first.sample(100_000, seed=(41, 0))
        ratio = (first.log_prob(sample) - second.log_prob(sample)).numpy().astype(np.float64)
        assert abs(ratio.mean() - exact) < 4 * ratio.std() / np.sqrt(ratio.size)
