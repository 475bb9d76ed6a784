"""The browser's closed forms against klhelpers, and against mpmath with 50 digits."""

import mpmath as mp
import numpy as np
import pytest

from klhelpers import kl_floor, kl_gaussian, optimal_diag_gaussian
from klhelpers.direction import ordered
from klhelpers.live.assets import joined

DIRECTIONS = ["reverse", "forward"]
FAMILIES = ["isotropic", "diagonal", "full"]
KINDS = ["far apart", "close", "nearly equal", "wild"]
PER_KIND = 100
EXACT = 1e-9
ROUNDING = 1e-13  # of the terms of a sum, where they cancel; |ρ| = 0.999 costs two digits

COMPUTE = """states => {
  %s
  const each = (of) => Object.fromEntries(DIRECTIONS.map((d) => [d, of(d)]));
  const families = (of) => Object.fromEntries(
    ["isotropic", "diagonal", "full"].map((f) => [f, of(f)]));
  return states.map(({ p, q }) => ({
    kl: each((d) => divergence(d, p, q)),
    gradient: each((d) => gradient(d, p, q)),
    floor: families((f) => floor(f, p)),
    optimum: families((f) => each((d) => optimum(d, f, p))),
    least: families((f) => each((d) => divergence(d, p, optimum(d, f, p)))),
  }));
}"""


def random_tril(rng, scales=(-3, 3)):
    """A factor with standard deviations 1e-3 to 1e3 and |ρ| to 0.999."""
    s1, s2 = 10 ** rng.uniform(*scales, 2)
    rho = rng.choice([-1, 1]) * (1 - 10 ** rng.uniform(-3, 0))
    return [s1, rho * s2, s2 * np.sqrt((1 - rho) * (1 + rho))]


def random_state(kind, seed):
    """Gaussians p and q; all numbers are doubles that both sides get."""
    rng = np.random.default_rng([KINDS.index(kind), seed])
    p = random_tril(rng)
    matrix, shift = np.array([[p[0], 0], p[1:]]), rng.normal(size=2)
    if kind == "nearly equal":
        size = 10.0 ** rng.integers(-12, -2)
        q = (np.array(p) * (1 + size * rng.normal(size=3))).tolist()
        loc = size * matrix @ shift
    else:
        q = random_tril(rng)
        far = {"far apart": 1e6, "close": 1e-6, "wild": 10 ** rng.uniform(-3, 3)}[kind]
        loc = far * shift
    at = rng.normal(size=2) * rng.choice([0, 1, 100])
    return {
        "p": {"loc": at.tolist(), "tril": [float(x) for x in p]},
        "q": {"loc": (at + loc).tolist(), "tril": [float(x) for x in q]},
    }


STATES = [random_state(kind, seed) for kind in KINDS for seed in range(PER_KIND)]
NAMES = [f"{kind} {seed}" for kind in KINDS for seed in range(PER_KIND)]


@pytest.fixture(scope="module")
def found(browser):
    """What the browser computes for all states."""
    page = browser.new_page()
    yield page.evaluate(COMPUTE % joined("gaussian"), STATES)
    page.close()


@pytest.fixture(autouse=True)
def digits():
    with mp.workdps(50):
        yield


def lower(tril):
    return [[tril[0], 0.0], [tril[1], tril[2]]]


def exact(gaussian):
    """Mean, factor and covariance as matrices of 50 digits; doubles are taken as they are."""
    factor = mp.matrix(lower(gaussian["tril"]))
    return mp.matrix(gaussian["loc"]), factor, factor * factor.T


def exact_kl(a, b):
    """The textbook formula, from covariances."""
    (loc_a, _, cov_a), (loc_b, _, cov_b) = exact(a), exact(b)
    precision, shift = mp.inverse(cov_b), loc_a - loc_b
    product = precision * cov_a
    trace = product[0, 0] + product[1, 1] + (shift.T * precision * shift)[0] - 2
    return (trace + mp.log(mp.det(cov_b) / mp.det(cov_a))) / 2


def exact_optimum(direction, family, p):
    """Standard deviations of the best isotropic or diagonal q."""
    _, _, cov = exact(p)
    matrix = cov if direction == "forward" else mp.inverse(cov)
    variances = [matrix[0, 0], matrix[1, 1]]
    if family == "isotropic":
        variances = [sum(variances) / 2] * 2
    return [mp.sqrt(v if direction == "forward" else 1 / v) for v in variances]


def exact_gradient(direction, p, q):
    """Gradient in q's mean and factor, and the sums of the absolute values of its terms."""
    (loc_p, _, cov_p), (loc_q, factor, cov_q) = exact(p), exact(q)
    inverse, shift = mp.inverse(cov_q), loc_q - loc_p
    if direction == "reverse":
        by_loc, terms_loc = mp.inverse(cov_p), mp.inverse(cov_p)
        parts = [by_loc * factor, -inverse * factor]
    else:
        by_loc, terms_loc = inverse, inverse
        spread = cov_p + shift * shift.T
        parts = [inverse * factor, -inverse * spread * inverse * factor]
    tril = parts[0] + parts[1]
    loc = by_loc * shift
    size = [sum(abs(terms_loc[i, j] * shift[j]) for j in (0, 1)) for i in (0, 1)]
    sizes = [abs(parts[0][i, j]) + abs(parts[1][i, j]) for i, j in ((0, 0), (1, 0), (1, 1))]
    return [*loc, tril[0, 0], tril[1, 0], tril[1, 1]], [*size, *sizes]


def assert_close(value, reference, because=0):
    error = abs(mp.mpf(value) - reference)
    assert error <= EXACT * abs(reference) + because, (value, mp.nstr(reference, 17))


def arrays(gaussian):
    return np.array(gaussian["loc"]), np.array(lower(gaussian["tril"]))


def test_the_states_are_hard():
    assert len(STATES) >= 300
    p = [state["p"]["tril"] for state in STATES]
    rho = [abs(b) / np.hypot(b, c) for _, b, c in p]
    assert max(rho) > 0.998 and min(a for a, _, _ in p) < 2e-3 and max(a for a, _, _ in p) > 500


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_divergences(found, direction):
    for name, state, numbers in zip(NAMES, STATES, found, strict=True):
        first, second = ordered(direction, state["p"], state["q"])
        value = numbers["kl"][direction]
        assert_close(value, exact_kl(first, second))
        ours = kl_gaussian(*arrays(first), *arrays(second))
        assert value == pytest.approx(ours, rel=EXACT, abs=0), name


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_floors_and_optima(found, direction):
    for state, numbers in zip(STATES, found, strict=True):
        p = state["p"]
        assert numbers["floor"]["full"] == 0
        assert numbers["optimum"]["full"][direction] == p
        for family in ("isotropic", "diagonal"):
            scales = exact_optimum(direction, family, p)
            best = numbers["optimum"][family][direction]
            assert best["loc"] == p["loc"] and best["tril"][1] == 0
            for value, scale in zip(best["tril"][::2], scales, strict=True):
                assert_close(value, scale)
            q = {"loc": p["loc"], "tril": [scales[0], 0, scales[1]]}
            least = exact_kl(*ordered(direction, p, q))
            assert_close(numbers["floor"][family], least)
            assert_close(numbers["least"][family][direction], least)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_floors_and_optima_of_a_diagonal_q_in_python(found, direction):
    for state, numbers in zip(STATES, found, strict=True):
        loc, tril = arrays(state["p"])
        floor = kl_floor(tril, direction=direction)
        assert numbers["floor"]["diagonal"] == pytest.approx(floor, rel=EXACT, abs=0)
        scale = optimal_diag_gaussian(loc, tril, direction=direction).scale
        best = numbers["optimum"]["diagonal"][direction]["tril"]
        np.testing.assert_allclose([best[0], best[2]], scale, rtol=EXACT)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_gradients(found, direction):
    """Relative to the exact gradient, or to the rounding of the terms that cancel in it."""
    for state, numbers in zip(STATES, found, strict=True):
        values = numbers["gradient"][direction]
        wanted = exact_gradient(direction, **state)
        for value, reference, size in zip([*values["loc"], *values["tril"]], *wanted, strict=True):
            assert_close(value, reference, ROUNDING * size)


def test_a_correlation_is_turned_into_a_factor(browser):
    """For |ρ| = 0.999 too, where 1 − ρ² itself would lose three digits."""
    rng = np.random.default_rng(5)
    given = [
        {"loc": [0, 0], "scale": (10 ** rng.uniform(-3, 3, 2)).tolist(), "correlation": float(rho)}
        for rho in [0, 0.999, -0.999, *rng.uniform(-0.999, 0.999, 97)]
    ]
    page = browser.new_page()
    code = "given => { %s; return given.map((g) => [gaussian(g), described(gaussian(g))]); }"
    for one, (made, back) in zip(
        given, page.evaluate(code % joined("gaussian"), given), strict=True
    ):
        rho, (s1, s2) = mp.mpf(one["correlation"]), map(mp.mpf, one["scale"])
        for value, reference in zip(
            made["tril"], [s1, rho * s2, s2 * mp.sqrt(1 - rho**2)], strict=True
        ):
            assert_close(value, reference)
        np.testing.assert_allclose(back["scale"], one["scale"], rtol=1e-12)
        np.testing.assert_allclose(back["correlation"], one["correlation"], rtol=1e-12, atol=1e-300)
    page.close()
