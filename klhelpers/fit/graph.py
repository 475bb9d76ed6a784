"""Many steps of Adam in one TensorFlow graph, which later fits use again."""

from collections.abc import Iterable
from typing import TypeAlias

from klhelpers.direction import ARROWS
from klhelpers.fit.adam import Moments, adam_update
from klhelpers.fit.factor import divergence_of_factor, lower_factor
from klhelpers.fit.objective import loss_and_grads
from klhelpers.fit.recording import recorded_steps
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

State: TypeAlias = tuple[tf.Tensor, tf.Tensor, tf.Tensor]  # loss, mean and factor
Carried: TypeAlias = tuple[tuple[tf.Tensor, ...], Moments]  # gradients, and Adam's moments


@tf.function(autograph=False)
def start_state(q: tfd.Distribution, p: tfd.Distribution, direction: str) -> State:
    """Return the state of step 0; a graph is many times faster than single operations."""
    return _loss_grads_state(q, p, direction)[1]


@tf.function(autograph=False)
def run_steps(
    q: tfd.Distribution,
    p: tfd.Distribution,
    direction: str,
    done: tf.Tensor,
    count: tf.Tensor,
    moments: Moments,
    learning_rate: tf.Tensor,
) -> tuple[list[tf.Tensor], Moments]:
    """Update q `count` times, or until no loss is finite; record the state after each.

    q and p are arguments, so that a later call with others of the same kind reuses the traced
    graph and works on *its* variables.
    """
    gradients, state = _loss_grads_state(q, p, direction)

    def make_step(i: tf.Tensor, carried: Carried) -> tuple[Carried, State]:
        gradients, moments = carried
        step = tf.cast(done + i + 1, learning_rate.dtype)
        changes, moments = adam_update(step, gradients, moments, learning_rate)
        for variable, change in zip(q.trainable_variables, changes, strict=True):
            variable.assign_add(change)
        gradients, state = _loss_grads_state(q, p, direction)
        return (gradients, moments), state

    recorded, (_, moments) = recorded_steps(count, state, make_step, (gradients, moments))
    return recorded, moments


# One graph per kind of q and p is intended: TensorFlow must not warn after the fifth.
start_state._omit_frequent_tracing_warning = True
run_steps._omit_frequent_tracing_warning = True


def _loss_grads_state(
    q: tfd.Distribution, p: tfd.Distribution, direction: str
) -> tuple[tuple[tf.Tensor, ...], State]:
    """Gradients, and the state to record: loss, mean and triangular factor of the present q."""
    loss, gradients = loss_and_grads(q, p, direction=direction)
    check_gradients(gradients, direction)
    loc, factor = moments_of(q, loss.shape)
    return gradients, (divergence_of_factor(q, loss, factor), loc, factor)


def moments_of(q: tfd.Distribution, batch: tf.TensorShape) -> tuple[tf.Tensor, tf.Tensor]:
    """Mean and triangular factor of a Gaussian vector, one for each loss."""
    loc, factor = q.mean(), lower_factor(q)
    d = loc.shape[-1]
    return tf.broadcast_to(loc, [*batch, d]), tf.broadcast_to(factor, [*batch, d, d])


def check_gradients(gradients: Iterable[tf.Tensor], direction: str) -> None:
    """Raise ValueError if a variable gets no gradient."""
    for position, gradient in enumerate(gradients):
        if gradient is None:  # within a graph the variable has no name
            raise ValueError(
                f"every variable of q must reach {ARROWS[direction]}; "
                f"q.trainable_variables[{position}] gets no gradient"
            )
