"""Fits by any loss and optimizer, in a graph that is closed over their q."""

from collections.abc import Callable
from typing import Any

import numpy as np

from klhelpers._shown import shown
from klhelpers.fit.adam import Moments, adam_update, initial_moments
from klhelpers.fit.factor import lower_factor, positive_columns
from klhelpers.fit.graph import check_gradients, moments_of
from klhelpers.fit.parameters import trainable_parameters
from klhelpers.fit.record import Record
from klhelpers.fit.recording import recorded_steps
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions


class OwnGraph:
    """Any loss, and Adam or a Keras optimizer, in a graph that is closed over this very q.

    A graph that gets q as an argument would update the slots of an optimizer for another q: both
    variables of a diagonal Gaussian then share one slot, silently.

    Parameters
    ----------
    q : tfd.Distribution
    loss : callable
        Of the number of the step, a scalar tensor; returns the tensor to minimise.
    direction : {"reverse", "forward"}
    rate : float
        Adam's; not used with an optimizer.
    optimizer : Keras optimizer or None
        Built for q's variables.  The numbers of the steps go on from its iterations.
    """

    def __init__(
        self,
        q: tfd.Distribution,
        loss: Callable[[tf.Tensor], tf.Tensor],
        direction: str,
        rate: float,
        optimizer: Any = None,
    ):
        self._q, self._loss, self._direction, self._optimizer = q, loss, direction, optimizer
        self._trainable = tuple(q.trainable_variables)
        self._rate = tf.constant(rate, self._trainable[0].dtype)
        self._moments = initial_moments(self._trainable) if optimizer is None else ()
        self._first = 0 if optimizer is None else int(optimizer.iterations)
        slots = [] if optimizer is None else [variable.value for variable in optimizer.variables]
        self.variables = [*self._trainable, *slots]
        self._parameters = trainable_parameters(q)
        self._gaussian = _is_gaussian_vector(q)
        self._gradients: list[tf.Tensor] = []  # those of the present step; none before `start`
        self._evaluate_graph = tf.function(self._evaluate, autograph=False)  # traced once
        self._run_graph = tf.function(self._run, autograph=False)
        for graph in (self._evaluate_graph, self._run_graph):
            graph._omit_frequent_tracing_warning = True  # one graph per fit is intended

    def start(self) -> Record:
        """Evaluate step 0."""
        self._gradients, state = self._evaluate_graph(tf.constant(self._first))
        return self._record([tensor[tf.newaxis] for tensor in state], 0)

    def run(self, done: int, count: int) -> Record:
        """Make the updates after step `done`."""
        tensors, gradients, moments = self._run_graph(
            tf.constant(done), tf.constant(count), self._gradients, self._moments
        )
        record = self._record(tensors, done + 1)
        self._gradients, self._moments = gradients, moments
        return record

    def _evaluate(self, step: tf.Tensor) -> tuple[list[tf.Tensor], list[tf.Tensor]]:
        """Gradients and the state to record, for the present q."""
        with tf.GradientTape() as tape:
            loss = self._loss(step)
        _check_loss_tensor(loss, self._q)
        gradients = tape.gradient(loss, self._trainable)
        check_gradients(gradients, self._direction)
        state = [loss, *(moments_of(self._q, loss.shape) if self._gaussian else ())]
        state += [tf.convert_to_tensor(parameter) for parameter in self._parameters.values()]
        return [tf.convert_to_tensor(gradient) for gradient in gradients], state

    def _run(
        self, done: tf.Tensor, count: tf.Tensor, gradients: list[tf.Tensor], moments: Any
    ) -> tuple[list[tf.Tensor], list[tf.Tensor], Any]:
        states = self._evaluate_graph.get_concrete_function(done).structured_outputs[1]

        def make_step(i: tf.Tensor, carried: Any) -> tuple[Any, list[tf.Tensor]]:
            moments = self._update(done + i + 1, *carried)
            gradients, state = self._evaluate_graph(self._first + done + i + 1)
            return (gradients, moments), state

        recorded, (gradients, moments) = recorded_steps(
            count, states, make_step, (gradients, moments)
        )
        return recorded, gradients, moments

    def _update(self, step: tf.Tensor, gradients: list[tf.Tensor], moments: Any) -> Any:
        """Change q's variables; return the moments after update number `step`."""
        if self._optimizer is not None:
            self._optimizer.apply(gradients, self._trainable)
            return moments
        number = tf.cast(step, self._rate.dtype)
        changes, moments = adam_update(number, tuple(gradients), Moments(*moments), self._rate)
        for variable, change in zip(self._trainable, changes, strict=True):
            variable.assign_add(change)
            if variable.constraint is not None:  # such as the masks of an autoregressive network
                variable.assign(variable.constraint(variable))
        return moments

    def _record(self, tensors: list[tf.Tensor], first: int) -> Record:
        loss, *rest = (tensor.numpy() for tensor in tensors)
        loc, factor = (
            (rest.pop(0), positive_columns(rest.pop(0))) if self._gaussian else (None,) * 2
        )
        steps = np.arange(first, first + len(loss))
        return Record(steps, loss, loc, factor, dict(zip(self._parameters, rest, strict=True)))


def _is_gaussian_vector(q: tfd.Distribution) -> bool:
    try:
        lower_factor(q)
    except TypeError:
        return False
    return True


def _check_loss_tensor(loss: Any, q: tfd.Distribution) -> None:
    """Raise TypeError or ValueError unless a loss is one number per member of q's batch."""
    if not (tf.is_tensor(loss) and loss.dtype.is_floating):
        raise TypeError(f"estimator must return a tensor of floats; got {shown(loss)}")
    if tf.broadcast_static_shape(loss.shape, q.batch_shape) != loss.shape:
        raise ValueError(
            "estimator must return one number per member of q's batch, shape "
            f"{tuple(q.batch_shape)}; got shape {tuple(loss.shape)}"
        )
