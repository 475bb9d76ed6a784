"""The record of a fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klhelpers._shown import shown
from klhelpers.direction import ARROWS
from klhelpers.fit import _files, _tables
from klhelpers.fit._entries import checked_entries
from klhelpers.fit.restore import restore_entry

_FILLED_IN: Any = None  # the check of the entries puts a value in its place


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Loss and parameters of q at the recorded steps of a fit.

    Step 0 is the start, before the first update; entry i of `loss` is the KL divergence, or its
    estimate, of entry i of the parameters, so that the last entry belongs to the fitted q.

    Parameters
    ----------
    direction : {"reverse", "forward"}
        Which divergence was minimised: KL(p‖q) or KL(q‖p).
    loss : ndarray, shape (entries, ...)
        The divergence in nats; further axes are the batch shape.
    loc : ndarray, shape (entries, ..., d), optional
        Mean of q; None if q is no Gaussian vector.
    scale_tril : ndarray, shape (entries, ..., d, d), optional
        Lower-triangular L of q's covariance L Lᵀ; None if q is no Gaussian vector.
    parameters : mapping from str to ndarray, shape (entries, ...), optional
        Trainable quantities of q by name, in their own space where they are the values of a
        ``TransformedVariable``.
    steps : ndarray of int, shape (entries,), optional
        Numbers of the recorded steps, from 0 on; 0, 1, 2, ... by default.

    Raises
    ------
    TypeError
        If an array does not hold real numbers, or `direction` is an array.
    ValueError
        If the direction is unknown, the shapes do not match, the steps do not increase from 0, a
        number is not finite, or `scale_tril` is not lower triangular with a positive diagonal.

    Notes
    -----
    The arrays are read-only copies, also after pickling and copying: a record does not change.
    In a batch of fits, a member that lost its finite loss has the loss NaN from there on.
    """

    direction: str
    loss: NDArray[np.floating]
    loc: NDArray[np.floating] | None = None
    scale_tril: NDArray[np.floating] | None = None
    parameters: Mapping[str, NDArray[Any]] = field(default=_FILLED_IN, kw_only=True)
    steps: NDArray[np.int64] = field(default=_FILLED_IN, kw_only=True)

    if TYPE_CHECKING:  # the constructor takes more than the fields hold

        def __init__(
            self,
            direction: str,
            loss: ArrayLike,
            loc: ArrayLike | None = None,
            scale_tril: ArrayLike | None = None,
            *,
            parameters: Mapping[str, ArrayLike] | None = None,
            steps: ArrayLike | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        for name, value in checked_entries(**self._fields()).items():
            arrays = value.values() if name == "parameters" else [value]
            for array in arrays:
                if isinstance(array, np.ndarray):
                    array.flags.writeable = False
            value = MappingProxyType(value) if name == "parameters" else value
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and unpickle through the constructor, which checks and protects the arrays."""
        fields = self._fields()
        return _made_of, (fields | {"parameters": dict(fields["parameters"])},)

    def _fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @property
    def num_steps(self) -> int:
        """Number of updates made."""
        return int(self.steps[-1])

    @property
    def arrow(self) -> str:
        """The divergence that was minimised, written with its arrow."""
        return ARROWS[self.direction]

    def restore(self, q: Any, step: int) -> None:
        """Put q's variables to their values at a recorded step.

        Parameters
        ----------
        q : tfd.Distribution
            The q of this fit, or another of the same kind.
        step : int
            One of `steps`.

        Raises
        ------
        TypeError
            If `step` is no whole number, q is no distribution, or its variables have another
            dtype.
        ValueError
            If the step was not recorded, or q has other trainable quantities.

        Notes
        -----
        A quantity behind a bijector is put back through the inverse, and so up to rounding.
        """
        restore_entry(self, q, step)

    def save(self, path: str | PathLike[str]) -> None:
        """Write one .npz file, without pickles, which `load` reads back exactly.

        Parameters
        ----------
        path : str or path-like
            The file, which is replaced if it exists.

        Raises
        ------
        TypeError
            If `path` is no path.
        OSError
            If the file cannot be written.
        """
        _files.write(path, self._fields())

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Trajectory":
        """Read what `save` wrote.

        Parameters
        ----------
        path : str or path-like
            The file.

        Returns
        -------
        Trajectory
            The record, checked as by the constructor.

        Raises
        ------
        TypeError
            If `path` is no path.
        ValueError
            If the file, which the message names, is something else.
        OSError
            If the file cannot be read.
        """
        trajectory: Trajectory = _files.read(path, cls)
        return trajectory

    def to_pandas(self) -> Any:
        """Make a table with one row per recorded step, and a column for each number.

        Returns
        -------
        pandas.DataFrame
            Indexed by step.  Columns have names such as loss, loc_0 and scale_tril_1_0; those of
            a batch begin with the numbers of the member.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return _tables.data_frame(self)

    def __repr__(self) -> str:
        last = shown(np.asarray(self.loss[-1]), precision=4)
        return f"Trajectory({self.arrow}, num_steps={self.num_steps}, last loss={last} nats)"


def _made_of(fields: dict[str, Any]) -> Trajectory:
    return Trajectory(**fields)
