"""Claims of the chapter *When there is no closed form*, derived a second time."""

import itertools

import mpmath
import numpy as np
import pytest

from klhelpers import kl_gaussian, optimal_diag_gaussian, tail_index


def moments_by_quadrature(kappa, estimator):
    """Mean and variance of a value where ln r is Gaussian: {eq}`est-shift`."""
    mean, width = -mpmath.mpf(kappa), mpmath.sqrt(2 * kappa)

    def moment(f):
        def integrand(z):
            return f(estimator(mean + width * z)) * mpmath.exp(-(z**2) / 2)

        return mpmath.quad(integrand, np.linspace(-14, 14, 15)) / mpmath.sqrt(2 * mpmath.pi)

    first = moment(lambda value: value)
    return float(first), float(moment(lambda value: (value - first) ** 2))


@pytest.mark.parametrize("kappa", [0.02, 0.5, 3.0])
def test_moments_for_equal_covariances(kappa):
    """E k2 = κ + κ²/2; Var k1 = 2κ, Var k2 = 2κ² + 2κ³, Var k3 = exp(2κ) − 1 − 2κ."""
    found = [
        moments_by_quadrature(kappa, estimator)
        for estimator in (lambda v: -v, lambda v: v**2 / 2, lambda v: mpmath.expm1(v) - v)
    ]
    expected = [
        (kappa, 2 * kappa),
        (kappa + kappa**2 / 2, 2 * kappa**2 + 2 * kappa**3),
        (kappa, np.expm1(2 * kappa) - 2 * kappa),
    ]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_k3_is_better_up_to_0_63_nats():
    root = mpmath.findroot(lambda k: mpmath.expm1(2 * k) - 4 * k, 0.7)
    assert float(root) == pytest.approx(0.6282, abs=1e-4)


@pytest.mark.parametrize("rho", [0.1, 0.3, 0.45])
def test_variance_of_k3_at_the_reverse_optimum(rho):
    """From the second moment of r as a ratio of determinants, and the two divergences."""
    tril = np.linalg.cholesky([[1.0, rho], [rho, 1.0]])
    q = np.diag(optimal_diag_gaussian(np.zeros(2), tril, direction="reverse").scale)
    p_precision, q_precision = (np.linalg.inv(x @ x.T) for x in (tril, q))
    second = np.linalg.det(p_precision) / np.sqrt(
        np.linalg.det(q_precision) * np.linalg.det(2 * p_precision - q_precision)
    )
    both = kl_gaussian([0, 0], q, [0, 0], tril) + kl_gaussian([0, 0], tril, [0, 0], q)
    variance_of_k1 = np.trace(np.linalg.matrix_power(q.T @ p_precision @ q - np.eye(2), 2)) / 2
    expected = (1 - rho**2) / np.sqrt(1 - 4 * rho**2) - 1 - 2 * rho**2 / (1 - rho**2) + rho**2
    assert second - 1 - 2 * both + variance_of_k1 == pytest.approx(expected, rel=1e-10)
    assert variance_of_k1 == pytest.approx(rho**2, rel=1e-10)
    assert (expected > rho**2) == (rho > 0.392)


@pytest.mark.parametrize("rho", [-0.9, -0.2, 0.5479382, 0.99])
def test_tail_indices_at_the_optima(rho):
    """|ρ| at the reverse optimum, and |ρ| / (1 + |ρ|) at the forward one."""
    tril = np.linalg.cholesky([[1.0, rho], [rho, 1.0]])
    expected = {"reverse": abs(rho), "forward": abs(rho) / (1 + abs(rho))}
    for direction, index in expected.items():
        scale = optimal_diag_gaussian(np.zeros(2), tril, direction=direction).scale
        assert tail_index(np.diag(scale), tril) == pytest.approx(index, rel=1e-10)
        precisions = np.diag(scale**-2.0), np.linalg.inv(tril @ tril.T)
        for t, finite in ((0.999 / index, True), (1.001 / index, False)):
            least = np.linalg.eigvalsh((1 - t) * precisions[0] + t * precisions[1])[0]
            assert (least > 0) == finite


def test_conditional_divergences_can_vary_more_than_k1():
    """A sum of conditional means is no conditional mean: two steps, two tokens."""
    q = {("A", "y"): (0.5, 1.0), ("B", "y"): (0.5, 1.0)}
    p = {("A", "y"): (0.8, 0.25), ("B", "y"): (0.2, 1.0)}
    k1 = [np.log(np.prod(q[x]) / np.prod(p[x])) for x in q]
    first = sum(q[x][0] * np.log(q[x][0] / p[x][0]) for x in q)
    conditional = [first + np.log(q[x][1] / p[x][1]) for x in q]
    assert np.mean(k1) == pytest.approx(np.mean(conditional))
    assert np.std(k1) < 1e-12
    assert np.std(conditional) == pytest.approx(np.log(2))


def test_each_conditional_mean_varies_less_than_its_term():
    """Var E[f | y] ≤ Var f for the terms of random models with three tokens and three steps."""
    rng = np.random.default_rng(41)
    for _ in range(20):
        q, p = rng.dirichlet(np.ones(3), size=(2, 3))  # model, previous token
        tokens = list(itertools.product(range(3), repeat=3))
        weight = [q[0, x[0]] * q[x[0], x[1]] * q[x[1], x[2]] for x in tokens]
        log_ratio = np.log(q / p)
        conditional = np.sum(q * log_ratio, axis=1)
        for step in (1, 2):
            f = np.array([log_ratio[x[step - 1], x[step]] for x in tokens])
            g = np.array([conditional[x[step - 1]] for x in tokens])
            mean = np.dot(weight, f)
            assert np.dot(weight, g) == pytest.approx(mean)
            assert np.dot(weight, (g - mean) ** 2) <= np.dot(weight, (f - mean) ** 2) + 1e-12


@pytest.mark.parametrize("epsilon", [0.5, 0.01, 1e-4])
def test_variance_of_k3_can_be_infinite_at_any_divergence(epsilon):
    """q = N(0, 1), p = (1 − ε) q + ε N(0, 4): E r² diverges, and KL(q‖p) ≤ −ln(1 − ε)."""

    def ratio(x):  # p/q; N(0, 4)/q is exp(3 x² / 8) / 2
        return 1 - epsilon + epsilon / 2 * mpmath.exp(3 * x**2 / 8)

    def mean(f, end):
        points = np.linspace(0, end, 2 * end + 1)
        density = 2 / mpmath.sqrt(2 * mpmath.pi)  # of |x|
        return density * mpmath.quad(lambda x: f(x) * mpmath.exp(-(x**2) / 2), points)

    second = [mean(lambda x: ratio(x) ** 2, end) for end in (20, 30, 40)]
    assert second[1] > 10 * second[0] and second[2] > 10 * second[1]
    assert float(mean(ratio, 40)) == pytest.approx(1)
    assert 0 < mean(lambda x: -mpmath.log(ratio(x)), 40) <= -np.log1p(-epsilon)


@pytest.mark.parametrize("shift", [0.1, 0.3, 0.5, 1.0])
def test_mirrored_pairs_help_if_the_mean_outweighs_the_shape(shift):
    """The variance of a pair's mean against half of that of one value, by Gauss-Hermite nodes."""
    rho = 0.5479382
    tril = np.linalg.cholesky([[1.0, rho], [rho, 1.0]])
    precision = np.linalg.inv(tril @ tril.T)
    scale = np.sqrt(1 - rho**2)
    nodes, weights = np.polynomial.hermite_e.hermegauss(12)
    weight = np.outer(weights, weights).ravel() / (2 * np.pi)
    z = np.stack(np.meshgrid(nodes, nodes, indexing="ij"), axis=-1).reshape(-1, 2)

    def k1(z):  # up to a constant
        x = np.array([shift, 0.0]) + scale * z
        return np.einsum("ni,ij,nj->n", x, precision, x) / 2 - np.sum(z**2, axis=1) / 2

    def variance(values):
        return weight @ (values - weight @ values) ** 2

    factor = variance((k1(z) + k1(-z)) / 2) / (variance(k1(z)) / 2)
    C = scale**2 * precision
    odd = np.sum((C @ [shift / scale, 0.0]) ** 2)
    even = np.trace((C - np.eye(2)) @ (C - np.eye(2))) / 2
    assert factor == pytest.approx(2 * even / (even + odd))
    assert (factor < 1) == (odd > even) == (shift > 0.4)


@pytest.mark.parametrize("later", [(0.1, 0.0, 1.0), (0.2, 0.1, 2.0)])
def test_deviations_and_not_terms_decide_the_covariance(later):
    """Later divergences small where f is large, and yet Cov(G, M) > 0: three steps."""
    u_after_a = {"q": 0.5, "p": 0.1 if later[0] == 0.1 else 0.05}
    v_after_a = {"q": 0.5, "p": 0.9 if later[0] == 0.1 else 0.2}
    weight = np.array([0.25, 0.25, 0.5])  # Au, Av, B; the first tokens are equal under q and p
    f = np.array([np.log(x["q"] / x["p"]) for x in (u_after_a, v_after_a)] + [0.0])
    g = np.array([f[:2].mean(), f[:2].mean(), 0.0])  # given the first token
    third = np.array(later)  # the conditional divergence of the third step

    def covariance(a, b):
        return weight @ ((a - weight @ a) * (b - weight @ b))

    assert covariance(f, third) < -0.05
    assert covariance(f - g, g) == pytest.approx(0, abs=1e-12)
    # What f of the third step adds to M has the mean zero given the tokens before it.
    assert covariance(g + third, f - g) == pytest.approx(covariance(third, f - g))
    assert covariance(third, f - g) > 0.01


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("d", [2, 3, 6])
def test_ratio_grows_along_the_long_axis_and_faster_at_the_reverse_optimum(seed, d):
    """For any covariance: ln r = ½ (uᵀ Λ_q u − uᵀ Λ u) s² at the distance s along u."""
    factor = np.random.default_rng(seed).normal(size=(d, d))
    covariance = factor @ factor.T + 0.05 * np.eye(d)
    tril = np.linalg.cholesky(covariance)
    along = np.linalg.eigh(covariance)[1][:, -1]
    growth = [
        along @ np.diag(best.scale**-2.0) @ along - along @ np.linalg.inv(covariance) @ along
        for best in (
            optimal_diag_gaussian(np.zeros(d), tril, direction=direction)
            for direction in ("reverse", "forward")
        )
    ]
    assert growth[0] > growth[1] > 0


@pytest.mark.parametrize("index", [0.4, 0.45, 0.55, 0.6, 0.9])
def test_variance_of_k3_and_of_the_weighted_estimate_are_finite_below_one_half(index):
    """q = N(0, 1) and p = N(0, 1/(1 − k)): the second moments of k3 and of r ln r."""
    assert tail_index([[1.0]], [[(1 - index) ** -0.5]]) == pytest.approx(index)

    def second_moment(value, end):
        x, step = np.linspace(0, end, 20_001, retstep=True)
        log_ratio = index * x**2 / 2 + np.log(1 - index) / 2
        return step * np.sum((value(log_ratio) * np.exp(-(x**2) / 4)) ** 2)

    for value in (lambda v: np.expm1(v) - v, lambda v: np.exp(v) * v):
        near, far = (second_moment(value, end) for end in (20, 30))
        assert (far < 1.001 * near) == (index < 0.5)
        assert (far > 10 * near) == (index > 0.5)
