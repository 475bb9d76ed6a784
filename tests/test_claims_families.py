"""Key numbers of the chapter *Which family, which dimension?*, by other methods than the page's."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import multivariate_normal, wishart


def equicorrelated(d, rho):
    return (1 - rho) * np.eye(d) + rho


def autoregressive(d, rho):
    return np.array([[rho ** abs(i - j) for j in range(d)] for i in range(d)], dtype=float)


def kl(A, B):
    """KL(N(0, A)‖N(0, B)) from the eigenvalues of B⁻¹A."""
    ratio = np.linalg.eigvals(np.linalg.solve(B, A)).real
    return 0.5 * np.sum(ratio - 1 - np.log(ratio))


def lowest(S, direction, size):
    """The least divergence of a q with `size` free log scales, and the variances, by a search."""

    def loss(log_scale):
        D = np.exp(2 * np.broadcast_to(log_scale, len(S))) * np.eye(len(S))
        return kl(D, S) if direction == "reverse" else kl(S, D)

    found = minimize(loss, np.zeros(size), method="BFGS", options={"gtol": 1e-7})
    return found.fun, np.exp(2 * np.broadcast_to(found.x, len(S)))


def both(S, size=None):
    size = len(S) if size is None else size
    return np.array([lowest(S, direction, size)[0] for direction in ("reverse", "forward")])


def test_the_table_in_ten_dimensions():
    units = np.outer(*[np.geomspace(0.5, 2, 10)] * 2)
    for make, isotropic, diagonal in (
        (equicorrelated, (2.543, 4.088), (0.722, 2.267)),
        (autoregressive, (2.776, 3.116), (1.036, 1.295)),
    ):
        np.testing.assert_allclose(both(make(10, 0.5) * units, 1), isotropic, atol=6e-4)
        np.testing.assert_allclose(both(make(10, 0.5) * units), diagonal, atol=6e-4)


def test_the_inverse_covariance_has_the_floors_exchanged():
    S = wishart(df=6, scale=np.eye(4)).rvs(random_state=0)
    np.testing.assert_allclose(both(S), both(np.linalg.inv(S))[::-1], atol=1e-6)


def test_each_optimum_misses_the_other_floor_by_the_same_amount():
    S = wishart(df=6, scale=np.eye(4)).rvs(random_state=1)
    (R, of_R), (F, of_F) = (lowest(S, direction, 4) for direction in ("reverse", "forward"))
    np.testing.assert_allclose(kl(np.diag(of_F), S) - R, kl(S, np.diag(of_R)) - F, rtol=1e-5)


def test_the_entropies_differ_by_the_floors():
    S = wishart(df=6, scale=np.eye(4)).rvs(random_state=2)
    entropy = multivariate_normal(np.zeros(4), S).entropy()
    for direction, sign in (("reverse", -1), ("forward", 1)):
        floor, variances = lowest(S, direction, 4)
        fitted = multivariate_normal(np.zeros(4), np.diag(variances)).entropy()
        np.testing.assert_allclose(fitted, entropy + sign * floor, atol=1e-5)


@pytest.mark.parametrize("rho", [-0.2, 0.3, 0.8])
def test_the_sign_of_equal_correlations_decides(rho):
    reverse, forward = both(equicorrelated(4, rho))
    assert (forward > reverse + 1e-4) == (rho > 0)


@pytest.mark.parametrize(("c", "larger"), [(0.14, "reverse"), (0.15, "forward"), (0.25, "forward")])
def test_the_curve_of_three_components_is_at_one_seventh_for_one_half(c, larger):
    """For a = ½ the floors are equal at c = a²/(2 − a²) = 1/7."""
    S = np.array([[1, c, 0.5], [c, 1, 0.5], [0.5, 0.5, 1]])
    reverse, forward = both(S)
    assert (forward > reverse) == (larger == "forward")


def test_the_ratio_comes_close_to_d_minus_1():
    """The factor d − 1 between the floors is the best possible."""
    d, eps = 4, 1e-40  # ln det and ln Λᵢᵢ by hand: floats cannot hold 1 − eps
    u = d  # 1 + (d − 1)ρ for ρ → 1
    F = -0.5 * ((d - 1) * np.log(eps) + np.log(u))
    R = 0.5 * (d * np.log((u - 1) / (eps * u)) + (d - 1) * np.log(eps) + np.log(u))
    assert d - 1.1 < F / R < d - 1


def test_the_mean_floors_of_random_targets_in_100_dimensions():
    """19.14 and 15.27 nats on average, for 200 standard normal vectors."""
    draws = wishart(df=200, scale=np.eye(100)).rvs(size=100, random_state=3)
    half_logdet = 0.5 * np.linalg.slogdet(draws)[1]
    precisions = np.linalg.inv(draws)
    R = 0.5 * np.log(np.einsum("kii->ki", precisions)).sum(axis=1) + half_logdet
    F = 0.5 * np.log(np.einsum("kii->ki", draws)).sum(axis=1) - half_logdet
    for values, mean in ((R, 19.14), (F, 15.27)):
        assert abs(values.mean() - mean) < 4.5 * values.std() / 10
    assert np.all(R > F)


def test_no_diagonal_covariance_matches_two_of_three():
    S = wishart(df=5, scale=np.eye(3)).rvs(random_state=4)
    P = np.linalg.inv(S)
    assert np.all(np.diag(S) * np.diag(P) > 1)  # variances against precisions
    assert np.prod(np.diag(S)) > np.linalg.det(S) > np.prod(1 / np.diag(P))


def test_some_combination_has_too_much_variance():
    """Mean-field understates the variance of each component and overstates that of a difference."""
    S = equicorrelated(10, 0.5)
    variance = lowest(S, "reverse", 10)[1]
    assert np.all(variance < 1)
    assert 2 * variance[0] > 2 * (1 - 0.5)
    np.testing.assert_allclose(variance.sum() / S.sum(), 0.5 / (5.5 - 0.5), rtol=1e-4)
