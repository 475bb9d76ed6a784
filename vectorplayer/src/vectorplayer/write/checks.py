"""Checks of single arguments: the name, the rule and the value in every message."""

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from numbers import Real
from pathlib import Path
from typing import Any, cast

import numpy as np
from matplotlib.figure import Figure

Labels = list[str] | Callable[[int], str] | None


def check_number(name: str, value: Any, *, allow_zero: bool = False) -> float:
    """Return a positive, finite number (0 too where it is allowed), an int or a float.

    Raises
    ------
    TypeError
        If it is not a real number; bools and strings are none.
    ValueError
        If it is negative, zero, infinite or not a number.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    number = value if isinstance(value, int) else float(value)
    try:
        finite = math.isfinite(number)
    except OverflowError:  # an int that no float holds
        finite = False
    if not (number > 0 or (allow_zero and number == 0)) or not finite:
        rule = "zero or positive" if allow_zero else "positive"
        raise ValueError(f"{name} must be {rule} and finite, got {value!r}")
    return number


def check_frame(name: str, value: Any) -> int:
    """Return the index of a frame as an int; raise a TypeError unless it is an integer."""
    try:
        if isinstance(value, bool):
            raise TypeError
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, got {value!r}") from None


def check_frame_in(name: str, frame: int, count: int) -> int:
    """Return the index of one of `count` frames, counted from the first one."""
    if not -count <= frame < count:
        raise ValueError(f"{name} must be between {-count} and {count - 1}, got {frame}")
    return frame % count


def check_bool(name: str, value: Any) -> bool:
    """Return a bool; raise a TypeError for anything else, also for 0 and 1."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {value!r}")
    return bool(value)


def check_bool_or_none(name: str, value: Any) -> bool | None:
    """Return a bool or None; raise a TypeError for anything else."""
    if not (value is None or isinstance(value, bool | np.bool_)):
        raise TypeError(f"{name} must be True, False or None, got {value!r}")
    return value if value is None else bool(value)


def check_text(name: str, value: Any) -> str | None:
    """Return a string or None; raise a TypeError for anything else."""
    if not (value is None or isinstance(value, str)):
        raise TypeError(f"{name} must be a string or None, got {value!r}")
    return value


def check_words(name: str, value: Any) -> str | None:
    """Return a string with words in it, or None; a name without words would not be heard.

    Raises
    ------
    TypeError
        If it is something else.
    ValueError
        If it is blank.
    """
    text = check_text(name, value)
    if text is not None and not text.strip():
        raise ValueError(f"{name} must have words, got {text!r}")
    return text


def check_figure(name: str, value: Any) -> Figure:
    """Return a figure of Matplotlib; raise a TypeError for anything else."""
    if not isinstance(value, Figure):
        raise TypeError(f"{name} must be a Matplotlib figure, got {value!r}")
    return value


def check_path(name: str, value: Any) -> Path:
    """Return a path; raise a TypeError unless it is a string or path-like, and none of bytes."""
    try:
        return Path(value)
    except TypeError:
        raise TypeError(f"{name} must be a string or a path, got {value!r}") from None


def check_labels(labels: Any) -> Labels:
    """Return the labels as a list or a function, which are the two forms that they may have.

    Raises
    ------
    TypeError
        If they are something else, such as one string, or if a label is not a string.
    """
    if labels is None or callable(labels):
        return cast(Labels, labels)
    if isinstance(labels, str | bytes) or not isinstance(labels, Iterable):
        raise TypeError(f"labels must be a list of strings or a function, got {labels!r}")
    made = list(labels)
    for frame, label in enumerate(made):
        _check_label(label, frame)
    return made


def labels_of_frames(labels: Labels, count: int) -> list[str] | None:
    """Return one label per frame, None if none were given.

    Raises
    ------
    ValueError
        If there are more or fewer labels than frames.
    TypeError
        If a function returned something else than a string.
    """
    if callable(labels):
        return [_check_label(labels(frame), frame) for frame in range(count)]
    if labels is not None and len(labels) != count:
        raise ValueError(
            f"labels must have one entry per frame, got {len(labels)} labels for {count} frames"
        )
    return labels


def _check_label(label: Any, frame: int) -> str:
    if not isinstance(label, str):
        raise TypeError(f"labels must be strings, got {label!r} for frame {frame}")
    return label


def check_metadata(metadata: Any) -> dict[str, str]:
    """Return the metadata as strings, dates in the ISO form, without those that are None.

    Raises
    ------
    TypeError
        If they are not a mapping from strings to strings, numbers, dates or lists of these.
    """
    if metadata is None:
        return {}
    if not isinstance(metadata, Mapping):
        raise TypeError(f"metadata must be a mapping or None, got {metadata!r}")
    return {
        _check_key(key): _metadata_text(key, value)
        for key, value in metadata.items()
        if value is not None
    }


def _check_key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"metadata must have strings as keys, got {key!r}")
    return key


def _metadata_text(key: str, value: Any) -> str:
    if isinstance(value, date):  # a datetime, too
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(_metadata_text(key, part) for part in value)
    if isinstance(value, str | Real) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"metadata[{key!r}] must be a string, a number or a date, got {value!r}")
