"""Estimates of the KL divergence against closed forms, quadrature, and their own intervals."""

import numpy as np
import pytest
from scipy import integrate, stats

from klhelpers import MonteCarloKL, monte_carlo_kl
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions
SAMPLES = 40_000
ESTIMATORS = ["k1", "k2", "k3"]


def double(*values):
    return [np.array(value, np.float64) for value in values]


def tril(loc, factor):
    return tfd.MultivariateNormalTriL(*double(loc, factor))


def of(family, *rows):
    return [family(*double(*row)) for row in rows]


def discrete(family, *rows):
    return [family(probs=np.array(row)) for row in rows]


# b has no heavier tail than a where the variance of k3 would be infinite otherwise.
PAIRS = {
    "Normal": of(tfd.Normal, (0.0, 1.0), (0.3, 1.2)),
    "diagonal": of(tfd.MultivariateNormalDiag, ([0.0, 1.0], [1.0, 2.0]), ([0.2, 0.7], [1.1, 1.8])),
    "full": [tril([0.0, 0.0], [[1.0, 0], [0.5, 1.0]]), tril([0.2, 0.1], [[0.9, 0], [0.3, 1.1]])],
    "Laplace": of(tfd.Laplace, (0.0, 1.0), (0.4, 1.3)),
    "Exponential": of(tfd.Exponential, (1.0,), (1.4,)),
    "Gamma": of(tfd.Gamma, (2.0, 1.0), (2.5, 1.3)),
    "Beta": of(tfd.Beta, (2.0, 3.0), (2.4, 2.7)),
    "Dirichlet": of(tfd.Dirichlet, ([2.0, 3.0, 1.5],), ([2.4, 2.7, 1.4],)),
    "Categorical": discrete(tfd.Categorical, [0.5, 0.3, 0.2], [0.4, 0.4, 0.2]),
    "Bernoulli": discrete(tfd.Bernoulli, 0.3, 0.45),
    "Poisson": of(tfd.Poisson, (3.0,), (2.5,)),
    "Geometric": discrete(tfd.Geometric, 0.3, 0.4),
    "StudentT": of(tfd.StudentT, (4.0, 0.0, 1.0), (6.0, 0.3, 1.1)),
    "Normal and Laplace": [*of(tfd.Normal, (0.0, 1.0)), *of(tfd.Laplace, (0.3, 0.6))],
}


def exact(a, b):
    """KL(a‖b) in closed form, else by quadrature.

    TensorFlow Probability 0.25 has none for Poisson, and a wrong one, negative, for Geometric.
    """
    if isinstance(a, tfd.Poisson):
        return float(a.rate * np.log(a.rate / b.rate) - a.rate + b.rate)
    if isinstance(a, tfd.Geometric):
        return float(
            np.log(a.probs / b.probs) + (1 / a.probs - 1) * np.log((1 - a.probs) / (1 - b.probs))
        )
    try:
        return float(tfd.kl_divergence(a, b))
    except NotImplementedError:
        density = stats.t(4).pdf if isinstance(a, tfd.StudentT) else stats.norm().pdf

        def integrand(x):
            return density(x) * float(a.log_prob(x) - b.log_prob(x))

        return integrate.quad(integrand, -60, 60, points=[0, 0.3], limit=200, epsabs=1e-7)[0]


@pytest.mark.parametrize("name", PAIRS)
def test_estimates_are_within_their_errors_of_the_divergence(name):
    a, b = PAIRS[name]
    expected = exact(a, b)
    for estimator in ("k1", "k3"):
        value, error = monte_carlo_kl(a, b, num_samples=SAMPLES, estimator=estimator, seed=3)
        assert value.dtype == error.dtype == np.float64
        assert 0 < error < 0.1 * expected + 0.01
        assert abs(value - expected) < 4 * error


def test_k2_is_half_the_mean_square_of_the_log_ratio():
    """For equal scales ln r is normal with mean −KL and variance 2 KL: E k2 = KL + ½ KL²."""
    a, b = of(tfd.Normal, (0.0, 1.0), (1.0, 1.0))
    value, error = monte_carlo_kl(a, b, num_samples=SAMPLES, estimator="k2", seed=0)
    assert abs(value - (0.5 + 0.5 * 0.5**2)) < 4 * error
    assert value - 0.5 > 4 * error  # the bias is seen


@pytest.mark.parametrize("antithetic", [False, True])
@pytest.mark.parametrize("estimator", ["k1", "k3"])
def test_intervals_cover_as_often_as_they_say(estimator, antithetic):
    repetitions, ones = 2000, np.ones(2000)
    a, b = tfd.Normal(0 * ones, ones), tfd.Normal(0.3 * ones, 0.9 * ones)
    value, error = monte_carlo_kl(
        a, b, num_samples=800, estimator=estimator, seed=11, antithetic=antithetic
    )
    assert value.shape == error.shape == (repetitions,)
    covered = np.mean(np.abs(value - exact(a[0], b[0])) < 1.96 * error)
    assert abs(covered - 0.95) < 4 * np.sqrt(0.95 * 0.05 / repetitions)
    spread = np.std(value, ddof=1)
    np.testing.assert_allclose(np.sqrt(np.mean(error**2)), spread, rtol=4 / np.sqrt(4000))


SYMMETRIC = {
    "Normal": of(tfd.Normal, (0.5, 1.0)),
    "Independent": [tfd.Independent(tfd.Normal(*double([0.5, -1.0], [1.0, 2.0])), 1)],
    "full": [tril([0.5, -1.0], [[1.0, 0], [0.5, 1.0]])],
    "StudentT without a mean": of(tfd.StudentT, (1.0, 0.5, 1.0)),
    "Laplace": of(tfd.Laplace, (0.5, 1.0)),
    "Logistic": of(tfd.Logistic, (0.5, 1.0)),
}


@pytest.mark.parametrize("name", SYMMETRIC)
def test_antithetic_pairs_cancel_what_is_linear(name):
    """b is a with its centre moved: to first order in the shift, ln r is odd about a's centre."""
    (a,) = SYMMETRIC[name]
    if isinstance(a, tfd.Independent):
        b = tfd.Independent(a.distribution.copy(loc=a.distribution.loc + 0.01), 1)
    else:
        b = a.copy(loc=a.loc + 0.01)
    plain, mirrored = (
        monte_carlo_kl(a, b, num_samples=2000, seed=5, antithetic=antithetic)
        for antithetic in (False, True)
    )
    assert mirrored.standard_error < 0.1 * plain.standard_error
    k3 = monte_carlo_kl(a, b, num_samples=20_000, estimator="k3", seed=6)
    error = np.hypot(mirrored.standard_error, k3.standard_error)
    assert abs(mirrored.value - k3.value) < 4 * error + 1e-15


def test_antithetic_needs_symmetry():
    (a,), (mixed,) = of(tfd.Gamma, (2.0, 1.0)), of(tfd.Exponential, ([1.0, 2.0],))
    with pytest.raises(TypeError, match=r"antithetic=True needs an a that is symm.* got Gamma"):
        monte_carlo_kl(a, a, num_samples=4, seed=0, antithetic=True)
    mixed = tfd.Independent(mixed, 1)
    with pytest.raises(TypeError, match=r"symmetric about its mean.* got Exponential"):
        monte_carlo_kl(mixed, mixed, num_samples=4, seed=0, antithetic=True)


def test_the_seed_alone_chooses_the_samples():
    a, b = PAIRS["Normal"]
    values = []
    for global_seed in (1, 2):
        tf.random.set_seed(global_seed)
        values += [monte_carlo_kl(a, b, num_samples=10, seed=7)]
    assert values[0] == values[1]
    others = [monte_carlo_kl(a, b, num_samples=10, seed=seed) for seed in (8, 7 + 2**32)]
    assert len({values[0].value, *(other.value for other in others)}) == 3


def test_batches_broadcast():
    a = tfd.Normal(np.zeros((3, 1)), np.ones((3, 1)))
    b = tfd.Normal(np.linspace(0, 1, 5), np.ones(5))
    value, error = monte_carlo_kl(a, b, num_samples=5000, seed=0)
    assert value.shape == error.shape == (3, 5)
    np.testing.assert_array_equal(value[:, 0], 0)
    assert np.all(np.abs(value - 0.5 * np.linspace(0, 1, 5) ** 2) <= 5 * error)
    one = tfd.MultivariateNormalDiag(np.zeros(2), np.ones(2))
    several = tfd.MultivariateNormalDiag(np.full((4, 2), 0.5), np.ones(2))
    assert monte_carlo_kl(one, several, num_samples=10, seed=0).value.shape == (4,)
    assert monte_carlo_kl(several, one, num_samples=10, seed=0).value.shape == (4,)


OUTSIDE = {
    "Normal and Exponential": (of(tfd.Normal, (0.0, 1.0)), of(tfd.Exponential, (1.0,)), 0.5),
    "Normal and Gamma": (of(tfd.Normal, (0.0, 1.0)), of(tfd.Gamma, (2.0, 1.0)), 0.5),
    "Normal and Chi2": (of(tfd.Normal, (0.0, 1.0)), of(tfd.Chi2, (2.0,)), 0.5),
    "Normal and Uniform": (of(tfd.Normal, (0.0, 1.0)), of(tfd.Uniform, (-1.0, 9.0)), 0.1587),
    "Categorical and Bernoulli": (
        discrete(tfd.Categorical, [0.3, 0.3, 0.4]),
        discrete(tfd.Bernoulli, 0.5),
        0.4,
    ),
    "Categorical with a zero": (
        discrete(tfd.Categorical, [0.3, 0.3, 0.4]),
        discrete(tfd.Categorical, [0.5, 0.5, 0.0]),
        0.4,
    ),
    "Independent": (
        [tfd.Independent(tfd.Normal(np.zeros(2), np.ones(2)), 1)],
        [tfd.Independent(tfd.Exponential(np.ones(2)), 1)],
        0.75,
    ),
}


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_samples_outside_the_support_make_the_estimate_infinite(name, estimator):
    (a,), (b,), share = OUTSIDE[name]
    message = r"\d+ of 1000 samples of a lie outside b's support, where b\(x\) = 0: the estimate"
    with pytest.warns(UserWarning, match=message) as caught:
        estimate = monte_carlo_kl(a, b, num_samples=1000, estimator=estimator, seed=0)
    assert estimate == (np.inf, np.inf)
    count = int(str(caught[0].message).split()[0])
    assert abs(count - 1000 * share) < 4 * np.sqrt(1000 * share * (1 - share))


def test_only_the_member_outside_the_support_is_infinite():
    a = tfd.Exponential(np.array([1.0, 2.0]))
    b = tfd.Uniform(np.float64(0), np.array([1e9, 0.1]))
    with pytest.warns(UserWarning, match="outside b's support"):
        value, error = monte_carlo_kl(a, b, num_samples=100, seed=0)
    assert np.isfinite(value).tolist() == np.isfinite(error).tolist() == [True, False]


NORMAL = tfd.Normal(0.0, 1.0)


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"num_samples": 1}, ValueError, r"num_samples must be at least 2; got 1"),
        ({"num_samples": 2, "antithetic": True}, ValueError, r"num_samples must be at least 4"),
        ({"num_samples": 5, "antithetic": True}, ValueError, r"num_samples must be even .* got 5"),
        ({"num_samples": 2.0}, TypeError, r"num_samples must be a whole number; got 2\.0"),
        ({"estimator": "k4"}, ValueError, r"estimator must be 'k1', 'k2' or 'k3'; got 'k4'"),
        ({"seed": None}, TypeError, r"seed must be a whole number; got None"),
        ({"seed": -1}, ValueError, r"seed must be at least 0; got -1"),
        ({"seed": 2**64}, ValueError, r"seed must be less than 2\*\*64"),
        ({"a": 3}, TypeError, r"a must be a distribution of .*; got 3"),
        (
            {"b": tfd.JointDistributionSequential([NORMAL])},
            TypeError,
            r"b must be a distribution .* with one tensor as its event",
        ),
        ({"b": tfd.Normal(*double(0, 1))}, TypeError, r"one dtype; got a float32 and b float64"),
        (
            {"b": tfd.MultivariateNormalDiag([0.0, 0.0])},
            ValueError,
            r"one event shape; got a \(\) and b \(2,\)",
        ),
    ],
)
def test_bad_input_is_named(changed, error, message):
    with pytest.raises(error, match=message):
        monte_carlo_kl(**{"a": NORMAL, "b": NORMAL, "num_samples": 10, "seed": 0} | changed)


def test_the_result_is_a_named_tuple():
    estimate = monte_carlo_kl(NORMAL, NORMAL, num_samples=10, seed=0)
    assert isinstance(estimate, MonteCarloKL)
    assert estimate == (0, 0)
