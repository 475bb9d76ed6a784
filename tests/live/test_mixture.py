"""Quadrature in the browser against sums of another kind, on hundreds of states."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from klhelpers.live.assets import joined
from klhelpers.live.mixtures import RATE, STILL, Mixture, descend, forward_kl, reverse_kl

COMPUTE = """(states) => states.map((state) => {
    const p = mixture(state);
    return [reverseKl(p, state.loc, state.scale), forwardKl(p, state.loc, state.scale)];
})"""
RUN = """([state, seeds]) => {
    const end = (job) => { let step; do step = job.next(); while (!step.done); return step.value; };
    const p = mixture(state);
    const seen = dips(profile(p, [-6, 6])).map(([loc, , scale]) => [loc, scale]);
    return end(basins(p, state.loc, state.scale, [-6, 6], seeds ?? seen));
}"""
RANGES = {
    "weight": (0.02, 0.98),
    "distance": (0, 5),
    "scale_1": (0.3, 2),
    "scale_2": (0.3, 2),
    "loc": (-6, 6),
    "scale": (0.1, 5),
}


@pytest.fixture
def run(new_page):
    """Run JavaScript that sees the functions of the figure."""
    page = new_page()
    page.add_script_tag(content=joined("basins"))
    return page.evaluate


def states(count=300):
    """Random states; in every third, most quantities are at an end of their range."""
    rng = np.random.default_rng(20)
    found = []
    for i in range(count):
        state = {}
        for name, (low, high) in RANGES.items():
            scale = name.startswith("scale")
            ends = np.log([low, high]) if scale else np.array([low, high])
            extreme = i % 3 == 0 and rng.random() < 0.7
            value = rng.choice(ends) if extreme else rng.uniform(*ends)
            value = float(np.exp(value)) if scale else float(value)
            state[name] = min(max(value, low), high)
        found.append(state)
    return found


def target(state):
    return Mixture(*(state[name] for name in ("weight", "distance", "scale_1", "scale_2")))


def panel_sum(function, loc, scale):
    """Average over N(loc, scale²) by 2000 equal Gauss–Legendre panels."""
    nodes, weights = np.polynomial.legendre.leggauss(12)
    z = (np.linspace(-11.988, 11.988, 1999)[:, np.newaxis] + 0.006 * nodes).ravel()
    mass = np.tile(0.006 * weights, 1999) * np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return float(np.sum(mass * function(loc + scale * z)))


def log_normal(x, loc, scale):
    return -0.5 * ((x - loc) / scale) ** 2 - np.log(scale) - 0.5 * np.log(2 * np.pi)


def reference(state, loc=None, log_scale=None):
    """KL(q‖p) and KL(p‖q), each as an average of the difference of logarithms."""
    p = target(state)
    loc = state["loc"] if loc is None else loc
    scale = state["scale"] if log_scale is None else np.exp(log_scale)

    def surplus(x):
        return p.log_prob(x) - log_normal(x, loc, scale)

    left = panel_sum(surplus, -p.distance, p.scale_1)
    right = panel_sum(surplus, p.distance, p.scale_2)
    return -panel_sum(surplus, loc, scale), p.weight * left + (1 - p.weight) * right


@pytest.mark.parametrize("number", [0, 1, 3, 30, 33, 60])
def test_reference_agrees_with_adaptive_quadrature(number):
    state = states()[number]
    p, loc, scale = target(state), state["loc"], state["scale"]

    def integrand(x):
        q = log_normal(x, loc, scale)
        return np.exp(q) * (q - p.log_prob(np.array(x)))

    edges = np.linspace(loc - 11 * scale, loc + 11 * scale, 111)
    parts = [quad(integrand, *ends, epsabs=1e-14, epsrel=1e-13)[0] for ends in pairwise(edges)]
    assert reference(state)[0] == pytest.approx(sum(parts), rel=1e-11, abs=1e-11)


@pytest.mark.parametrize("number", [0, 1, 3, 30])
def test_density_is_the_weighted_sum_of_both(number):
    state = states()[number]
    x = np.linspace(-8, 8, 33)
    left = norm.pdf(x, -state["distance"], state["scale_1"])
    right = norm.pdf(x, state["distance"], state["scale_2"])
    expected = state["weight"] * left + (1 - state["weight"]) * right
    np.testing.assert_allclose(np.exp(target(state).log_prob(x)), expected, rtol=1e-12)


@pytest.mark.parametrize("number", [0, 1, 3, 30])
def test_slope_is_the_derivative_of_the_logarithm(number):
    p, x, h = target(states()[number]), np.linspace(-8, 8, 33), 1e-5
    expected = (p.log_prob(x + h) - p.log_prob(x - h)) / (2 * h)
    np.testing.assert_allclose(p.slope(x), expected, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("number", [0, 1, 3, 30])
def test_moments_are_integrals(number):
    p = target(states()[number])

    def average(function):
        left = panel_sum(function, -p.distance, p.scale_1)
        return p.weight * left + (1 - p.weight) * panel_sum(function, p.distance, p.scale_2)

    mean, deviation = p.moments
    assert mean == pytest.approx(average(lambda x: x), abs=1e-10)
    assert deviation**2 == pytest.approx(average(lambda x: (x - mean) ** 2), rel=1e-10)


def test_sums_in_python_are_those_of_the_reference():
    for state in states()[::5]:
        p, q, exact = target(state), (state["loc"], state["scale"]), reference(state)
        assert float(reverse_kl(p, *q)) == pytest.approx(exact[0], rel=1e-8, abs=1e-8)
        assert forward_kl(p, *q) == pytest.approx(exact[1], rel=1e-8, abs=1e-8)
        assert float(reverse_kl(p, *q, count=401)) == pytest.approx(exact[0], abs=0.03)


def test_sums_of_many_q_are_those_of_each():
    p, locs, scales = target(states()[1]), np.array([[-1.0], [2.0]]), np.array([0.3, 1.0, 4.0])
    found = reverse_kl(p, locs, scales)
    expected = [[float(reverse_kl(p, loc, scale)) for scale in scales] for loc in locs[:, 0]]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_divergences_of_300_states(run):
    cases = states()
    for state, found in zip(cases, run(COMPUTE, cases), strict=True):
        for value, exact in zip(found, reference(state), strict=True):
            error = abs(value["value"] - exact)
            assert error <= 1e-8, state
            assert exact <= 1e-3 or error <= 1e-8 * exact, state


def test_gradients_are_those_of_the_reference(run):
    cases = states()[::5]
    h = 1e-4
    for state, found in zip(cases, run(COMPUTE, cases), strict=True):
        for i in range(2):
            point = np.array([state["loc"], np.log(state["scale"])])
            step = h * np.eye(2)[i]
            ahead, behind, ahead2, behind2 = (
                np.array(reference(state, *(point + k * step))) for k in (1, -1, 2, -2)
            )
            slopes = (8 * (ahead - behind) - (ahead2 - behind2)) / (12 * h)
            size = 1 + np.abs(reference(state))
            for direction in range(2):
                exact = slopes[direction]
                near = pytest.approx(exact, rel=1e-7, abs=1e-8 * size[direction])
                assert found[direction]["slopes"][i] == near, state


def test_equal_components_are_one_gaussian(run):
    state = dict(weight=0.3, distance=0, scale_1=1, scale_2=1, loc=1, scale=0.5)
    ((reverse, forward),) = run(COMPUTE, [state])
    assert reverse["value"] == pytest.approx(np.log(2) + (0.25 + 1) / 2 - 0.5, abs=1e-12)
    assert forward["value"] == pytest.approx(-np.log(2) + 4 * 2 / 2 - 0.5, abs=1e-12)


def test_python_sums_agree(run):
    cases = states(60)
    for state, (reverse, forward) in zip(cases, run(COMPUTE, cases), strict=True):
        q = state["loc"], state["scale"]
        near = {"rel": 1e-8, "abs": 1e-8}
        assert float(reverse_kl(target(state), *q)) == pytest.approx(reverse["value"], **near)
        assert forward_kl(target(state), *q) == pytest.approx(forward["value"], **near)


@pytest.mark.parametrize("number", [1, 2, 4, 5])
def test_first_step_of_a_descent_goes_against_the_gradient(number):
    state, h = states()[number], 1e-5 * np.eye(2)
    p, loc, log_scale = target(state), 0.3, 0.1
    slopes = [
        (reference(state, *start + step)[0] - reference(state, *start - step)[0]) / 2e-5
        for start in [np.array([loc, log_scale])]
        for step in h
    ]
    first, second = descend(p, loc, np.exp(log_scale), count=12001)[:2]
    np.testing.assert_allclose(first, [loc, np.exp(log_scale)])
    change = second[0] - loc, np.log(second[1]) - log_scale
    np.testing.assert_allclose(change, -RATE * np.array(slopes), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("number", range(8))
def test_a_descent_never_rises_and_ends_where_it_is_level(number):
    state = states()[number]
    path = descend(target(state), state["loc"], state["scale"], count=2001)
    values = reverse_kl(target(state), *path.T, count=2001)
    assert np.all(np.diff(values) <= 1e-12)
    (loc, scale), h = path[-1], 1e-5
    for step in h * np.eye(2):
        ahead, behind = (
            reverse_kl(target(state), loc + sign * step[0], scale * np.exp(sign * step[1]))
            for sign in (1, -1)
        )
        assert abs(ahead - behind) / (2 * h) < 20 * STILL / RATE


def unit(distance, loc, scale):
    return dict(weight=0.5, distance=distance, scale_1=1, scale_2=1, loc=loc, scale=scale)


@pytest.mark.parametrize("distance, count", [(0.5, 1), (1, 1), (2, 1), (2.6, 3), (4, 3)])
def test_number_of_minima(run, distance, count):
    found = run(RUN, [unit(distance, 0.5, 2), None])
    assert len(found["minima"]) == count
    assert found["own"]["converged"]


def test_minima_at_m_4(run):
    left, middle, right = run(RUN, [unit(4, 1, 2), None])["minima"]
    assert left["value"] == pytest.approx(0.693, abs=5e-4)
    assert right["value"] == pytest.approx(0.693, abs=5e-4)
    assert middle["value"] == pytest.approx(1.871, abs=5e-4)


@pytest.mark.parametrize("number", range(2, 40, 4))
def test_descent_ends_where_that_in_python_ends(run, number):
    state = states()[number]
    found = run(RUN, [state, None])
    path = descend(target(state), state["loc"], state["scale"], count=12001)
    steps = len(path) - 1
    assert np.allclose(found["own"]["end"], path[-1], atol=1e-4), state
    assert abs(len(found["own"]["path"]) - 1 - steps) <= 2


@pytest.mark.parametrize("number", [2, 5, 8, 11])
def test_borders_of_basins(run, number):
    state = states()[number] | {"distance": 4.0, "scale_1": 0.8, "scale_2": 1.1}
    found = run(RUN, [state, None])
    assert found["bands"][0]["from"] == -6 and found["bands"][-1]["to"] == 6
    for band in found["bands"]:
        inside = np.linspace(band["from"], band["to"], 5)[1:-1]
        for loc in inside:
            end = descend(target(state), loc, state["scale"], count=2001)[-1]
            assert np.allclose(band["minimum"]["end"], end, atol=0.02), (state, loc)


@pytest.mark.parametrize("number", range(0, 24, 3))
def test_curve_is_least_over_the_scale(run, number):
    state = states()[number]
    curve = np.array(run("(s) => profile(mixture(s), [-6, 6])", state))
    scales = np.geomspace(0.05, 12, 300)
    locs = curve[::6, 0]
    p = target(state)
    table = reverse_kl(p, *np.meshgrid(locs, scales, indexing="ij"), count=2001)
    least = table.min(axis=1)
    assert np.all(curve[::6, 1] < least + 1e-3), state
    assert np.allclose(curve[::6, 1], least, rtol=2e-3, atol=2e-3), state
