"""Trajectories in files: NumPy's .npz, without pickles."""

import zipfile
from os import PathLike
from typing import Any

import numpy as np

_PREFIX = "parameters/"
_ALWAYS, _MAYBE = {"direction", "loss", "steps"}, {"loc", "scale_tril"}


def write(path: str | PathLike[str], fields: dict[str, Any]) -> None:
    """Write the fields of a trajectory."""
    arrays = {name: fields[name] for name in sorted(_ALWAYS | _MAYBE) if fields[name] is not None}
    arrays |= {_PREFIX + name: values for name, values in fields["parameters"].items()}
    with open(path, "wb") as file:  # given a path, NumPy would add a suffix
        np.savez(file, allow_pickle=False, **arrays)


def read(path: str | PathLike[str], make: Any) -> Any:
    """Call `make` with the fields in a file; raise ValueError if they are no trajectory."""
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
