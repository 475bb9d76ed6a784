"""Targets and trainable approximations, parameterised through bijectors.

Each function returns a TensorFlow Probability distribution.  Python numbers become float32, as in
TensorFlow; arrays keep their dtype, and all arguments of one call must agree on it.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import check_finite, check_loc_matches, check_scale, check_scale_tril
from klhelpers._shown import shown
from klhelpers.quiet_tensorflow import tf, tfp

tfb = tfp.bijectors
tfd = tfp.distributions


def gaussian_target(
    unconstrained: ArrayLike, *, loc: ArrayLike | None = None
) -> tfd.MultivariateNormalTriL:
    """Gaussian whose Cholesky factor comes from any d(d + 1)/2 real numbers.

    Parameters
    ----------
    unconstrained : array_like, shape (..., d (d + 1) / 2)
        Any finite numbers: 3 of them for d = 2, 6 for d = 3, 10 for d = 4.
    loc : array_like, shape (..., d), optional
        Mean; zero by default.

    Returns
    -------
    tfd.MultivariateNormalTriL
        N(loc, L Lᵀ) with L = ``tfb.FillScaleTriL()(unconstrained)``.

    Raises
    ------
    TypeError
        If the numbers are not real or the dtypes differ.
    ValueError
        If a number is not finite, their count is not triangular, or loc has another length.

    Notes
    -----
    ``FillScaleTriL`` fills a lower triangle, clockwise from the last number, takes the softplus
    of its diagonal and adds 1e-5, so that L is always a valid Cholesky factor.

    Examples
    --------
    >>> gaussian_target([-0.5, 1.25, 1.0]).scale_tril.numpy().tolist()
    [[1.3132..., 0.0], [1.25, 0.4740...]]
    """
    return _gaussian_target(unconstrained, loc, diag_shift=1e-5)


def lecture_target(*, seed: int = 41) -> tfd.MultivariateNormalTriL:
    """Return the lecture's target p: mean zero and a random Cholesky factor, float32.

    Parameters
    ----------
    seed : int
        TensorFlow's global seed, which this function sets, as the lecture does.

    Returns
    -------
    tfd.MultivariateNormalTriL
        Event shape (2,).  The scale is the softplus-diagonal triangle of three uniform numbers,
        without the 1e-5 that `gaussian_target` adds.
    """
    tf.random.set_seed(seed)
    return _gaussian_target(tf.random.uniform([3]), None, diag_shift=0)


def trainable_diag_gaussian(
    loc: ArrayLike, scale: ArrayLike, *, scale_bijector: tfb.Bijector | None = None
) -> tfd.MultivariateNormalDiag:
    """Trainable Gaussian with independent components.

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
    loc, scale = _real_tensors(loc=loc, scale=scale)
    if not isinstance(scale_bijector, tfb.Bijector | None):
        raise TypeError(
            f"scale_bijector must be a bijector, like tfb.Exp(); got {shown(scale_bijector)}"
        )
    check_scale("scale", scale.numpy())
    if scale.shape.rank < 1:
        raise ValueError(f"scale must have shape (..., d); got the single number {scale.numpy()}")
    check_loc_matches("loc", loc.numpy(), "scale", scale.shape[-1])
    check_finite("loc", loc.numpy())
    return tfd.MultivariateNormalDiag(
        loc=tf.Variable(loc, name="loc"),
        scale_diag=_transformed(scale, scale_bijector or tfb.Exp(), "scale"),
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
    """
    tf.random.set_seed(seed)
    return trainable_diag_gaussian(tf.random.normal([2]), tf.random.uniform([2]))


def trainable_full_gaussian(loc: ArrayLike, scale_tril: ArrayLike) -> tfd.MultivariateNormalTriL:
    """Trainable Gaussian with any covariance.

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
    loc, scale_tril = _real_tensors(loc=loc, scale_tril=scale_tril)
    check_scale_tril("scale_tril", scale_tril.numpy())
    check_loc_matches("loc", loc.numpy(), "scale_tril", scale_tril.shape[-1])
    check_finite("loc", loc.numpy())
    bijector = tfb.FillScaleTriL(diag_bijector=tfb.Exp(), diag_shift=None)
    return tfd.MultivariateNormalTriL(
        loc=tf.Variable(loc, name="loc"),
        scale_tril=_transformed(scale_tril, bijector, "scale_tril"),
    )


def _gaussian_target(
    unconstrained: ArrayLike, loc: ArrayLike | None, *, diag_shift: float
) -> tfd.MultivariateNormalTriL:
    """Build the target N(loc, L Lᵀ), L the softplus-diagonal triangle plus `diag_shift`."""
    given = {"unconstrained": unconstrained} | ({} if loc is None else {"loc": loc})
    unconstrained, *rest = _real_tensors(**given)
    check_finite("unconstrained", unconstrained.numpy())
    count = unconstrained.shape[-1] if unconstrained.shape.rank else 0
    size = (np.sqrt(8 * count + 1) - 1) / 2
    if count == 0 or size != int(size):
        raise ValueError(
            "unconstrained must hold a triangular number of entries, 1, 3, 6, 10, ..., "
            f"d (d + 1) / 2 of them for d dimensions; got {count}"
        )
    loc = rest[0] if rest else tf.zeros([int(size)], unconstrained.dtype)
    check_loc_matches("loc", loc.numpy(), "the scale's diagonal", int(size))
    check_finite("loc", loc.numpy())
    # As an array: a Python number would make the bijector one of float32 alone.
    bijector = tfb.FillScaleTriL(diag_shift=np.array(diag_shift, unconstrained.dtype.name))
    return tfd.MultivariateNormalTriL(loc=loc, scale_tril=bijector(unconstrained))


def _real_tensors(**given: Any) -> list[tf.Tensor]:
    """Convert arguments to floating-point tensors of one dtype, named in what goes wrong."""
    for name, value in given.items():
        if isinstance(value, (tf.Variable, tfp.util.TransformedVariable)):
            raise TypeError(
                f"{name} must be numbers, not a variable: it would be copied and get no "
                f"gradient; pass its value, .numpy(); got {shown(value)}"
            )
    dtypes = {
        name: tf.as_dtype(value.dtype) for name, value in given.items() if hasattr(value, "dtype")
    }
    dtypes = {name: dtype for name, dtype in dtypes.items() if dtype.is_floating}
    if len(set(dtypes.values())) > 1:
        stated = ", ".join(f"{name} {dtype.name}" for name, dtype in dtypes.items())
        raise TypeError(f"{' and '.join(given)} must have one dtype; got {stated}")
    dtype = next(iter(dtypes.values()), tf.float32)
    return [tf.convert_to_tensor(_real_array(*item), dtype=dtype) for item in given.items()]


def _real_array(name: str, value: Any) -> NDArray:
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers; got {shown(value)}")
    return array


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
