"""A fit that runs chunk by chunk, so that it can be shown, stopped, and interrupted."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from klhelpers._checks import check_count
from klhelpers._shown import shortened, shown
from klhelpers.fit.members import Members, non_finite_message
from klhelpers.fit.memory import check_record_size
from klhelpers.fit.record import Kept, NonFiniteLossError, Record
from klhelpers.fit.settings import program_of
from klhelpers.fit.trajectory import Trajectory
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

CHUNK = 250  # updates that run without showing progress or noticing Ctrl-C
_CHUNK_BYTES = 2**28  # of the record of one chunk: fewer updates per chunk for a large q


class Fit:
    """Iterator over the start of a fit and then over `chunk` steps at a time.

    The caller may stop after any record: q is then at the last step of that record, also when an
    exception, such as Ctrl-C, interrupts a chunk.  Nothing of q changes before the first record
    has been taken.

    Parameters
    ----------
    q, p, direction, num_steps, record_every
        As in `klhelpers.minimize_kl`.
    chunk : int
    **options
        The other arguments of `klhelpers.minimize_kl` that choose the updates.
    """

    def __init__(
        self,
        q: tfd.Distribution,
        p: Any,
        *,
        direction: str,
        num_steps: int,
        learning_rate: float | None = None,
        record_every: int = 1,
        chunk: int = CHUNK,
        **options: Any,
    ) -> None:
        unset = dict.fromkeys(("optimizer", "estimator", "num_samples", "seed"))
        self._program = program_of(
            q, p, direction=direction, learning_rate=learning_rate, **unset | options
        )
        self._q, self._direction, self._chunk = q, direction, chunk
        self._every = check_count("record_every", record_every)
        self._num_steps = check_count("num_steps", num_steps)
        self._kept, self.members = Kept(self._every), Members()
        self._records = self._run()

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        return next(self._records)

    @property
    def step(self) -> int:
        """Number of updates made."""
        return self._kept.step

    def trajectory(self) -> Trajectory | None:
        """Join what has been recorded; None before the first record."""
        return self._kept.trajectory(self._direction)

    def _run(self) -> Iterator[Record]:
        start = self._program.start()
        check_record_size(2 + self._num_steps // self._every, start.size)
        yield self._taken(start)
        chunk = max(1, min(self._chunk, _CHUNK_BYTES // start.size))
        while self.step < self._num_steps:
            with _values_on_error(self._program.variables):
                count = min(chunk, self._num_steps - self.step)
                record = self._program.run(self.step, count)
            yield self._taken(record)

    def _taken(self, record: Record) -> Record:
        """Keep `record`; raise NonFiniteLossError if no member's loss is finite at its end."""
        marked = self.members.mark(record)
        axes = tuple(range(1, marked.loss.ndim))
        lost = np.all(np.isnan(marked.loss), axis=axes)
        if not lost.any():
            self._kept.add(marked)
            return marked
        at = int(np.argmax(lost))
        self._kept.add(marked.at(slice(0, at)))
        trajectory = self.trajectory()
        variables = ", ".join(
            f"{v.name.split(':')[0]} {shown(v.numpy())}" for v in self._q.trainable_variables
        )
        message = non_finite_message(
            self._direction, record, at, shortened(variables, 800), trajectory is not None
        )
        raise NonFiniteLossError(message, int(record.steps[at]), trajectory)


@contextlib.contextmanager
def _values_on_error(variables: Sequence[tf.Variable]) -> Iterator[None]:
    """Put the present values back into `variables` if the block is left by any exception."""
    values = [variable.numpy() for variable in variables]
    try:
        yield
    except BaseException:
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
        raise
