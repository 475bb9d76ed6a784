"""Numbers and outlines as short SVG text."""

import re
from typing import Any

import numpy as np

from vectorplayer.record.curves import bezier

RUNS = re.compile(r"M|L+|Q+|C+|S+|Z")
SPLINE = re.compile(r"(MS+)(Z?)|M?[LQC]+Z?|M|Z")  # a spline, or what lies between splines
COMMAND = re.compile(r"([mlqcz])([^mlqcz]*)")
NUMBER = re.compile(r"-?[\d.]+")
POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


def short(value: float, digits: int) -> str:
    """Write a number with at most so many decimals and no more characters than needed."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def path_data(ops: str, points: np.ndarray, fine: int = 1) -> str:
    """Write an outline as the value of a ``d`` attribute, in relative moves.

    Parameters
    ----------
    ops : str
        One letter per vertex: ``M``, ``L``, ``Q`` (two in a row), ``C`` (three in a row), ``S`` (a
        knot of a spline that starts at the last ``M``); and ``Z``, which has no vertex.
    points : (n, 2) int array
        The vertices, absolute, counted in ``1 / fine`` units.
    fine : int
        1 or 10.
    """
    ops, points = splines_as_cubics(ops, np.asarray(points))
    parts = []
    rows = points.tolist()
    here = start = (0, 0)
    index = 0
    for run in RUNS.findall(ops):
        if run == "Z":
            parts.append("z")
            here = start
            continue
        letter, step = run[0], POINTS[run[0]]
        numbers: list[Any] = []
        for first in range(index, index + len(run), step):
            for x, y in rows[first : first + step]:
                numbers += (x - here[0], y - here[1])
            here = rows[first + step - 1]
        index += len(run)
        if letter == "M":
            start = here
        parts.append(letter.lower() + _join(numbers, fine))
    return "".join(parts)


def splines_as_cubics(ops: str, points: np.ndarray) -> tuple[str, np.ndarray]:
    """Return operations and vertices with cubics instead of splines."""
    if "S" not in ops:
        return ops, points
    letters, pieces, index = [], [], 0
    for spline in SPLINE.finditer(ops):
        size = len(spline[1] or spline[0].rstrip("Z"))
        part = points[index : index + size]
        index += size
        if spline[1]:
            cubics = bezier(part, closed=spline[2] == "Z").reshape(-1, 2)
            letters.append("M" + "C" * len(cubics) + spline[2])
            part = np.concatenate([part[:1], cubics])
        else:
            letters.append(spline[0])
        pieces.append(part)
    return "".join(letters), np.concatenate(pieces)


def _join(numbers: list[int], fine: int) -> str:
    """Join numbers with the fewest separators: a minus sign is one already."""
    texts = [str(n) if fine == 1 else short(n / fine, 1) for n in numbers]
    return texts[0] + "".join(t if t[0] == "-" else " " + t for t in texts[1:])


def read_path_data(d: str) -> tuple[str, np.ndarray]:
    """Return the operations of path data as `path_data` writes it, and the absolute vertices.

    Examples
    --------
    >>> ops, points = read_path_data("m1 2l3 4-1 0z")
    >>> ops, points.tolist()
    ('MLLZ', [[1.0, 2.0], [4.0, 6.0], [3.0, 6.0]])
    """
    letters, rows = [], []
    here = start = np.zeros(2)
    for letter, text in COMMAND.findall(d):
        if letter == "z":
            letters.append("Z")
            here = start
            continue
        steps = np.array(NUMBER.findall(text), float).reshape(-1, POINTS[letter.upper()], 2)
        for step in steps:
            rows.append(here + step)
            here = rows[-1][-1]
        if letter == "m":
            start = here
        letters.append(letter.upper() * (steps.size // 2))
    return "".join(letters), np.concatenate(rows) if rows else np.zeros((0, 2))
