"""Recorded steps of a fit while it runs, and the error for a loss that is not finite."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from klhelpers._shown import shortened, shown
from klhelpers.direction import ARROWS
from klhelpers.fit.factor import positive_columns
from klhelpers.fit.trajectory import Trajectory
from klhelpers.quiet_tensorflow import tfp

tfd = tfp.distributions


class NonFiniteLossError(ArithmeticError):
    """A fit whose loss became NaN or infinite.

    Attributes
    ----------
    step : int
        The first step whose loss is not finite.
    trajectory : Trajectory or None
        What was recorded before it; None if the loss at the start is not finite.
    """

    def __init__(self, message: str, step: int, trajectory: Trajectory | None):
        super().__init__(message)
        self.step = step
        self.trajectory = trajectory

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and unpickle with all three arguments: an exception keeps the message only."""
        return type(self), (str(self), self.step, self.trajectory)


class Record(NamedTuple):
    """A run of recorded steps: loss (n, ...), loc (n, ..., d), scale_tril (n, ..., d, d)."""

    loss: np.ndarray
    loc: np.ndarray
    scale_tril: np.ndarray


def record_of(arrays: Iterable[np.ndarray]) -> Record:
    """Make a record of loss, mean and triangular factor of some steps."""
    loss, loc, factor = arrays
    return Record(loss, loc, positive_columns(factor))


def join_records(direction: str, records: list[Record]) -> Trajectory:
    """Make one `Trajectory` of consecutive records."""
    return Trajectory(direction, *map(np.concatenate, zip(*records, strict=True)))


def check_loss(q: tfd.Distribution, direction: str, records: list[Record], record: Record) -> None:
    """Raise NonFiniteLossError if the last loss of `record` is not finite."""
    if np.all(np.isfinite(record.loss[-1])):
        return
    step = sum(len(earlier.loss) for earlier in records) + len(record.loss) - 1
    finite = [*records, Record(*(values[:-1] for values in record))]
    trajectory = join_records(direction, finite) if step > 0 else None
    values = ", ".join(f"{v.name.split(':')[0]} {shown(v.numpy())}" for v in q.trainable_variables)
    kept = "; the steps before are in this error's .trajectory" if step > 0 else ""
    raise NonFiniteLossError(
        f"{ARROWS[direction]} must stay finite; it is {shown(record.loss[-1])} at step {step}, "
        f"where loc is {shown(record.loc[-1])}, scale_tril is {shown(record.scale_tril[-1])} and "
        f"the variables are {shortened(values, 800)}{kept}",
        step,
        trajectory,
    )
