"""The tail index of importance weights against the integrals that it speaks of."""

import mpmath
import numpy as np
import pytest
from thorough import thoroughly

from klhelpers import gaussian_target, log_ratios, optimal_diag_gaussian, tail_index

RHO = 0.5479382
TARGET = np.linalg.cholesky([[1.0, RHO], [RHO, 1.0]])


def moment(scale_a, scale_b, shift, t):
    """E_a[(b/a)ᵗ] in one dimension, over an interval that is long enough to see it diverge."""

    def integrand(x):
        log_a = -((x / scale_a) ** 2) / 2 - mpmath.log(scale_a)
        log_b = -(((x - shift) / scale_b) ** 2) / 2 - mpmath.log(scale_b)
        return mpmath.exp((1 - t) * log_a + t * log_b) / mpmath.sqrt(2 * mpmath.pi)

    return [mpmath.quad(integrand, np.linspace(-end, end, 41)) for end in (60, 120)]


@pytest.mark.not_measured  # mpmath takes three times as long if its calls are counted
@pytest.mark.parametrize(
    ("scale_a", "scale_b", "shift"),
    thoroughly(
        [(*scales, shift) for scales in [(1, 1.3), (0.5, 1), (1, 3)] for shift in (0, 0.7)],
        always=[(0.5, 1, 0.7)],
    ),
)
def test_moments_exist_below_its_inverse_only(scale_a, scale_b, shift):
    k = tail_index([[scale_a]], [[scale_b]])
    assert k == pytest.approx(1 - (scale_a / scale_b) ** 2, rel=1e-14)
    below, above = (moment(scale_a, scale_b, shift, t) for t in (0.95 / k, 1.05 / k))
    assert below[1] == pytest.approx(below[0], rel=1e-5)
    assert above[1] > 10 * above[0]


def test_a_narrower_b_has_all_moments():
    assert tail_index([[1.0]], [[0.7]]) == 0
    assert tail_index(TARGET, TARGET) == 0
    thirtieth = moment(1.0, 0.7, 0.5, 30)
    assert thirtieth[1] == pytest.approx(thirtieth[0], rel=1e-6)


@pytest.mark.parametrize(
    ("direction", "expected"), [("reverse", RHO), ("forward", RHO / (1 + RHO))]
)
def test_at_the_optima_of_the_lecture_s_target(direction, expected):
    best = optimal_diag_gaussian(np.zeros(2), TARGET, direction=direction)
    assert tail_index(np.diag(best.scale), TARGET) == pytest.approx(expected, rel=1e-12)


def test_it_is_the_definition_by_eigenvalues():
    rng = np.random.default_rng(0)
    a, b = (np.linalg.cholesky(np.cov(rng.normal(size=(2, 5, 9))[i])) for i in range(2))
    eigenvalues = np.linalg.eigvalsh(a.T @ np.linalg.inv(b @ b.T) @ a)
    assert tail_index(a, b) == pytest.approx(max(0, 1 - eigenvalues.min()), rel=1e-9)
    at = 0.999 / tail_index(a, b), 1.001 / tail_index(a, b)
    precisions = [np.linalg.inv(x @ x.T) for x in (a, b)]
    least = [np.linalg.eigvalsh((1 - t) * precisions[0] + t * precisions[1])[0] for t in at]
    assert least[0] > 0 > least[1]


def test_the_largest_weights_fall_off_as_it_says():
    """Hill's estimate from the upper thousandth of 200,000 weights, for an index of 0.75."""
    p = gaussian_target(np.zeros(3))
    narrow = p.copy(scale_tril=0.5 * p.scale_tril)
    logs = np.sort(log_ratios(narrow, p, num_samples=200_000, seed=0))[-200:]
    hill = np.mean(logs - logs[0])
    assert tail_index(narrow.scale_tril.numpy(), p.scale_tril.numpy()) == pytest.approx(0.75)
    assert abs(hill - 0.75) < 4 * 0.75 / np.sqrt(200)


def test_batches_broadcast_and_extremes_are_ends():
    scales = np.array([1e-300, 0.5, 1.0, 2.0, 1e300])[:, np.newaxis, np.newaxis]
    np.testing.assert_array_equal(tail_index(np.eye(1), scales), [0, 0, 0, 0.75, 1])
    assert tail_index([[1e-200]], [[1e200]]) == 1
    assert tail_index([[1e200]], [[1e-200]]) == 0
    assert tail_index(np.ones((3, 1, 1, 1)), scales).shape == (3, 5)


@pytest.mark.parametrize(
    ("a", "b", "error", "message"),
    [
        (np.eye(2), np.eye(3), ValueError, r"scale_tril_b must have as many rows as .*, 2; got 3"),
        (-np.eye(2), np.eye(2), ValueError, r"diagonal of scale_tril_a must be positive"),
        (np.eye(2), [[1, 1], [0, 1]], ValueError, r"scale_tril_b must be lower triangular"),
        (
            np.eye(2),
            np.ones((5, 4, 1, 1)),
            ValueError,
            r"^scale_tril_b must have as many rows as scale_tril_a, 2; got 1$",
        ),
        (
            np.ones((2, 1, 1)),
            np.ones((3, 1, 1)),
            ValueError,
            r"scale_tril_a .*\(2,\).* scale_tril_b .*\(3,\)",
        ),
        ([["1"]], np.eye(2), TypeError, r"^scale_tril_a must hold real numbers"),
        (np.eye(2), [["1"]], TypeError, r"^scale_tril_b must hold real numbers"),
    ],
)
def test_bad_input_is_named(a, b, error, message):
    with pytest.raises(error, match=message):
        tail_index(a, b)
