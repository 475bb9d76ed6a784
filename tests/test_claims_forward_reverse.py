"""Claims of the chapter *Forward and reverse KL* whose checks are too long for its page."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.animation import AbstractMovieWriter, FuncAnimation

from klhelpers import kl_floor, kl_gaussian, optimal_diag_gaussian


def random_covariances(count, d, seed):
    factor = np.random.default_rng(seed).normal(size=(count, d, d))
    return factor @ factor.transpose(0, 2, 1) + 0.05 * np.eye(d)


def log_normal(x, loc, scale):
    return -(((x - loc) / scale) ** 2) / 2 - np.log(scale) - np.log(2 * np.pi) / 2


def test_minimising_the_mean_of_minus_ln_q_is_maximum_likelihood():
    """This is *maximum likelihood*."""
    rng = np.random.default_rng(41)
    x = rng.gamma(2.0, 1.5, size=400)
    loc, scale = x.mean(), x.std()  # the maximum-likelihood Gaussian
    least = -np.mean(log_normal(x, loc, scale))
    for other_loc, other_scale in zip(
        loc + rng.normal(size=200), scale * np.exp(rng.normal(size=200)), strict=True
    ):
        other = -np.mean(log_normal(x, other_loc, other_scale))
        extra = kl_gaussian([loc], [[scale]], [other_loc], [[other_scale]])
        np.testing.assert_allclose(other, least + extra, rtol=1e-9)  # so least at the moments


def test_the_log_evidence_is_the_elbo_plus_the_reverse_kl():
    """The formula {eq}`fr-elbo`, and minimising KL(q‖p) is maximising the evidence lower bound."""
    x = np.linspace(-30, 30, 600_001)
    log_tilde = np.logaddexp(log_normal(x, -1.0, 1.0), log_normal(x, 2.0, 0.7)) + 3.0
    log_z = np.log(np.trapezoid(np.exp(log_tilde), x))
    elbos, divergences = [], []
    for loc, scale in [(0.0, 1.0), (0.5, 2.0), (1.9, 0.8), (-3.0, 0.5)]:
        log_q = log_normal(x, loc, scale)
        elbo = np.trapezoid(np.exp(log_q) * (log_tilde - log_q), x)
        divergence = np.trapezoid(np.exp(log_q) * (log_q - (log_tilde - log_z)), x)
        np.testing.assert_allclose(elbo + divergence, log_z, rtol=1e-8)
        elbos.append(elbo)
        divergences.append(divergence)
    assert np.argmax(elbos) == np.argmin(divergences)


def test_the_fit_of_expectation_propagation_matches_moments():
    """The solution matches the moments of $\\hat p_k$."""
    x = np.linspace(-30, 30, 600_001)
    log_hat = log_normal(x, 0.5, 1.5) - np.logaddexp(0, -3 * x)  # a Gaussian times a sigmoid
    hat = np.exp(log_hat) / np.trapezoid(np.exp(log_hat), x)
    loc = np.trapezoid(hat * x, x)
    scale = np.sqrt(np.trapezoid(hat * (x - loc) ** 2, x))
    least = -np.trapezoid(hat * log_normal(x, loc, scale), x)
    rng = np.random.default_rng(41)
    for _ in range(40):
        other_loc, other_scale = loc + rng.normal(), scale * np.exp(rng.normal())
        assert -np.trapezoid(hat * log_normal(x, other_loc, other_scale), x) > least


@pytest.mark.parametrize("d", [2, 3, 5])
def test_the_conditional_variance_is_never_larger_than_the_marginal_one(d):
    """It is never larger than the marginal variance, with the formula {eq}`fr-schur`."""
    for covariance in random_covariances(200, d, 41):
        rest = slice(1, None)
        solved = np.linalg.solve(covariance[rest, rest], covariance[rest, 0])
        conditional = covariance[0, 0] - covariance[0, rest] @ solved
        np.testing.assert_allclose(1 / np.linalg.inv(covariance)[0, 0], conditional, rtol=1e-6)
        assert conditional <= covariance[0, 0]


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_the_floors_are_reached_at_the_optima_alone(d):
    """The formulas {eq}`fr-forward-optimum` and {eq}`fr-reverse-optimum`."""
    zero, rng = np.zeros(d), np.random.default_rng(42)
    for covariance in random_covariances(20, d, 43):
        tril, precision = np.linalg.cholesky(covariance), np.linalg.inv(covariance)
        for direction, matrix in [("forward", covariance), ("reverse", precision)]:
            floor = np.sum(np.log(np.diag(matrix))) - np.linalg.slogdet(matrix)[1]
            np.testing.assert_allclose(kl_floor(tril, direction=direction), floor / 2, atol=1e-9)
            best = optimal_diag_gaussian(zero, tril, direction=direction).scale
            for scale in (best, *(best * np.exp(rng.normal(size=(20, d)) / 3))):
                pair = (zero, tril), (zero, np.diag(scale))
                optimum = (zero, np.diag(best)), (zero, np.diag(scale))
                if direction == "reverse":
                    pair, optimum = pair[::-1], optimum[::-1]
                gap = kl_gaussian(*pair[0], *pair[1]) - floor / 2
                expected = kl_gaussian(*optimum[0], *optimum[1])  # zero at the optimum only
                np.testing.assert_allclose(gap, expected, rtol=1e-6, atol=1e-9)


def test_the_stronger_the_correlation_the_more_the_direction_matters():
    """The cross value grows like 1/(1 − ρ²): the stronger the correlation, the more it matters."""
    zero, excess = np.zeros(2), []
    for rho in np.linspace(0, 0.999, 60):
        tril = np.array([[1.5, 0.0], [0.7 * rho, 0.7 * np.sqrt(1 - rho**2)]])
        cross = rho**2 / (1 - rho**2) + 0.5 * np.log1p(-(rho**2))
        of_reverse = np.diag(optimal_diag_gaussian(zero, tril, direction="reverse").scale)
        of_forward = np.diag(optimal_diag_gaussian(zero, tril, direction="forward").scale)
        np.testing.assert_allclose(kl_gaussian(zero, tril, zero, of_reverse), cross, atol=1e-9)
        np.testing.assert_allclose(kl_gaussian(zero, of_forward, zero, tril), cross, atol=1e-9)
        excess.append(cross - kl_floor(tril, direction="forward"))
    assert np.all(np.diff(excess) > 0)
    assert cross * (1 - rho**2) == pytest.approx(1, abs=0.01)


class Discard(AbstractMovieWriter):
    """A writer that draws nothing, so that only the calls of the animation count."""

    @classmethod
    def isAvailable(cls):
        return True

    def setup(self, fig, outfile, dpi=None):
        pass

    def grab_frame(self, **_):
        pass

    def finish(self):
        pass


@pytest.mark.parametrize(("frames", "updates"), [(5, 6), (250, 251)])
def test_the_first_frame_is_drawn_once_more(frames, updates, tmp_path):
    """Five frames make six updates, and 250 frames make 251."""
    fig, calls = plt.figure(), []
    animation = FuncAnimation(fig, calls.append, frames=frames)
    animation.save(tmp_path / "nothing.gif", writer=Discard(fps=5))
    assert len(calls) == updates


def log_mixture(x, m):
    return np.logaddexp(log_normal(x, -m, 1.0), log_normal(x, m, 1.0)) - np.log(2)


@pytest.mark.parametrize("m", [0.5, 0.99, 1.0, 1.01, 2.0, 2.6, 4.0])
def test_the_mixture_has_two_modes_if_m_is_larger_than_one(m):
    """The mixture has two modes if $m > 1$, and one in the middle otherwise."""
    x = np.linspace(-6, 6, 120_001)
    density = log_mixture(x, m)
    inner = density[1:-1]
    peaks = x[1:-1][(inner > density[:-2]) & (inner >= density[2:])]
    assert len(peaks) == (2 if m > 1 else 1)
    assert m > 1 or abs(peaks[0]) < 1e-3


@pytest.mark.parametrize("m", [0.0, 1.0, 2.6, 3.5, 4.7, 6.0])
def test_forward_kl_is_least_at_the_moments_of_the_mixture(m):
    """KL(p‖q) is least at the mean of $p$, 0, and its variance, $1 + m^2$, for every $m$."""
    x = np.linspace(-m - 12, m + 12, 20_001)
    log_p = log_mixture(x, m)

    def forward(loc, scale):
        return np.trapezoid(np.exp(log_p) * (log_p - log_normal(x, loc, scale)), x)

    spread, rng = np.sqrt(1 + m**2), np.random.default_rng(41)
    least = forward(0.0, spread)
    for loc, scale in zip(rng.normal(size=20) * 3, np.exp(rng.normal(size=20) / 2), strict=True):
        rest = kl_gaussian([0.0], [[spread]], [loc], [[scale]])  # zero only at the moments
        np.testing.assert_allclose(forward(loc, scale), least + rest, rtol=1e-6)


@pytest.mark.parametrize("m", [3.5, 4.0, 6.0])
def test_the_peak_of_the_forward_optimum_lies_where_p_has_almost_no_mass(m):
    """For large $m$ the peak of this $q$ lies where $p$ has almost no mass."""
    peak = np.exp(log_mixture(np.linspace(-m - 1, m + 1, 1001), m)).max()
    assert np.exp(log_mixture(0.0, m)) < 0.01 * peak
