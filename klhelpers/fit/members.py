"""The members of a batch of fits, each of which goes on until its own loss is not finite."""

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klhelpers._shown import shown
from klhelpers.direction import ARROWS
from klhelpers.fit.record import Record

_NAMED = 5  # members that a warning names


class Members:
    """Which members of a batch have lost their finite loss, and at which step."""

    def __init__(self) -> None:
        self.lost_at: NDArray[np.int64] | None = None  # −1 for those that go on

    def mark(self, record: Record) -> Record:
        """Return `record` with NaN for each member from its first loss on that is not finite."""
        if self.lost_at is None:
            self.lost_at = np.full(record.loss.shape[1:], -1)
        finite = np.isfinite(record.loss)
        if finite.all() and np.all(self.lost_at < 0):
            return record
        lost = np.logical_or.accumulate(~finite, axis=0) | (self.lost_at >= 0)
        first = record.steps[np.argmax(lost, axis=0)]
        self.lost_at = np.where((self.lost_at < 0) & lost.any(axis=0), first, self.lost_at)
        return Record(
            record.steps,
            _nan_where(lost, record.loss),
            None if record.loc is None else _nan_where(lost, record.loc),
            None if record.scale_tril is None else _nan_where(lost, record.scale_tril),
            {name: _nan_where(lost, values) for name, values in record.parameters.items()},
        )

    def warn(self, direction: str, stacklevel: int) -> None:
        """Warn once if some members were lost."""
        if self.lost_at is None or np.all(self.lost_at < 0):
            return
        places = [tuple(map(int, index)) for index in np.argwhere(self.lost_at >= 0)]
        stated = ", ".join(
            f"{index[0] if len(index) == 1 else index} at step {self.lost_at[index]}"
            for index in places[:_NAMED]
        )
        more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
        warnings.warn(
            f"{ARROWS[direction]} did not stay finite for {len(places)} of the "
            f"{self.lost_at.size} members of the batch, member {stated}{more}; their entries are "
            "NaN from there on, and the others went on",
            stacklevel=stacklevel + 1,
        )


def _nan_where(lost: NDArray[np.bool_], values: NDArray[Any]) -> NDArray[Any]:
    """Put NaN where a member is lost; `values` that the members share stay as they are."""
    if values.shape[: lost.ndim] != lost.shape or values.dtype.kind != "f":
        return values
    return np.where(lost.reshape(lost.shape + (1,) * (values.ndim - lost.ndim)), np.nan, values)


def non_finite_message(direction: str, record: Record, at: int, variables: str, kept: bool) -> str:
    """Say where all losses have ceased to be finite: entry `at` of an unmarked record."""
    arrays = {"loc": record.loc, "scale_tril": record.scale_tril}
    state = [f"{name} is {shown(x[at])}, " for name, x in arrays.items() if x is not None]
    text = "".join(state).removesuffix(", ") + " and " if state else ""
    return (
        f"{ARROWS[direction]} must stay finite; it is {shown(record.loss[at])} at step "
        f"{record.steps[at]}, where {text}the variables are {variables}"
        + ("; the steps before are in this error's .trajectory" if kept else "")
    )
