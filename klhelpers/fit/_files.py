"""Trajectories in files: NumPy's .npz, without pickles."""

import zipfile
from os import PathLike
from os.path import isdir
from typing import Any

import numpy as np

from klhelpers._shown import shown

_PREFIX = "parameters/"
_ALWAYS, _MAYBE = {"direction", "loss", "steps"}, {"loc", "scale_tril"}


def check_path(path: Any) -> None:
    """Raise TypeError or IsADirectoryError unless `path` is one that a file can have.

    The number of an open file is none, although `open` takes it.
    """
    if not isinstance(path, str | PathLike):
        raise TypeError(f"path must be a string or path-like; got {shown(path)}")
    if isdir(path):
        raise IsADirectoryError(f"path must be a file; {str(path)!r} is a folder")


def write(path: str | PathLike[str], fields: dict[str, Any]) -> None:
    """Write the fields of a trajectory."""
    check_path(path)
    arrays = {name: fields[name] for name in sorted(_ALWAYS | _MAYBE) if fields[name] is not None}
    arrays |= {_PREFIX + name: values for name, values in fields["parameters"].items()}
    with open(path, "wb") as file:  # given a path, NumPy would add a suffix
        np.savez(file, allow_pickle=False, **arrays)


def read(path: str | PathLike[str], make: Any) -> Any:
    """Call `make` with the fields in a file; raise ValueError if they are no trajectory."""
    check_path(path)
    with open(path, "rb") as file:
        try:
            arrays = dict(np.load(file, allow_pickle=False))
        except (ValueError, TypeError, EOFError, OSError, zipfile.BadZipFile) as error:
            raise ValueError(_message(path, str(error))) from error
    parameters = {
        name.removeprefix(_PREFIX): arrays.pop(name)
        for name in list(arrays)
        if name.startswith(_PREFIX)
    }
    if not _ALWAYS <= set(arrays) <= _ALWAYS | _MAYBE:
        raise ValueError(_message(path, f"it holds {', '.join(sorted(arrays)) or 'nothing'}"))
    direction = str(arrays.pop("direction"))
    try:
        return make(direction, parameters=parameters, **arrays)
    except (TypeError, ValueError) as error:
        raise ValueError(_message(path, str(error))) from error


def _message(path: str | PathLike[str], why: str) -> str:
    return f"path must be a file that Trajectory.save wrote; {str(path)!r} is none: {why}"
