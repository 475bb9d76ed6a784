"""Antithetic samples: pairs that are mirrored at the mean of a symmetric distribution."""

from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

_SYMMETRIC = (
    tfd.Laplace,
    tfd.Logistic,
    tfd.MultivariateNormalLinearOperator,
    tfd.Normal,
    tfd.StudentT,
)


def antithetic_samples(a: tfd.Distribution, num_samples: int, seed: tf.Tensor) -> tf.Tensor:
    """Draw samples of a, the second half mirrored to the first.

    Parameters
    ----------
    a : tfd.Distribution
        Symmetric about its mean.
    num_samples : int
        Even.
    seed : tensor of int32, shape (2,)

    Returns
    -------
    tensor, shape (num_samples, ...)
        Samples i and num_samples / 2 + i are a pair; each of them is a sample of a.

    Raises
    ------
    TypeError
        If a is not of a family that is known to be symmetric.
    """
    centre = _centre(a)
    x = a.sample(num_samples // 2, seed=seed)
    return tf.concat([x, 2 * centre - x], axis=0)


def _centre(a: tfd.Distribution) -> tf.Tensor:
    inner = a
    while isinstance(inner, tfd.Independent):
        inner = inner.distribution
    if not isinstance(inner, _SYMMETRIC):
        raise TypeError(
            "antithetic=True needs an a that is symmetric about its mean: Normal, a multivariate "
            "normal, StudentT, Laplace, Logistic, or Independent components of these; "
            f"got {type(inner).__name__}"
        )
    # A StudentT with few degrees of freedom has a centre, but no mean.
    return inner.loc if isinstance(inner, tfd.StudentT) else inner.mean()
