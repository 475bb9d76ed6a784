"""Recorded steps of a fit while it runs, and the error for a loss that is not finite."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from klhelpers.fit.trajectory import Trajectory


class NonFiniteLossError(ArithmeticError):
    """A fit whose loss became NaN or infinite.

    Parameters
    ----------
    message : str
        Which fit it was, and at which step.
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
    """Consecutive entries of a trajectory; `steps` are their numbers.

    Shapes: loss (n, ...), loc (n, ..., d), scale_tril (n, ..., d, d), the last two None for a q
    that is no Gaussian vector; each of the parameters (n, ...).
    """

    steps: NDArray[np.int64]
    loss: NDArray[np.floating]
    loc: NDArray[np.floating] | None
    scale_tril: NDArray[np.floating] | None
    parameters: Mapping[str, NDArray[Any]]

    def at(self, which: Any) -> "Record":
        """Copy some of the entries, so that the others can be forgotten."""
        loc = None if self.loc is None else self.loc[which].copy()
        factor = None if self.scale_tril is None else self.scale_tril[which].copy()
        parameters = {name: values[which].copy() for name, values in self.parameters.items()}
        steps, loss = self.steps[which].copy(), self.loss[which].copy()
        return Record(steps, loss, loc, factor, parameters)

    @property
    def size(self) -> int:
        """Bytes of all arrays."""
        return sum(x.nbytes for x in (*self[:4], *self.parameters.values()) if x is not None)


def join_records(direction: str, records: list[Record]) -> Trajectory:
    """Make one `Trajectory` of consecutive records."""
    steps = np.concatenate([record.steps for record in records])
    loss = np.concatenate([record.loss for record in records])
    loc = _joined([record.loc for record in records])
    factor = _joined([record.scale_tril for record in records])
    parameters = {
        name: np.concatenate([record.parameters[name] for record in records])
        for name in records[0].parameters
    }
    return Trajectory(direction, loss, loc, factor, parameters=parameters, steps=steps)


def _joined(parts: list[NDArray[np.floating] | None]) -> NDArray[np.floating] | None:
    """Join the parts; None if q is no Gaussian vector, and all of them are None."""
    given = [part for part in parts if part is not None]
    return np.concatenate(given) if given else None


class Kept:
    """Every `every`-th step of a fit, and the last that was added."""

    def __init__(self, every: int) -> None:
        self._every = every
        self._records: list[Record] = []
        self._last: Record | None = None

    def add(self, record: Record) -> None:
        """Keep the entries of `record` that belong to the trajectory."""
        if not len(record.steps):
            return
        if self._every == 1:
            self._records.append(record)
        elif np.any(chosen := record.steps % self._every == 0):
            self._records.append(record.at(chosen))
        self._last = record.at(slice(-1, None))

    @property
    def step(self) -> int:
        """Number of the last step; −1 before the start was added."""
        return -1 if self._last is None else int(self._last.steps[-1])

    def trajectory(self, direction: str) -> Trajectory | None:
        """Join what was kept; None if nothing was added."""
        if self._last is None:
            return None
        missing = self._records[-1].steps[-1] != self._last.steps[-1]
        return join_records(direction, [*self._records, *([self._last] if missing else [])])
