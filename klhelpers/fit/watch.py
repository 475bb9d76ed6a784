"""What ends a fit before its last step: a tolerance, or a callback."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klhelpers._checks import check_positive
from klhelpers._shown import shown
from klhelpers.fit.record import Record

PERIOD = 50  # updates between two looks at a fit

Callback = Callable[[int, NDArray[Any]], Any]


class Watch:
    """Looks at a fit after each chunk of `PERIOD` updates.

    Parameters
    ----------
    tolerance : float or None
        Nats by which the mean loss must fall from one chunk to the next.
    callback : callable or None
        Called with the number of the step and its loss; the fit stops if it returns True, which
        may also be NumPy's.
    """

    def __init__(self, tolerance: float | None, callback: Callback | None) -> None:
        if not (callback is None or callable(callback)):
            raise TypeError(f"callback must be a callable; got {shown(callback)}")
        self._tolerance = None if tolerance is None else check_positive("tolerance", tolerance)
        self._callback = callback
        self._mean: NDArray[np.float64] | None = None
        self.error: Exception | None = None  # what the callback raised

    @property
    def looks(self) -> bool:
        """Whether there is anything to do after a chunk."""
        return self._tolerance is not None or self._callback is not None

    def stops(self, record: Record) -> bool:
        """Whether the fit is to end after `record`, a chunk of updates."""
        asked = False
        if self._callback is not None:
            try:
                asked = bool(self._callback(int(record.steps[-1]), np.array(record.loss[-1])))
            except Exception as error:
                self.error = error
                raise
        return asked or (self._tolerance is not None and self._has_settled(record.loss))

    def _has_settled(self, loss: NDArray[Any]) -> bool:
        if len(loss) < PERIOD:
            return False
        before, self._mean = self._mean, np.asarray(np.mean(loss, axis=0, dtype=np.float64))
        if before is None or self._tolerance is None:
            return False
        fallen = before - self._mean
        return bool(np.all(fallen[np.isfinite(fallen)] < self._tolerance))
