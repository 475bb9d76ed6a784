"""Key numbers of the chapter *How to descend*, derived anew by other methods than the page's."""

import numpy as np
import pytest

import klhelpers as kl

ROOT = np.linalg.cholesky([[0.7549, 0.5792], [0.5792, 1.4801]])


def forward_kl(x):
    return kl.kl_gaussian(np.zeros(2), ROOT, x[:2], np.diag(np.exp(x[2:])))


def hessian(f, x, h=1e-3):
    """Second derivatives by central differences of the value alone."""
    steps = h * np.eye(len(x))

    def mixed(a, b):
        return (f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)) / (4 * h * h)

    return np.array([[mixed(a, b) for a in steps] for b in steps])


@pytest.mark.parametrize(("factor", "convex"), [(0.9, True), (1.1, False)])
def test_forward_kl_is_convex_within_one_marginal_standard_deviation(factor, convex):
    std = np.linalg.norm(ROOT, axis=1)
    for mean in (factor * std, factor * std * [1, 0]):
        least = np.linalg.eigvalsh(hessian(forward_kl, np.array([*mean, 0.1, -0.2])))[0]
        assert (least > 0) == convex


@pytest.mark.parametrize("rate", [0.005, 0.0025])
def test_the_log_scale_gains_a_quarter_of_the_logarithm_of_beta_2_per_step(rate):
    """In one dimension, with the textbook form of Adam."""
    lam, m, v, path = np.log(0.01), 0.0, 0.0, []
    for k in range(1, 8001):
        g = 1 - np.exp(-2 * lam)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        lam -= rate * m / (1 - 0.9**k) / (np.sqrt(v / (1 - 0.999**k)) + 1e-7)
        path.append(lam)
    np.testing.assert_allclose((path[7999] - path[3999]) / 4000, -np.log(0.999) / 4, rtol=0.1)


@pytest.mark.parametrize(("d", "r"), [(3, 0.49), (3, 0.51), (6, 0.19), (6, 0.21)])
def test_the_full_step_diverges_beyond_one_over_d_minus_one(d, r):
    precision = (1 - r) * np.eye(d) + r
    error = np.ones(d)
    for _ in range(50):
        error = error - precision @ error
    assert (np.linalg.norm(error) > np.sqrt(d)) == (r > 1 / (d - 1))


@pytest.mark.parametrize("d", [3, 4, 6])
@pytest.mark.parametrize("factor", [0.98, 1.02, -1.5])
def test_the_full_step_diverges_only_for_correlations_that_are_negative_enough(d, factor):
    """Below -1 / (2d - 3), which is -1/3 for d = 3; also with unequal variances."""
    rho = -factor / (2 * d - 3)
    std = np.arange(1.0, d + 1)
    precision = np.linalg.inv(((1 - rho) * np.eye(d) + rho) * np.outer(std, std))
    error = std.copy()
    for _ in range(400):
        error = error - precision @ error / np.diag(precision)
    assert (np.linalg.norm(error) > np.linalg.norm(std)) == (factor > 1)


@pytest.mark.parametrize(("beta_2", "settles"), [(0.999, 1.0), (0.9, 1.04)])
def test_a_short_memory_of_adam_shifts_the_end_of_a_noisy_fit(beta_2, settles):
    """One sample per step of the gradient in a log scale whose best value is 0."""
    rng, lam, m, v, late = np.random.default_rng(5), np.zeros(200), 0.0, 0.0, []
    for k in range(1, 4001):
        g = np.exp(2 * lam) * rng.normal(size=200) ** 2 - 1
        m, v = 0.9 * m + 0.1 * g, beta_2 * v + (1 - beta_2) * g * g
        lam = lam - 0.001 * m / (1 - 0.9**k) / (np.sqrt(v / (1 - beta_2**k)) + 1e-7)
        late.append(lam.mean())
    np.testing.assert_allclose(np.exp(np.mean(late[2000:])), settles, atol=0.005)


@pytest.mark.parametrize("start", [(0.5, 0.8), (-1.0, 2.0), (0.1, 0.3)])
def test_one_forward_step_in_the_expectation_parameters_ends_at_the_optimum(start):
    """In one dimension; gradient and Fisher information by differences of divergences."""

    def gaussian(moments):
        return [moments[0]], [[np.sqrt(moments[1] - moments[0] ** 2)]]

    p, q = ([-0.3], [[1.7]]), np.array([start[0], start[0] ** 2 + start[1] ** 2])
    unit = start[1] ** 2 * np.eye(2)
    slopes = [
        (kl.kl_gaussian(*p, *gaussian(q + h)) - kl.kl_gaussian(*p, *gaussian(q - h))) / 2e-4
        for h in 1e-4 * unit
    ]
    fisher = hessian(lambda x: kl.kl_gaussian(*gaussian(q), *gaussian(q + unit @ x)), np.zeros(2))
    after = q - unit @ np.linalg.solve(fisher, slopes)
    loc, tril = gaussian(after)
    np.testing.assert_allclose([loc[0], tril[0][0]], [-0.3, 1.7], rtol=1e-4)


def test_the_reverse_curvature_with_a_softplus_is_bounded():
    u = np.linspace(-30, 200, 230_001)
    s = np.logaddexp(0, u)
    bent = np.diff(0.5 * s**2 - np.log(s), 2) / (u[1] - u[0]) ** 2
    assert bent.min() > -1e-6 and np.isclose(bent.max(), 1.136, atol=2e-3)
