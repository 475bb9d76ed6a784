"""Trainable Gaussians q, whose constrained parameters are variables behind bijectors."""

import numpy as np
from numpy.typing import ArrayLike

from klhelpers._checks import (
    check_broadcast,
    check_count,
    check_finite,
    check_loc_matches,
    check_scale,
    check_scale_tril,
)
from klhelpers._shown import shown
from klhelpers.distributions._tensors import real_tensors
from klhelpers.quiet_tensorflow import tf, tfp

tfb = tfp.bijectors
tfd = tfp.distributions


def trainable_diag_gaussian(
    loc: ArrayLike, scale: ArrayLike, *, scale_bijector: tfb.Bijector | None = None
) -> tfd.MultivariateNormalDiag:
    """Trainable diagonal (mean-field) Gaussian: its components are independent.

    Parameters
    ----------
    loc : array_like, shape (..., d)
        Initial mean.
    scale : array_like, shape (..., d)
        Initial standard deviations, positive: the *constrained* values.
    scale_bijector : tfb.Bijector, optional
        Maps the unconstrained variable to the standard deviations; ``tfb.Exp()`` by default.

    Returns
    -------
    tfd.MultivariateNormalDiag
        With two variables, named "loc" and "scale"; the second holds the inverse image of
        `scale` under the bijector.

    Raises
    ------
    TypeError
        If the dtypes differ, the numbers are not real, an argument is a variable, which would
        be copied and then get no gradient, or `scale_bijector` is no bijector.
    ValueError
        If a scale is not positive and finite or has no finite inverse image, a loc is not
        finite, or the lengths differ.

    Examples
    --------
    >>> q = trainable_diag_gaussian([0.0, 0.0], [1.0, 2.0])
    >>> [variable.name.split(":")[0] for variable in q.trainable_variables]
    ['loc', 'scale']
    """
    mean, std = real_tensors(loc=loc, scale=scale)
    if not isinstance(scale_bijector, tfb.Bijector | None):
        raise TypeError(
            f"scale_bijector must be a bijector, like tfb.Exp(); got {shown(scale_bijector)}"
        )
    check_scale("scale", std.numpy())
    if std.shape.rank < 1:
        raise ValueError(f"scale must have shape (..., d); got the single number {std.numpy()}")
    if std.shape[-1] == 0:
        raise ValueError(f"scale must have at least one entry; got {shown(std.numpy())}")
    check_loc_matches("loc", mean.numpy(), "scale", std.shape[-1])
    check_finite("loc", mean.numpy())
    check_broadcast(loc=mean.shape[:-1], scale=std.shape[:-1])
    return tfd.MultivariateNormalDiag(
        loc=tf.Variable(mean, name="loc"),
        scale_diag=_transformed(std, scale_bijector or tfb.Exp(), "scale"),
    )


def lecture_start(*, seed: int = 41) -> tfd.MultivariateNormalDiag:
    """Return the lecture's trainable q at its random start, float32.

    Parameters
    ----------
    seed : int
        TensorFlow's global seed, which this function sets, as the lecture does.

    Returns
    -------
    tfd.MultivariateNormalDiag
        Event shape (2,): loc drawn from a standard normal, scale uniform between 0 and 1.

    Raises
    ------
    TypeError, ValueError
        If `seed` is no whole number, or negative.
    """
    tf.random.set_seed(check_count("seed", seed, least=0))
    return trainable_diag_gaussian(tf.random.normal([2]), tf.random.uniform([2]))


def trainable_full_gaussian(loc: ArrayLike, scale_tril: ArrayLike) -> tfd.MultivariateNormalTriL:
    """Trainable full Gaussian: it can have any covariance.

    Parameters
    ----------
    loc : array_like, shape (..., d)
        Initial mean.
    scale_tril : array_like, shape (..., d, d)
        Initial lower-triangular Cholesky factor of the covariance, positive on its diagonal.

    Returns
    -------
    tfd.MultivariateNormalTriL
        With two variables, named "loc" and "scale_tril"; the second holds the
        d (d + 1) / 2 unconstrained numbers, the logarithms of the diagonal among them.

    Raises
    ------
    TypeError
        If the dtypes differ, the numbers are not real, or an argument is a variable.
    ValueError
        If `scale_tril` is no Cholesky factor, a loc is not finite, or the lengths differ.
    """
    mean, factor = real_tensors(loc=loc, scale_tril=scale_tril)
    check_scale_tril("scale_tril", factor.numpy())
    check_loc_matches("loc", mean.numpy(), "scale_tril", factor.shape[-1])
    check_finite("loc", mean.numpy())
    check_broadcast(loc=mean.shape[:-1], scale_tril=factor.shape[:-2])
    bijector = tfb.FillScaleTriL(diag_bijector=tfb.Exp(), diag_shift=None)
    return tfd.MultivariateNormalTriL(
        loc=tf.Variable(mean, name="loc"),
        scale_tril=_transformed(factor, bijector, "scale_tril"),
    )


def _transformed(
    value: tf.Tensor, bijector: tfb.Bijector, name: str
) -> tfp.util.TransformedVariable:
    """Keep `value` behind `bijector`, once its inverse image is known to be finite."""
    inverse = bijector.inverse(value).numpy()
    if not np.all(np.isfinite(inverse)):
        raise ValueError(
            f"{name} must lie in the range of its bijector {bijector.name}; "
            f"{shown(value.numpy())} has the inverse image {shown(inverse)}"
        )
    return tfp.util.TransformedVariable(value, bijector=bijector, name=name)
