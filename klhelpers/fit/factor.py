"""The Cholesky factor of a Gaussian's covariance, however its scale is written."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

_LOWER_TRIANGULAR = (
    tf.linalg.LinearOperatorDiag,
    tf.linalg.LinearOperatorIdentity,
    tf.linalg.LinearOperatorLowerTriangular,
    tf.linalg.LinearOperatorScaledIdentity,
)


def lower_factor(q: tfd.Distribution) -> tf.Tensor:
    """Lower-triangular L with L Lᵀ the covariance of q.

    Parameters
    ----------
    q : tfd.Distribution
        A Gaussian vector: any ``MultivariateNormalLinearOperator``, such as
        ``MultivariateNormalTriL`` and ``MultivariateNormalDiagPlusLowRank``; normal components
        in an ``Independent`` or a ``Sample``; or a ``GaussianProcess``.

    Returns
    -------
    tensor, shape (..., d, d)
        A diagonal entry may be negative: `positive_columns` turns L into the Cholesky factor.

    Raises
    ------
    TypeError
        If q is no Gaussian vector.

    Notes
    -----
    A scale S that is not lower triangular is factored by Sᵀ = Q R, so that S Sᵀ = Rᵀ R.  The
    covariance itself, with twice the digits, is never formed.
    """
    if isinstance(q, tfd.MultivariateNormalLinearOperator):
        dense = q.scale.to_dense()
        return dense if _is_lower_triangular(q) else _transposed(tf.linalg.qr(_transposed(dense)).r)
    if isinstance(q, (tfd.Independent, tfd.Sample)) and len(q.event_shape) == 1:
        if isinstance(q.distribution, tfd.Normal):
            return tf.linalg.diag(q.stddev())
    if isinstance(q, tfd.GaussianProcess):
        return tf.linalg.cholesky(q.covariance())
    raise TypeError(
        "q must be a Gaussian vector, such as a MultivariateNormalDiag or a "
        f"MultivariateNormalTriL; got {type(q).__name__} of event shape {tuple(q.event_shape)}"
    )


def divergence_of_factor(q: tfd.Distribution, loss: tf.Tensor, factor: tf.Tensor) -> tf.Tensor:
    """Return `loss`, or infinity where rounding has made `factor` singular.

    The divergence of a singular Gaussian is infinite.  For a triangular scale, `loss` says so
    itself, through the logarithm of the same diagonal.  For other scales, TensorFlow Probability
    finds the determinant in another way, which can give a finite number.
    """
    if isinstance(q, tfd.MultivariateNormalLinearOperator) and not _is_lower_triangular(q):
        # A diagonal entry that is as small as the rounding of its row says nothing about q.
        rounding = factor.shape[-1] * np.finfo(factor.dtype.as_numpy_dtype).eps
        sizes = tf.abs(tf.linalg.diag_part(factor)), tf.norm(factor, axis=-1)
        regular = tf.reduce_all(sizes[0] > rounding * sizes[1], axis=-1)
        return tf.where(regular, loss, tf.constant(np.inf, loss.dtype))
    return loss


def positive_columns(factors: NDArray[Any]) -> NDArray[Any]:
    """Change the sign of each column of lower-triangular `factors` whose diagonal is negative.

    The product L Lᵀ stays the same.  This is done for all recorded steps at once, since one more
    operation in the graph would be run at every step.
    """
    negative = np.diagonal(factors, axis1=-2, axis2=-1) < 0
    if not negative.any():
        return factors
    signs = np.where(negative, -1, 1).astype(factors.dtype)
    positive: NDArray[Any] = factors * signs[..., np.newaxis, :] + 0  # adding 0 turns -0 into 0
    return positive


def _is_lower_triangular(q: tfd.MultivariateNormalLinearOperator) -> bool:
    return isinstance(q.scale, _LOWER_TRIANGULAR)


def _transposed(matrix: tf.Tensor) -> tf.Tensor:
    return tf.linalg.matrix_transpose(matrix)
