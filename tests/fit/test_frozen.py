"""A scale of plain numbers beside a trainable loc is warned of; what is intended is not."""

import warnings

import numpy as np
import pytest

from klhelpers import minimize_kl, trainable_diag_gaussian, trainable_full_gaussian
from klhelpers.fit.frozen import warn_of_frozen_scale
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions


def loc():
    return tf.Variable([0.0, 1.0], name="loc")


def fixed(value):
    return tf.Variable(value, trainable=False)


log_scale = tf.Variable([0.0, 0.1])
FROZEN = {
    "numbers": (lambda: tfd.MultivariateNormalDiag(loc(), [1.0, 2.0]), "scale_diag"),
    "computed once": (
        lambda: tfd.MultivariateNormalDiag(loc(), tf.exp(log_scale)),
        "scale_diag of MultivariateNormalDiag",
    ),
    "triangle": (
        lambda: tfd.MultivariateNormalTriL(loc(), np.eye(2, dtype=np.float32)),
        "scale_tril",
    ),
    "operator": (
        lambda: tfd.MultivariateNormalLinearOperator(loc(), tf.linalg.LinearOperatorDiag([1.0, 2])),
        "scale of MultivariateNormalLinearOperator",
    ),
    "components": (lambda: tfd.Independent(tfd.Normal(loc(), 1.0), 1), "scale of Normal"),
}
INTENDED = {
    "both trainable": lambda: trainable_diag_gaussian([0.0, 1.0], [1.0, 1.0]),
    "full": lambda: trainable_full_gaussian([0.0, 1.0], np.eye(2, dtype=np.float32)),
    "fixed variable": lambda: tfd.MultivariateNormalDiag(loc(), fixed([1.0, 2.0])),
    "fixed behind a bijector": lambda: tfd.MultivariateNormalDiag(
        loc(), tfp.util.TransformedVariable([1.0, 2.0], tfb.Exp(), trainable=False)
    ),
    "not given": lambda: tfd.MultivariateNormalDiag(loc()),
    "trainable operator": lambda: tfd.MultivariateNormalLinearOperator(
        loc(), tf.linalg.LinearOperatorDiag(tf.Variable([1.0, 2.0]))
    ),
    "fixed loc": lambda: tfd.MultivariateNormalDiag([0.0, 1.0], tf.Variable([1.0, 2.0])),
    "part of the scale": lambda: tfd.MultivariateNormalDiagPlusLowRank(
        loc(), [1.0, 1.0], scale_perturb_factor=tf.Variable([[0.1], [0.2]])
    ),
}


@pytest.mark.parametrize("case", FROZEN)
@pytest.mark.filterwarnings("ignore:MultivariateNormalDiagPlusLowRank:DeprecationWarning")
def test_a_frozen_scale_is_warned_of_once(case):
    make, name = FROZEN[case]
    with pytest.warns(UserWarning, match=rf"^{name}.* will not change.*TransformedVariable") as all:
        warn_of_frozen_scale(make(), stacklevel=1)
    assert len(all) == 1
    assert all[0].filename == __file__


@pytest.mark.parametrize("case", INTENDED)
def test_what_is_intended_is_silent(case):
    q = INTENDED[case]()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_frozen_scale(q, stacklevel=1)


def test_a_fit_warns_where_it_was_called_and_goes_on():
    q = tfd.MultivariateNormalDiag(loc(), [1.0, 2.0])
    p = tfd.MultivariateNormalDiag([3.0, 3.0], [1.0, 1.0])
    with pytest.warns(UserWarning, match=r"trainable=False") as all:
        trajectory = minimize_kl(q, p, num_steps=3)
    assert [warning.filename for warning in all] == [__file__]
    assert trajectory.num_steps == 3
    np.testing.assert_array_equal(trajectory.scale_tril, np.tile(np.diag([1.0, 2.0]), (4, 1, 1)))
