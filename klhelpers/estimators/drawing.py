"""Samples that a loss evaluates under two distributions."""

from typing import Any

from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions


def draw(a: tfd.Distribution, b: Any, num_samples: int, seed: tf.Tensor) -> tf.Tensor:
    """Draw samples of a, repeated over b's batch shape where that is larger.

    Parameters
    ----------
    a : tfd.Distribution
    b : tfd.Distribution or any object with ``log_prob``
        Its batch shape is () unless it states one.
    num_samples : int
    seed : tensor of int32, shape (2,)

    Returns
    -------
    tensor
        Of shape (num_samples, the broadcast batch shape, the event shape).
    """
    x = a.sample(num_samples, seed=seed)
    a_batch, b_batch = (tf.TensorShape(getattr(one, "batch_shape", ())) for one in (a, b))
    batch = tf.broadcast_static_shape(a_batch, b_batch)
    if batch == a_batch:  # as it is: flows find the preimage of the very tensor in their cache
        return x
    event = x.shape[1 + len(a_batch) :]
    missing = [1] * (len(batch) - len(a_batch))
    x = tf.reshape(x, [num_samples, *missing, *a_batch, *event])
    return tf.broadcast_to(x, [num_samples, *batch, *event])
