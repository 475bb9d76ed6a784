"""Optima and floors of the three families: formulas, a general optimiser, and their laws."""

import numpy as np
import pytest
from scipy.optimize import minimize

from klhelpers import kl_floor, kl_gaussian, optimal_diag_gaussian, optimal_gaussian
from klhelpers.direction import ARROWS, ordered

FAMILIES = ("isotropic", "diagonal", "full")
both = pytest.mark.parametrize("direction", ARROWS)
each = pytest.mark.parametrize("family", FAMILIES)


def target(d, seed=0):
    rng = np.random.default_rng(seed)
    tril = np.tril(rng.normal(size=(d, d)), -1) + np.diag(rng.uniform(0.5, 2, d))
    return rng.normal(size=d), tril


def divergence(direction, p, q):
    a, b = ordered(direction, p, q)
    return kl_gaussian(*a, *b)


def member(family, d, x):
    """A Gaussian of a family from free numbers: mean, log scales, entries below the diagonal."""
    loc, rest = x[:d], x[d:]
    if family == "isotropic":
        return loc, np.exp(rest[0]) * np.eye(d)
    tril = np.diag(np.exp(rest[:d]))
    if family == "full":
        tril[np.tril_indices(d, -1)] = rest[d:]
    return loc, tril


SIZES = {"isotropic": lambda d: 1, "diagonal": lambda d: d, "full": lambda d: d * (d + 1) // 2}


@both
@pytest.mark.parametrize(
    ("family", "d"),
    [(family, d) for family in FAMILIES for d in (1, 2, 3)] + [("isotropic", 10), ("diagonal", 10)],
)
def test_a_general_optimiser_ends_there(d, family, direction):
    p = target(d)
    start = np.zeros(d + SIZES[family](d))
    found = minimize(
        lambda x: divergence(direction, p, member(family, d, x)),
        start,
        method="BFGS",
        options={"gtol": 1e-7, "maxiter": 5000},
    )
    q = optimal_gaussian(*p, direction=direction, family=family)
    loc, tril = member(family, d, found.x)
    np.testing.assert_allclose(loc, q.loc, atol=2e-4)
    np.testing.assert_allclose(tril, q.scale_tril, atol=2e-4)
    np.testing.assert_allclose(found.fun, kl_floor(p[1], direction=direction, family=family),
                               atol=1e-7)  # fmt: skip


@both
@each
@pytest.mark.parametrize("d", [1, 2, 3, 10, 100])
def test_the_floor_is_reached(d, family, direction):
    p = target(d)
    q = optimal_gaussian(*p, direction=direction, family=family)
    floor = kl_floor(p[1], direction=direction, family=family)
    np.testing.assert_allclose(divergence(direction, p, q), floor, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("d", [2, 3, 10])
def test_isotropic_variances_are_means_of_traces(d):
    loc, tril = target(d)
    S = tril @ tril.T
    reverse, forward = (
        optimal_gaussian(loc, tril, direction=direction, family="isotropic").scale_tril[0, 0] ** 2
        for direction in ARROWS
    )
    assert reverse == pytest.approx(d / np.trace(np.linalg.inv(S)), rel=1e-10)
    assert forward == pytest.approx(np.trace(S) / d, rel=1e-12)


@both
def test_a_larger_family_has_a_lower_floor(direction):
    for seed in range(50):
        _, tril = target(4, seed)
        isotropic, diagonal, full = (
            kl_floor(tril, direction=direction, family=family) for family in FAMILIES
        )
        assert isotropic > diagonal > full == 0


def test_isotropic_floor_keeps_its_digits_near_an_isotropic_target():
    """For variances 1 ± ε both floors are ½ ε², up to higher powers."""
    for scale in (1e-150, 1.0, 1e150):
        tril = scale * np.diag(np.sqrt([1 + 1e-6, 1 - 1e-6]))
        for direction in ARROWS:
            floor = kl_floor(tril, direction=direction, family="isotropic")
            assert floor == pytest.approx(0.5e-12, rel=1e-9)


@both
def test_diagonal_is_the_default_and_that_of_the_older_function(direction):
    p = target(3)
    q = optimal_gaussian(*p, direction=direction)
    old = optimal_diag_gaussian(*p, direction=direction)
    np.testing.assert_array_equal(q.scale_tril, np.diag(old.scale))
    assert kl_floor(p[1], direction=direction) == kl_floor(
        p[1], direction=direction, family="diagonal"
    )


@both
@each
def test_batch_equals_single_calls(family, direction):
    rng = np.random.default_rng(3)
    trils = np.tril(rng.normal(size=(2, 1, 4, 4)), -1) + 2 * np.eye(4)
    loc = rng.normal(size=(3, 4))
    q = optimal_gaussian(loc, trils, direction=direction, family=family)
    floors = kl_floor(trils, direction=direction, family=family)
    assert (q.loc.shape, q.scale_tril.shape, floors.shape) == ((2, 3, 4), (2, 3, 4, 4), (2, 1))
    for i, j in np.ndindex(2, 3):
        single = optimal_gaussian(loc[j], trils[i, 0], direction=direction, family=family)
        np.testing.assert_array_equal(q.loc[i, j], single.loc)
        np.testing.assert_allclose(q.scale_tril[i, j], single.scale_tril, rtol=1e-13)


@pytest.mark.parametrize("family", ["mean-field", "Full", "", None, 2, ["full"]])
def test_unknown_family_is_named(family):
    message = r"family must be 'isotropic', 'diagonal' or 'full'; got "
    with pytest.raises(ValueError, match=message):
        kl_floor(np.eye(2), direction="reverse", family=family)
    with pytest.raises(ValueError, match=message):
        optimal_gaussian([0, 0], np.eye(2), direction="reverse", family=family)


def test_other_arguments_are_checked():
    with pytest.raises(ValueError, match=r"direction must be 'reverse'.* got 'up'"):
        optimal_gaussian([0, 0], np.eye(2), direction="up")
    with pytest.raises(ValueError, match=r"loc must have as many entries as scale_tril, 2"):
        optimal_gaussian([0, 0, 0], np.eye(2), direction="reverse", family="full")
    with pytest.raises(ValueError, match=r"scale_tril must have shape \(\.\.\., d, d\)"):
        kl_floor(np.zeros((0, 0)), direction="reverse", family="isotropic")
