"""The closed-form best q and the floors: against brute force, and their laws."""

import numpy as np
import pytest
from scipy.optimize import minimize

from klhelpers import kl_floor, kl_gaussian, optimal_diag_gaussian

DIRECTIONS = ["forward", "reverse"]
TARGETS = {
    "lecture's target": ([0.0, 0.0], [[0.8688682, 0.0], [0.6666248, 1.0177136]]),
    "2-D, strongly correlated": ([2.0, -1.0], [[1.0, 0.0], [0.99, 0.1]]),
    "3-D": ([1.0, 0.0, -1.0], [[1.0, 0, 0], [0.8, 0.5, 0], [-0.3, 0.6, 0.7]]),
    "4-D": (
        [0.0, 1.0, 2.0, 3.0],
        [[2.0, 0, 0, 0], [1.0, 0.3, 0, 0], [0.2, 0.1, 1.5, 0], [-1.0, 0.5, 0.5, 0.8]],
    ),
}
CASES = [
    pytest.param(*(np.array(part) for part in target), direction, id=f"{name}, {direction}")
    for name, target in TARGETS.items()
    for direction in DIRECTIONS
]
cases = pytest.mark.parametrize(("loc", "scale_tril", "direction"), CASES)


def kl(q_loc, q_scale, loc, scale_tril, direction):
    """The divergence of a diagonal q, told apart by its direction."""
    q_tril = np.asarray(q_scale)[..., np.newaxis] * np.eye(len(loc))
    if direction == "forward":
        return kl_gaussian(loc, scale_tril, q_loc, q_tril)
    return kl_gaussian(q_loc, q_tril, loc, scale_tril)


@cases
def test_variances_are_marginal_or_conditional(loc, scale_tril, direction):
    S = scale_tril @ scale_tril.T
    expected = np.diag(S) if direction == "forward" else 1 / np.diag(np.linalg.inv(S))
    q = optimal_diag_gaussian(loc, scale_tril, direction=direction)
    np.testing.assert_allclose(q.scale**2, expected, rtol=1e-10)
    np.testing.assert_array_equal(q.loc, loc)


@cases
def test_a_numerical_search_ends_there(loc, scale_tril, direction):
    d = len(loc)
    found = minimize(
        lambda x: kl(x[:d], np.exp(x[d:]), loc, scale_tril, direction),
        np.concatenate([loc + 0.5, np.full(d, 0.2)]),
        method="BFGS",
        options={"gtol": 1e-8},
    ).x
    q = optimal_diag_gaussian(loc, scale_tril, direction=direction)
    np.testing.assert_allclose(found[:d], q.loc, atol=1e-4)
    np.testing.assert_allclose(np.exp(found[d:]), q.scale, rtol=1e-4)


@cases
def test_every_neighbour_is_worse(loc, scale_tril, direction):
    q = optimal_diag_gaussian(loc, scale_tril, direction=direction)
    best = kl(q.loc, q.scale, loc, scale_tril, direction)
    rng = np.random.default_rng(0)
    size = 10 ** rng.uniform(-4, 0, size=(500, 1))
    shift, stretch = rng.normal(size=(2, 500, len(loc))) * size
    others = kl(q.loc + shift, q.scale * np.exp(stretch), loc, scale_tril, direction)
    assert np.all(others > best)


@cases
def test_floor_is_the_divergence_of_the_best(loc, scale_tril, direction):
    q = optimal_diag_gaussian(loc, scale_tril, direction=direction)
    floor = kl_floor(scale_tril, direction=direction)
    np.testing.assert_allclose(kl(q.loc, q.scale, loc, scale_tril, direction), floor, rtol=1e-9)


@cases
def test_floor_from_the_covariance(loc, scale_tril, direction):
    S = scale_tril @ scale_tril.T
    matrix = S if direction == "forward" else np.linalg.inv(S)
    expected = 0.5 * (np.log(np.diag(matrix)).sum() - np.linalg.slogdet(matrix)[1])
    np.testing.assert_allclose(kl_floor(scale_tril, direction=direction), expected, rtol=1e-9)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(
    ("below", "diagonal"),
    [(0.6, 0.8), (-0.6, 0.8), (1.0, 1e-9), (1e-9, 1.0), (1e-3, 1e3), (1e3, 1e-3)],
)
def test_both_floors_are_equal_in_two_dimensions(below, diagonal, direction):
    """−½ ln(1 − ρ²); with ρ²/(1 − ρ²) = (L₂₁/L₂₂)² it keeps its digits for ρ near 0 or 1."""
    tril = [[3.0, 0.0], [below, diagonal]]
    expected = 0.5 * np.log1p((below / diagonal) ** 2)
    np.testing.assert_allclose(kl_floor(tril, direction=direction), expected, rtol=1e-13)


def test_floors_differ_from_three_dimensions_on():
    _, tril = TARGETS["3-D"]
    forward, reverse = (kl_floor(tril, direction=direction) for direction in DIRECTIONS)
    assert abs(forward - reverse) > 0.05


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_an_independent_target_is_reached(direction):
    tril = np.diag([1e-3, 1.0, 1e3])
    assert kl_floor(tril, direction=direction) == 0
    np.testing.assert_array_equal(
        optimal_diag_gaussian(np.ones(3), tril, direction=direction).scale, np.diag(tril)
    )


@pytest.mark.parametrize("rho", [0.1, -0.5, 0.9, 0.999])
def test_each_optimum_under_the_other_divergence(rho):
    """In two dimensions: ρ²/(1 − ρ²) + ½ ln(1 − ρ²), either way."""
    loc, tril = np.zeros(2), np.linalg.cholesky([[1.0, 2 * rho], [2 * rho, 4.0]])
    expected = rho**2 / (1 - rho**2) + 0.5 * np.log1p(-(rho**2))
    for fitted, measured in (DIRECTIONS, DIRECTIONS[::-1]):
        q = optimal_diag_gaussian(loc, tril, direction=fitted)
        np.testing.assert_allclose(kl(q.loc, q.scale, loc, tril, measured), expected, rtol=1e-9)


@pytest.mark.parametrize("name", TARGETS)
def test_forward_projection_is_pythagorean(name):
    """KL(p‖q) = KL(p‖best) + KL(best‖q) for every diagonal q."""
    loc, tril = (np.array(part) for part in TARGETS[name])
    best = optimal_diag_gaussian(loc, tril, direction="forward")
    rng = np.random.default_rng(1)
    q_loc, q_scale = rng.normal(size=(50, len(loc))), rng.uniform(0.2, 3, size=(50, len(loc)))
    rest = kl(q_loc, q_scale, best.loc, np.diag(best.scale), "forward")
    np.testing.assert_allclose(
        kl(q_loc, q_scale, loc, tril, "forward"),
        kl_floor(tril, direction="forward") + rest,
        rtol=1e-10,
    )


def test_conditional_is_never_wider_than_marginal():
    rng = np.random.default_rng(2)
    trils = np.tril(rng.normal(size=(100, 5, 5)), -1) + np.eye(5)
    forward, reverse = (
        optimal_diag_gaussian(np.zeros(5), trils, direction=direction).scale
        for direction in DIRECTIONS
    )
    assert np.all(reverse < forward)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_batch_equals_single_calls(direction):
    rng = np.random.default_rng(3)
    trils = np.tril(rng.normal(size=(2, 3, 4, 4)), -1) + 2 * np.eye(4)
    loc = rng.normal(size=(3, 4))
    q = optimal_diag_gaussian(loc, trils, direction=direction)
    floors = kl_floor(trils, direction=direction)
    assert (q.loc.shape, q.scale.shape, floors.shape) == ((2, 3, 4), (2, 3, 4), (2, 3))
    for i, j in np.ndindex(2, 3):
        single = optimal_diag_gaussian(loc[j], trils[i, j], direction=direction)
        np.testing.assert_array_equal(q.loc[i, j], single.loc)
        np.testing.assert_allclose(q.scale[i, j], single.scale, rtol=1e-13)
        floor = kl_floor(trils[i, j], direction=direction)
        np.testing.assert_allclose(floors[i, j], floor, rtol=1e-13)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_one_factor_serves_many_means(direction):
    locs = np.arange(6.0).reshape(3, 2)
    q = optimal_diag_gaussian(locs, TARGETS["lecture's target"][1], direction=direction)
    np.testing.assert_array_equal(q.loc, locs)
    assert q.scale.shape == (3, 2) and np.all(q.scale == q.scale[0])


@pytest.mark.parametrize("direction", ["Forward", "kl_qp", "", None, 1, ["forward"]])
def test_unknown_direction_is_named(direction):
    message = r"direction must be 'reverse', KL\(q‖p\), or 'forward', KL\(p‖q\); got "
    with pytest.raises(ValueError, match=message):
        kl_floor(np.eye(2), direction=direction)
    with pytest.raises(ValueError, match=message):
        optimal_diag_gaussian([0, 0], np.eye(2), direction=direction)


def test_bad_scale_and_loc_are_named():
    with pytest.raises(
        ValueError, match=r"diagonal of scale_tril must be positive .* got \[1\. 0\.\]"
    ):
        kl_floor(np.diag([1.0, 0.0]), direction="forward")
    with pytest.raises(TypeError, match=r"scale_tril must hold real numbers; got dtype bool"):
        kl_floor(np.eye(2, dtype=bool), direction="forward")
    with pytest.raises(
        ValueError, match=r"loc must have as many entries as scale_tril, 2; got .*3"
    ):
        optimal_diag_gaussian([0, 0, 0], np.eye(2), direction="reverse")
    with pytest.raises(ValueError, match=r"loc must be finite; got \[nan +0\.\]"):
        optimal_diag_gaussian([np.nan, 0], np.eye(2), direction="reverse")
