"""The descents in NumPy: against finite differences, against TensorFlow, against theory."""

import numpy as np
import pytest

from klhelpers.direction import ARROWS, ordered
from klhelpers.distributions import trainable_diag_gaussian, trainable_full_gaussian
from klhelpers.divergences import kl_gaussian
from klhelpers.fit import minimize_kl
from klhelpers.live import descend
from klhelpers.live.descent import _Chart, _gradient
from klhelpers.optima import kl_floor, optimal_gaussian
from klhelpers.quiet_tensorflow import tfp

P = np.array([0.4, -0.3]), np.array([[1.5, 0.0], [0.8, 0.6]])
START = np.array([-2.0, 1.0]), np.array([[0.7, 0.0], [-0.2, 1.1]])
FAMILIES = ["isotropic", "diagonal", "full"]
BIJECTORS = ["Exp", "Softplus"]


def value(direction, chart, x):
    return float(kl_gaussian(*sum(ordered(direction, P, chart.gaussian(x)), ())))


@pytest.mark.parametrize("bijector", BIJECTORS)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("direction", ARROWS)
def test_gradient_against_finite_differences(direction, family, bijector):
    chart = _Chart(family, bijector)
    x = chart.variables(*START)
    found = chart.pull(x, *_gradient(direction, P, chart.gaussian(x)))
    steps = 1e-6 * np.eye(x.size)
    expected = [
        (value(direction, chart, x + h) - value(direction, chart, x - h)) / 2e-6 for h in steps
    ]
    assert np.allclose(found, expected, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("bijector", BIJECTORS)
@pytest.mark.parametrize("family", FAMILIES)
def test_fisher_information_is_the_curvature_of_the_divergence(family, bijector):
    chart = _Chart(family, bijector)
    x = chart.variables(*START)
    q = chart.gaussian(x)

    def near(h):
        return float(kl_gaussian(*q, *chart.gaussian(x + h)))

    e = 1e-3 * np.eye(x.size)
    found = [
        [(near(a + b) - near(a - b) - near(b - a) + near(-a - b)) / 4e-6 for a in e] for b in e
    ]
    assert np.allclose(chart.fisher(x), found, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("direction", ARROWS)
def test_natural_gradient_does_not_depend_on_the_bijector(direction, family):
    options = {"optimiser": "natural gradient", "rate": 1e-5, "num_steps": 1}
    runs = [
        descend(P, START, direction=direction, family=family, bijector=one, **options)
        for one in BIJECTORS
    ]
    changes = [np.hstack([np.ravel(np.diff(run[i], axis=0)) for i in (1, 2)]) for run in runs]
    assert np.linalg.norm(changes[0]) > 1e-6
    assert np.allclose(*changes, rtol=1e-3, atol=1e-9)


@pytest.mark.parametrize("direction", ARROWS)
@pytest.mark.parametrize("bijector", [*BIJECTORS, "full"])
def test_adam_is_that_of_tensorflow(direction, bijector):
    target = tfp.distributions.MultivariateNormalTriL(*P)
    if bijector == "full":
        q = trainable_full_gaussian(*START)
        options = {"family": "full"}
    else:
        scale_bijector = getattr(tfp.bijectors, bijector)()
        q = trainable_diag_gaussian(START[0], np.diag(START[1]), scale_bijector=scale_bijector)
        options = {"bijector": bijector}
    expected = minimize_kl(q, target, direction=direction, num_steps=100, learning_rate=0.1)
    found = descend(P, START, direction=direction, num_steps=100, **options)
    assert np.allclose(found.loss, expected.loss, rtol=1e-9)
    assert np.allclose(found.loc, expected.loc, rtol=1e-7, atol=1e-9)
    assert np.allclose(found.scale_tril, expected.scale_tril, rtol=1e-7, atol=1e-9)


def test_the_defaults_are_those_that_are_documented():
    stated = {
        "direction": "reverse", "family": "diagonal", "bijector": "Exp", "optimiser": "Adam",
        "rate": 0.1, "num_steps": 200,
    }  # fmt: skip
    for one, other in zip(descend(P, START), descend(P, START, **stated), strict=True):
        np.testing.assert_array_equal(one, other)
    assert len(descend(P, START).loss) == 201


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("direction", ARROWS)
def test_a_fit_ends_at_the_best_of_its_family(direction, family):
    run = descend(P, START, direction=direction, family=family, num_steps=1000)
    best = optimal_gaussian(*P, direction=direction, family=family)
    assert run.loss[-1] == pytest.approx(
        float(kl_floor(P[1], direction=direction, family=family)), abs=1e-6
    )
    np.testing.assert_allclose(run.loc[-1], best.loc, atol=1e-3)
    np.testing.assert_allclose(run.scale_tril[-1], best.scale_tril, atol=1e-3)


@pytest.mark.parametrize("bijector", BIJECTORS)
def test_a_fit_that_diverges_ends_before(bijector):
    run = descend(P, START, optimiser="gradient descent", bijector=bijector, rate=2)
    assert run.diverged and 100 < run.loss.size < 200 and np.all(np.isfinite(run.loss))
    assert len(run.loss) == len(run.loc) == len(run.scale_tril)
    assert not descend(P, START).diverged
