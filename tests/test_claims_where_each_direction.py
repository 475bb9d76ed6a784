"""Numbers of the chapter *Where you meet each direction*, derived a second time.

Nothing of the chapter's code is used: integrals are those of SciPy or Gauss-Hermite sums, and
expectation propagation is written in means and covariances.
"""

import numpy as np
import pytest
from scipy import integrate, optimize, stats
from scipy.special import expit, log_expit, rel_entr, softmax
from sklearn.datasets import load_iris

from klhelpers import kl_gaussian


def gauss_hermite(num=80):
    nodes, weights = np.polynomial.hermite_e.hermegauss(num)
    return nodes, weights / weights.sum()


def integral(f):
    return integrate.quad(f, -60, 60, limit=400, points=[-5, 0, 5])[0]


# --- Samples of p: maximum likelihood


@pytest.mark.parametrize(
    ("nu", "expected"), [(1, 1.6340), (2, 1.3650), (3, 1.2602), (5, 1.1674), (30, 1.0319)]
)
def test_the_reverse_optimum_of_a_t_distribution(nu, expected):
    """The derivative of KL(q‖p) in the log scale is zero: E_q[x (ln p)'(x)] = −1."""

    def derivative(scale):
        def f(z):
            x = scale * z
            return stats.norm.pdf(z) * x * (nu + 1) * x / (nu + x**2)

        return integrate.quad(f, -40, 40)[0] - 1

    assert optimize.brentq(derivative, 0.5, 3) == pytest.approx(expected, abs=5e-5)


def test_the_standard_error_under_a_wrong_model():
    """(σ/2) √((κ − 1)/N); with ten degrees of freedom the eighth moment exists."""
    nu, num, repetitions = 10, 1000, 4000
    x = np.random.default_rng(41).standard_t(nu, size=(repetitions, num))
    kurtosis, sd = 3 + 6 / (nu - 4), np.sqrt(nu / (nu - 2))
    expected = sd / 2 * np.sqrt((kurtosis - 1) / num)
    assert x.std(axis=1).std() == pytest.approx(expected, rel=0.06)
    assert x.std(axis=1).std() > 1.1 * sd / np.sqrt(2 * num)


# --- Factors of p: expectation propagation

SLOPES, SHIFTS = np.array([4.0, 6.0, -1.0]), np.array([4.0, 0.0, 3.0])


def ep_in_moments(slopes, shifts, prior_variance, sweeps, power=1.0):
    """Mean and variance of q, with sites kept as (precision, precision times mean)."""
    sites = np.zeros((len(slopes), 2))
    for _ in range(sweeps):
        for k, (w, b) in enumerate(zip(slopes, shifts, strict=True)):
            rest = np.delete(sites, k, axis=0).sum(axis=0) + np.array([1 / prior_variance, 0.0])
            loc, sd = rest[1] / rest[0], rest[0] ** -0.5
            x = np.linspace(loc - 10 * sd, loc + 10 * sd, 1501)
            density = stats.norm(loc, sd).pdf(x) * expit(w * x + b) ** power
            density = density / density.sum()
            mean = density @ x
            precision = 1 / (density @ (x - mean) ** 2)
            sites[k] = precision - rest[0], precision * mean - rest[1]
    precision, shift = sites.sum(axis=0) + np.array([1 / prior_variance, 0.0])
    return shift / precision, 1 / precision


def log_p_tilde(x):
    return stats.norm(0, 2).logpdf(x) + log_expit(SLOPES * x + SHIFTS).sum()


def test_the_example_in_one_dimension():
    """The moments of p, of EP and of the reverse fit."""
    z = integral(lambda x: np.exp(log_p_tilde(x)))
    mean = integral(lambda x: x * np.exp(log_p_tilde(x))) / z
    sd = np.sqrt(integral(lambda x: (x - mean) ** 2 * np.exp(log_p_tilde(x))) / z)
    assert (mean, sd) == pytest.approx((1.2510, 0.9717), abs=5e-5)
    loc, variance = ep_in_moments(SLOPES, SHIFTS, 4.0, sweeps=4)
    assert (loc, np.sqrt(variance)) == pytest.approx((1.2593, 0.9541), abs=1e-4)
    nodes, weights = gauss_hermite()

    def conditions(theta):
        """Both derivatives of the ELBO, by integration by parts."""
        u = np.multiply.outer(theta[0] + np.exp(theta[1]) * nodes, SLOPES) + SHIFTS
        first = weights @ (expit(-u) @ SLOPES) - theta[0] / 4
        second = weights @ (-(expit(u) * expit(-u)) @ SLOPES**2) - 1 / 4
        return first, second + np.exp(-2 * theta[1])

    theta = optimize.root(conditions, [1.2, -0.2]).x
    assert (theta[0], np.exp(theta[1])) == pytest.approx((1.2623, 0.8299), abs=5e-4)


def test_ep_with_many_weak_factors_is_the_reverse_fit():
    """The standard deviation of EP falls to 0.8299 as each factor is split into n."""
    sds = [
        ep_in_moments(np.repeat(SLOPES, n), np.repeat(SHIFTS, n), 4.0, 6, 1 / n)[1] ** 0.5
        for n in (1, 2, 5, 20)
    ]
    assert np.all(np.diff(sds) < 0) and 0.8299 < sds[-1] < 0.84


# --- A student and its teacher

TEACHER, Z = np.array([0.6, 0.01, 0.39]), np.array([-1.0, 0.0, 1.0])


def test_the_two_students():
    """Forward matches the mean of z; for reverse the covariance of z and ln q/p is zero."""

    def covariance(theta):
        q = softmax(theta * Z)
        return q @ (Z * np.log(q / TEACHER)) - (q @ Z) * (q @ np.log(q / TEACHER))

    forward = optimize.brentq(lambda t: softmax(t * Z) @ Z - TEACHER @ Z, -3, 3)
    lower, upper = optimize.brentq(covariance, -6, -2), optimize.brentq(covariance, 2, 6)
    assert (forward, lower) == pytest.approx((-0.32, -3.76), abs=0.005)
    values = [rel_entr(softmax(t * Z), TEACHER).sum() for t in (lower, upper)]
    assert values[0] == pytest.approx(0.491, abs=5e-4) and values[0] < values[1] < 0.94
    assert softmax(forward * Z)[1] > 30 * TEACHER[1]


# --- A reward and a penalty


@pytest.mark.parametrize("beta", [5.0, 0.5, 0.05])
def test_both_penalties_against_all_policies_of_a_grid(beta):
    """No policy of a fine grid on the simplex beats the two formulas."""
    reward, reference = np.array([0.0, 0.9, 1.0]), np.array([0.6, 0.3, 0.1])
    a, b = np.meshgrid(np.linspace(0, 1, 401), np.linspace(0, 1, 401))
    policies = np.stack([a, b, 1 - a - b], axis=-1)[a + b < 1 - 1e-9]
    g = reference * np.exp(reward / beta)
    g = g / g.sum()
    top = optimize.brentq(lambda t: np.sum(beta * reference / (t - reward)) - 1, 1 + 1e-9, 1 + beta)
    other = beta * reference / (top - reward)
    for best, penalty in [
        (g, lambda q: rel_entr(q, reference).sum(axis=-1)),
        (other, lambda q: rel_entr(reference, q).sum(axis=-1)),
    ]:
        on_grid = policies @ reward - beta * penalty(policies)
        value = best @ reward - beta * penalty(best)
        assert on_grid.max() <= value + 1e-12 and on_grid.max() > value - 0.02


# --- A posterior, fitted both ways


@pytest.fixture(scope="module")
def signed():
    data, species = load_iris(return_X_y=True)
    width = (data[:, 3] - data[:, 3].mean()) / data[:, 3].std()
    rows = np.column_stack([np.ones(100), width[species > 0]])
    return np.where(species[species > 0] == 2, 1.0, -1.0)[:, np.newaxis] * rows


def log_joint(theta, signed):
    log_prior = -np.sum(theta**2, axis=-1) / 50 - np.log(2 * np.pi * 25)
    return log_expit(theta @ signed.T).sum(axis=-1) + log_prior


@pytest.fixture(scope="module")
def truth(signed):
    """Log evidence, mean and covariance, by sums over a grid in rotated coordinates."""
    axes = np.array([[1.0, 0.5], [-1.7, 0.4]])
    ticks = np.arange(-14, 14, 0.1)
    u = np.stack(np.meshgrid(ticks, 2 * ticks, indexing="ij"), axis=-1)
    theta = np.array([-5.0, 8.8]) + u @ axes.T
    log_p = log_joint(theta, signed)
    cell = 0.02 * abs(np.linalg.det(axes))
    log_z = np.log(np.sum(np.exp(log_p)) * cell)
    mass = np.exp(log_p - log_z) * cell
    mean = np.einsum("ij,ijk->k", mass, theta)
    return log_z, mean, np.einsum("ij,ijk,ijl->kl", mass, theta - mean, theta - mean)


def elbo_in_two_dimensions(loc, cov, signed):
    """By a product of two Gauss-Hermite rules, not by one-dimensional means."""
    nodes, weights = gauss_hermite(50)
    z = np.stack(np.meshgrid(nodes, nodes, indexing="ij"), axis=-1)
    values = log_joint(loc + z @ np.linalg.cholesky(cov).T, signed)
    return weights @ values @ weights + np.log(2 * np.pi * np.e) + np.linalg.slogdet(cov)[1] / 2


def test_evidence_and_moments(truth):
    log_z, mean, cov = truth
    sd = np.sqrt(np.diag(cov))
    assert log_z == pytest.approx(-22.4634, abs=5e-5)
    assert [*mean, *sd] == pytest.approx([-5.00, 8.79, 0.98, 1.66], abs=0.005)
    assert cov[0, 1] / np.prod(sd) == pytest.approx(-0.90, abs=0.005)


def reverse_by_fixed_point(signed, *, diagonal):
    """Mean and covariance at which both derivatives of the ELBO are zero."""
    nodes, weights = gauss_hermite()
    loc, cov = np.array([-4.7, 8.2]), np.diag([0.2, 0.5])
    for _ in range(300):
        u = (signed @ loc)[:, np.newaxis] + np.sqrt(np.einsum("ki,ij,kj->k", signed, cov, signed))[
            :, np.newaxis
        ] * nodes
        gradient = signed.T @ (expit(-u) @ weights) - loc / 25
        curvature = (signed.T * ((expit(u) * expit(-u)) @ weights)) @ signed + np.eye(2) / 25
        loc = loc + 0.5 * np.linalg.solve(curvature, gradient)
        precision = np.diag(np.diag(curvature)) if diagonal else curvature
        cov = np.linalg.inv(0.5 * np.linalg.inv(cov) + 0.5 * precision)
    return loc, cov


@pytest.mark.parametrize(
    ("diagonal", "expected", "sds"), [(False, 0.0293, (0.93, 1.57)), (True, 0.8607, (0.41, 0.69))]
)
def test_the_reverse_fits(diagonal, expected, sds, signed, truth):
    loc, cov = reverse_by_fixed_point(signed, diagonal=diagonal)
    gap = truth[0] - elbo_in_two_dimensions(loc, cov, signed)
    assert gap == pytest.approx(expected, abs=1e-4)
    assert np.sqrt(np.diag(cov)) == pytest.approx(sds, abs=0.006)


def test_the_forward_diagonal_fit_misses_the_correlation_exactly(truth):
    """KL(p‖q) of the diagonal fit is that of the full one plus a KL of two Gaussians."""
    _, mean, cov = truth
    tril, diagonal = np.linalg.cholesky(cov), np.diag(np.sqrt(np.diag(cov)))
    assert kl_gaussian(mean, tril, mean, diagonal) == pytest.approx(0.8741 - 0.0285, abs=2e-4)


def test_ep_ends_next_to_the_reverse_fit(signed, truth):
    """With each factor's moments by Gauss-Hermite sums and all matrices inverted anew."""
    nodes, weights = gauss_hermite()
    sites = np.zeros((100, 2))
    for _ in range(7):
        for k, w in enumerate(signed):
            others = np.delete(np.arange(100), k)
            precision = np.eye(2) / 25 + (signed[others].T * sites[others, 1]) @ signed[others]
            cavity = np.linalg.inv(precision)
            loc, var = w @ cavity @ (signed[others].T @ sites[others, 0]), w @ cavity @ w
            u = loc + np.sqrt(var) * nodes
            tilted = weights * expit(u) / (weights @ expit(u))
            mean = tilted @ u
            new = 1 / (tilted @ (u - mean) ** 2)
            sites[k] = new * mean - loc / var, new - 1 / var
    cov = np.linalg.inv(np.eye(2) / 25 + (signed.T * sites[:, 1]) @ signed)
    loc = cov @ (signed.T @ sites[:, 0])
    gap = truth[0] - elbo_in_two_dimensions(loc, cov, signed)
    assert gap == pytest.approx(0.0293, abs=1e-4)
    assert np.sqrt(np.diag(cov)) == pytest.approx([0.94, 1.57], abs=0.005)


def test_the_interval_of_the_boundary(signed, truth):
    """From weighted samples: 1.56 to 1.71 cm; a diagonal q makes it 1.4 and 3.5 times as long."""
    _, mean, cov = truth
    rng = np.random.default_rng(41)
    proposal = stats.multivariate_t(mean, cov, df=5)
    theta = proposal.rvs(size=100_000, random_state=rng)
    weights = np.exp(log_joint(theta, signed) - proposal.logpdf(theta))
    data = load_iris().data[:, 3]

    def ends(samples, weights):
        boundary = data.mean() - data.std() * samples[:, 0] / samples[:, 1]
        order = np.argsort(boundary)
        shares = np.cumsum(weights[order]) / weights.sum()
        return boundary[order][np.searchsorted(shares, [0.025, 0.975])]

    exact = ends(theta, weights)
    assert exact == pytest.approx([1.56, 1.71], abs=0.006)
    for fit, ratio in [
        (reverse_by_fixed_point(signed, diagonal=True), 1.4),
        ((mean, np.diag(np.diag(cov))), 3.5),
    ]:
        low, high = ends(rng.multivariate_normal(*fit, size=100_000), np.ones(100_000))
        assert (high - low) / (exact[1] - exact[0]) == pytest.approx(ratio, abs=0.06)
