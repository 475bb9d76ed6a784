"""The families of the second explorer: their floors, and their trainable members."""

import numpy as np
import pytest
from scipy.optimize import minimize

from klhelpers import kl_floor, kl_gaussian
from klhelpers.explore._bivariate import BivariateGaussian
from klhelpers.explore.families import BIJECTORS, FAMILIES, family_floor, target, trainable

P = BivariateGaussian((0.5, -1), (1.5, 0.8), 0.7)


def least(family, direction):
    """Search for the least divergence over the family's scales, mean at p's."""

    def value(raw):
        tril = {
            "diagonal": lambda: np.diag(np.exp(raw[:2])),
            "isotropic": lambda: np.exp(raw[0]) * np.eye(2),
            "full": lambda: np.array([[np.exp(raw[0]), 0], [raw[2], np.exp(raw[1])]]),
        }[family]()
        pair = [(P.loc, P.scale_tril), (P.loc, tril)]
        first, second = pair if direction == "forward" else reversed(pair)
        return float(kl_gaussian(*first, *second))

    return minimize(value, np.zeros(3), tol=1e-12).fun


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize("family", FAMILIES)
def test_floor_is_the_least_that_a_search_finds(family, direction):
    assert family_floor(family, P, direction) == pytest.approx(least(family, direction), abs=1e-7)


def test_floors_are_ordered_as_the_families_contain_each_other():
    for direction in ("forward", "reverse"):
        diagonal = family_floor("diagonal", P, direction)
        assert diagonal == kl_floor(P.scale_tril, direction=direction)
        assert 0 == family_floor("full", P, direction) < diagonal
        assert diagonal < family_floor("isotropic", P, direction)


@pytest.mark.parametrize("bijector", BIJECTORS)
@pytest.mark.parametrize(("family", "numbers"), [("diagonal", 4), ("full", 5), ("isotropic", 3)])
def test_start_is_the_one_asked_for(family, numbers, bijector):
    q = trainable(family, bijector, (1.0, 2.0), (0.3, 0.6))
    assert q.dtype.as_numpy_dtype == np.float64
    np.testing.assert_allclose(q.mean(), [1, 2])
    expected = [0.3, 0.3] if family == "isotropic" else [0.3, 0.6]
    np.testing.assert_allclose(q.stddev(), expected, rtol=1e-12)
    assert sum(np.size(v) for v in q.trainable_variables) == numbers


def test_target_is_p():
    p = target(P)
    np.testing.assert_allclose(p.covariance(), P.scale_tril @ P.scale_tril.T)
    np.testing.assert_allclose(p.mean(), P.loc)
