"""A whole run of Adam's steps in one TensorFlow graph, which later fits use again."""

from klhelpers._adam import adam_update
from klhelpers.objective import loss_and_grads
from klhelpers.quiet_tensorflow import tf, tfp
from klhelpers.trajectory import ARROWS

tfd = tfp.distributions


@tf.function
def start_state(q, p, direction):
    """Return the state of step 0; as a graph, many times quicker than operation by operation."""
    return _loss_grads_state(q, p, direction)[1]


@tf.function
def run_steps(q, p, direction, done, count, moments, learning_rate):
    """Update q `count` times, or until the loss is not finite; record what each update gives.

    q and p are arguments, so that a later call with others of the same kind finds the graph
    traced and works on *its* variables.
    """
    gradients, state = _loss_grads_state(q, p, direction)
    recorded = [
        tf.TensorArray(value.dtype, size=count, element_shape=value.shape) for value in state
    ]

    def body(i, gradients, moments, recorded, finite):
        step = tf.cast(done + i + 1, learning_rate.dtype)
        changes, moments = adam_update(step, gradients, moments, learning_rate)
        for variable, change in zip(q.trainable_variables, changes, strict=True):
            variable.assign_add(change)
        gradients, state = _loss_grads_state(q, p, direction)
        recorded = [array.write(i, value) for array, value in zip(recorded, state, strict=True)]
        return i + 1, gradients, moments, recorded, tf.reduce_all(tf.math.is_finite(state[0]))

    reached, _, moments, recorded, _ = tf.while_loop(
        lambda i, gradients, moments, recorded, finite: (i < count) & finite,
        body,
        (tf.constant(0), gradients, moments, recorded, tf.constant(True)),
    )
    return [array.stack()[:reached] for array in recorded], moments


def _loss_grads_state(q: tfd.Distribution, p: tfd.Distribution, direction: str):
    """Gradients, and the state to record: loss, mean and Cholesky factor of q as it is now."""
    loss, gradients = loss_and_grads(q, p, direction=direction)
    for variable, gradient in zip(q.trainable_variables, gradients, strict=True):
        if gradient is None:
            raise ValueError(
                f"every variable of q must reach {ARROWS[direction]}; {variable.name} gets no "
                "gradient"
            )
    loc = q.mean()
    scale = getattr(q, "scale", None)
    is_operator = isinstance(scale, tf.linalg.LinearOperator)
    scale_tril = scale.to_dense() if is_operator else tf.linalg.cholesky(q.covariance())
    batch, d = loss.shape, loc.shape[-1]
    state = (
        loss,
        tf.broadcast_to(loc, [*batch, d]),
        tf.broadcast_to(scale_tril, [*batch, d, d]),
    )
    return gradients, state
