"""The closed forms against rational arithmetic, where float64 itself has no digit to spare."""

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest

from klhelpers import kl_floor, kl_gaussian, optimal_diag_gaussian

DIRECTIONS = ["forward", "reverse"]


def fractions(matrix):
    return [[Fraction(float(x)) for x in row] for row in matrix]


def covariance(tril):
    return [[sum(x * y for x, y in zip(a, b, strict=True)) for b in tril] for a in tril]


def solve(matrix, right):
    """Gauss and Jordan, in fractions; a covariance needs no pivoting."""
    rows = [a + b for a, b in zip(matrix, right, strict=True)]
    for i, row in enumerate(rows):
        row = rows[i] = [x / row[i] for x in row]
        for j, other in enumerate(rows):
            if j != i:
                rows[j] = [x - other[i] * y for x, y in zip(other, row, strict=True)]
    return [row[len(matrix) :] for row in rows]


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def product(fractions):
    result = Fraction(1)
    for fraction in fractions:
        result *= fraction
    return result


def half_log(fraction, plus=Fraction(0)):
    """½ (ln x + y), in as many digits as nearly equal Gaussians need."""
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 120, 10**6, -(10**6)
        return float((decimal(fraction).ln() + decimal(plus)) / 2)


def exact_kl(loc_a, tril_a, loc_b, tril_b):
    """The textbook formula, tr S_b⁻¹S_a + Δᵀ S_b⁻¹ Δ − d + ln |S_b|/|S_a|, from covariances."""
    d, tril_a, tril_b = len(loc_a), fractions(tril_a), fractions(tril_b)
    change = [Fraction(float(a)) - Fraction(float(b)) for a, b in zip(loc_a, loc_b, strict=True)]
    right = [[*row, x] for row, x in zip(covariance(tril_a), change, strict=True)]
    solved = solve(covariance(tril_b), right)
    rational = sum(solved[i][i] + change[i] * solved[i][d] for i in range(d)) - d
    determinants = product((tril_b[i][i] / tril_a[i][i]) ** 2 for i in range(d))
    return half_log(determinants, rational)


def exact_floor(tril, direction):
    """½ (Σ ln Mᵢᵢ − ln |M|) with M the covariance for "forward", its inverse for "reverse"."""
    tril = fractions(tril)
    matrix, determinant = covariance(tril), product(row[i] ** 2 for i, row in enumerate(tril))
    if direction == "reverse":
        eye = fractions(np.eye(len(tril)))
        matrix, determinant = solve(matrix, eye), 1 / determinant
    return half_log(product(row[i] for i, row in enumerate(matrix)) / determinant)


def random_factor(rng, d, rho):
    """A factor of unit variances; up to `rho` of a component is known from those before it."""
    tril = np.eye(d)
    for i in range(1, d):
        known = 1 - 10 ** rng.uniform(np.log10(1 - rho), 0)
        direction = rng.normal(size=i)
        tril[i, :i] = known * direction / np.linalg.norm(direction)
        tril[i, i] = np.sqrt((1 - known) * (1 + known))
    return tril


def random_pair(kind, seed):
    rng = np.random.default_rng(seed)
    d = int(rng.integers(1, 11))
    a, b = (random_factor(rng, d, 0.999999) for _ in range(2))
    loc_a, loc_b = rng.normal(size=(2, d))
    if kind == "rows scaled by 1e-300 to 1e300":
        rows = 10 ** rng.uniform(-300, 300, d)
        return rows * loc_a, rows[:, np.newaxis] * a, rows * loc_b, rows[:, np.newaxis] * b
    if kind == "columns scaled by 1e-100 to 1e100":
        columns = 10 ** rng.uniform(-100, 100, d)
        return a @ loc_a, a * columns, a @ loc_b, b * columns * 10 ** rng.uniform(-1, 1, d)
    if kind == "nearly equal":
        size = 10.0 ** rng.integers(-14, -3)
        other = a * (1 + size * rng.normal(size=(d, d)))
        return loc_a, a, loc_a + size * a @ loc_b, other
    return loc_a, a, loc_b, b


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    "kind",
    [
        "correlation up to 0.999999",
        "rows scaled by 1e-300 to 1e300",
        "columns scaled by 1e-100 to 1e100",
        "nearly equal",
    ],
)
def test_hard_random_pairs(kind, seed):
    pair = random_pair(kind, seed)
    np.testing.assert_allclose(kl_gaussian(*pair), exact_kl(*pair), rtol=1e-12)
    assert kl_gaussian(*pair[:2], *pair[:2]) == 0
    for direction in DIRECTIONS:
        floor = kl_floor(pair[1], direction=direction)
        np.testing.assert_allclose(floor, exact_floor(pair[1], direction), rtol=1e-12)


BADLY_SCALED = np.tril(np.random.default_rng(4).normal(size=(7, 7))) + 3 * np.eye(7)
COLUMNS = 10.0 ** np.array([6, -6, 6, -6, 6, -6, 6])


def test_zero_for_a_factor_with_badly_scaled_columns():
    """Partial pivoting exchanges rows of this factor and loses the identity: 0.02 nats."""
    tril = BADLY_SCALED * COLUMNS
    assert kl_gaussian(np.zeros(7), tril, np.zeros(7), tril) == 0


EXTREMES = [5e-324, 1e-310, 1e-200, 1e200, 1e308]


@pytest.mark.parametrize("size", EXTREMES)
def test_extreme_scales_are_scales_like_others(size):
    """A common factor of all lengths changes no divergence."""
    tril = size * np.array([[1.0, 0.0], [-1.0, 1.0]])
    shift = np.array([size, 0.0])
    np.testing.assert_allclose(kl_gaussian(shift, tril, np.zeros(2), tril), 1.0, rtol=1e-15)
    np.testing.assert_allclose(kl_gaussian(shift, tril, -shift, size * np.eye(2)), 2.5, rtol=1e-15)
    for direction in DIRECTIONS:
        np.testing.assert_allclose(kl_floor(tril, direction=direction), 0.5 * np.log(2))


def test_means_at_both_ends_of_float64():
    value = kl_gaussian([1e308], [[1e308]], [-1e308], [[1e308]])
    assert value == 2


def test_extreme_ratio_of_scales():
    """½ (r² − 1 − ln r²) with r = 1e-400 is 400 ln 10 − ½; the other way it exceeds float64."""
    narrow, wide = ([0.0], [[1e-200]]), ([0.0], [[1e200]])
    np.testing.assert_allclose(kl_gaussian(*narrow, *wide), 400 * np.log(10) - 0.5, rtol=1e-15)
    assert kl_gaussian(*wide, *narrow) == np.inf


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_floor_and_optimum_of_a_nearly_singular_factor(direction):
    """A correlation of 1 − 1e-400: the floor is 200 ln 10, and both optima are representable."""
    tril = [[1.0, 0.0], [1.0, 1e-200]]
    np.testing.assert_allclose(kl_floor(tril, direction=direction), 200 * np.log(10), rtol=1e-15)
    best = optimal_diag_gaussian([0.0, 0.0], tril, direction=direction)
    expected = [1.0, 1.0] if direction == "forward" else [1e-200, 1e-200]
    np.testing.assert_allclose(best.scale, expected, rtol=1e-15)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("size", EXTREMES[1:])
def test_optimum_scales_with_its_target(size, direction):
    tril = np.array([[0.5, 0.0, 0.0], [0.25, 0.5, 0.0], [-0.25, 0.125, 0.5]])
    loc = np.zeros(3)
    expected = optimal_diag_gaussian(loc, tril, direction=direction).scale * size
    found = optimal_diag_gaussian(loc, tril * size, direction=direction).scale
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_ratios_beyond_float64_are_infinite_in_three_dimensions():
    """There ∞ − ∞ appears on the way."""
    zero, eye = np.zeros(3), np.eye(3)
    assert kl_gaussian(zero, 1e200 * eye, zero, 1e-200 * eye) == np.inf
