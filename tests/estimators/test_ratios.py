"""Log ratios at samples, which importance weights are the exponentials of."""

import numpy as np
import pytest

from klhelpers import log_ratios, monte_carlo_kl
from klhelpers.quiet_tensorflow import tfp

tfd = tfp.distributions
A = tfd.Normal(np.float64(0), np.float64(1))
B = tfd.Normal(np.float64(0.3), np.float64(0.8))


def test_they_are_what_the_estimates_average():
    ratios = log_ratios(A, B, num_samples=50, seed=4)
    assert (ratios.shape, ratios.dtype) == ((50,), np.float64)
    value, error = monte_carlo_kl(A, B, num_samples=50, seed=4)
    np.testing.assert_allclose(value, -ratios.mean(), rtol=1e-14)
    np.testing.assert_allclose(error, ratios.std(ddof=1) / np.sqrt(50), rtol=1e-14)


def test_weights_have_mean_one():
    weights = np.exp(log_ratios(A, B, num_samples=100_000, seed=0))
    assert abs(weights.mean() - 1) < 4 * weights.std() / np.sqrt(weights.size)


def test_batches_broadcast():
    several = tfd.Normal(np.zeros(3), np.array([0.5, 1.0, 2.0]))
    for pair in ((A, several), (several, A)):
        assert log_ratios(*pair, num_samples=4, seed=0).shape == (4, 3)


def test_outside_the_support_they_are_minus_infinity_without_a_warning():
    ratios = log_ratios(A, tfd.Exponential(np.float64(1)), num_samples=100, seed=0)
    assert 20 < np.count_nonzero(ratios == -np.inf) < 80
    assert not np.any(np.isnan(ratios))


def test_samples_that_their_own_density_cannot_evaluate_are_an_error():
    """Many samples of this Beta are 1 in float32, where its density is infinite."""
    a, b = tfd.Beta(0.02, 0.02), tfd.Beta(1.0, 1.0)
    with pytest.raises(ValueError, match=r"a must have a finite log density .* of 100 are not: fl"):
        log_ratios(a, b, num_samples=100, seed=0)


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"num_samples": 0}, ValueError, r"num_samples must be at least 1; got 0"),
        ({"seed": 0.5}, TypeError, r"seed must be a whole number; got 0\.5"),
        ({"b": "b"}, TypeError, r"b must be a distribution .*; got 'b'"),
    ],
)
def test_bad_input_is_named(changed, error, message):
    with pytest.raises(error, match=message):
        log_ratios(**{"a": A, "b": B, "num_samples": 10, "seed": 0} | changed)
