"""Trainable distributions of the families."""

import numpy as np
import pytest

from klhelpers.live.families import BIJECTORS, trainable
from klhelpers.optima import FAMILIES

COUNTS = {"isotropic": 3, "diagonal": 4, "full": 5}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("bijector", BIJECTORS)
def test_trainable_starts_where_it_is_told(family, bijector):
    tril = np.diag([0.5, 0.5] if family == "isotropic" else [0.5, 0.25])
    if family == "full":
        tril[1, 0] = -0.3
    q = trainable(family, bijector, (1.0, -2.0), tril)
    np.testing.assert_allclose(q.mean(), [1.0, -2.0])
    np.testing.assert_allclose(q.covariance(), tril @ tril.T, rtol=1e-12, atol=1e-15)
    assert q.dtype == np.float64
    count = sum(int(np.prod(variable.shape)) for variable in q.trainable_variables)
    assert count == COUNTS[family]
