"""The loop of a fit inside a graph: make a step, record its state, stop if no loss is finite."""

from collections.abc import Callable, Sequence
from typing import Any

from klhelpers.quiet_tensorflow import tf


def recorded_steps(
    count: tf.Tensor,
    states: Sequence[Any],
    make_step: Callable[[tf.Tensor, Any], tuple[Any, Sequence[tf.Tensor]]],
    carried: Any,
) -> tuple[list[tf.Tensor], Any]:
    """Make up to `count` steps, until no loss is finite.

    Parameters
    ----------
    count : scalar tensor, int32
    states : sequence
        What has the dtypes and shapes of a recorded state; the loss comes first.
    make_step : callable
        Takes the number of the step, from 0 on, and what is carried from step to step; returns
        what is carried on, and the state to record.
    carried : nested structure of tensors

    Returns
    -------
    recorded : list of tensors, shapes (steps made, ...)
    carried
        After the last step.
    """
    arrays = [tf.TensorArray(x.dtype, size=count, element_shape=x.shape) for x in states]

    def body(
        i: tf.Tensor, carried: Any, arrays: list[Any], finite: tf.Tensor
    ) -> tuple[tf.Tensor, Any, list[Any], tf.Tensor]:
        carried, state = make_step(i, carried)
        arrays = [array.write(i, value) for array, value in zip(arrays, state, strict=True)]
        return i + 1, carried, arrays, tf.reduce_any(tf.math.is_finite(state[0]))

    made, carried, arrays, _ = tf.while_loop(
        lambda i, carried, arrays, finite: (i < count) & finite,
        body,
        (tf.constant(0), carried, arrays, tf.constant(True)),
    )
    return [array.stack()[:made] for array in arrays], carried
