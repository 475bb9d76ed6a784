"""Fits by a closed form and Adam, in the graph that all fits of a kind share.

This and `klhelpers.fit.own_graph` have the same surface: `start` evaluates step 0, `run` makes
updates, both return a `Record`, and `variables` are all that is changed.
"""

import numpy as np

from klhelpers.fit.adam import Moments, initial_moments
from klhelpers.fit.factor import positive_columns
from klhelpers.fit.graph import run_steps, start_state
from klhelpers.fit.record import Record
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions


class SharedGraph:
    """Adam on a closed form of a Gaussian vector q, in the graph that all such fits share."""

    def __init__(self, q: tfd.Distribution, p: tfd.Distribution, direction: str, rate: float):
        self.variables = list(q.trainable_variables)
        self._pair = q, p, direction
        self._rate = tf.constant(rate, q.dtype)
        self._moments = initial_moments(q.trainable_variables)

    def start(self) -> Record:
        """Evaluate step 0."""
        return self._record([tensor[tf.newaxis] for tensor in start_state(*self._pair)], 0)

    def run(self, done: int, count: int) -> Record:
        """Make the updates after step `done`."""
        tensors, moments = run_steps(
            *self._pair, tf.constant(done), tf.constant(count), self._moments, self._rate
        )
        record = self._record(tensors, done + 1)
        self._moments = Moments(*moments)
        return record

    def _record(self, tensors: list[tf.Tensor], first: int) -> Record:
        loss, loc, factor = (tensor.numpy() for tensor in tensors)
        steps = np.arange(first, first + len(loss))
        return Record(steps, loss, loc, positive_columns(factor), {})
