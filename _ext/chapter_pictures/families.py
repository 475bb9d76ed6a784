"""The opening of *Which family, which dimension?*."""

import numpy as np
from matplotlib.path import Path
from pictures import Opening, Picture

import klhelpers as kl

CORRELATION = 0.5
DIMENSIONS = tuple(range(2, 13))


def floor(direction: str) -> list[float]:
    """Compute the floor of a diagonal q in each dimension, for equal correlations."""
    trils = (np.linalg.cholesky((1 - CORRELATION) * np.eye(d) + CORRELATION) for d in DIMENSIONS)
    return [float(kl.kl_floor(tril, direction=direction)) for tril in trils]


def growth() -> Picture:
    """Draw both floors against the dimension."""
    x = np.linspace(-1.8, 1.8, len(DIMENSIONS))
    lines = tuple(
        (direction, Path(np.column_stack([x, 0.75 * np.array(floor(direction)) - 1.1])))
        for direction in ("reverse", "forward")
    )
    axis = Path([(-1.8, -1.1), (1.8, -1.1)])
    return Picture((("reference", axis), *lines), 1.3)


OPENING = Opening(
    growth,
    "The least KL(<i>q</i>‖<i>p</i>), blue, and KL(<i>p</i>‖<i>q</i>), orange, of a diagonal "
    "<i>q</i> as the dimension grows",
    "fig-fa-growth",
)
