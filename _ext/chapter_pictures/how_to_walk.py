"""The opening of *How to descend*."""

import numpy as np
from matplotlib.path import Path
from pictures import Opening, Picture

R, NUM_STEPS = 0.6, 4


def errors(size: float) -> Path:
    """Draw the error of two means under natural-gradient steps of a size on KL(q‖p)."""
    error = np.array([1.9, 1.1])
    matrix = np.eye(2) - size * np.array([[1.0, R], [R, 1.0]])
    points = [error]
    for _ in range(NUM_STEPS):
        points.append(matrix @ points[-1])
    return Path(np.array(points))


def contour(radius: float) -> Path:
    """Draw one contour of the target whose precisions have R off the diagonal."""
    angle = np.linspace(0, 2 * np.pi, 37)
    root = np.linalg.cholesky(np.linalg.inv([[1.0, R], [R, 1.0]]))
    return Path((root @ np.stack([np.cos(angle), np.sin(angle)])).T * radius)


def two_paths() -> Picture:
    """Draw the target and the means along full and along half steps."""
    lines = [("p", contour(radius)) for radius in (0.6, 1.2)]
    return Picture((*lines, ("reverse", errors(1.0)), ("reference", errors(0.5))), 1.9)


OPENING = Opening(
    two_paths,
    "The mean of <i>q</i> in two dimensions under natural-gradient steps of full size (solid) and "
    "of half size (dotted); in three dimensions, full steps can diverge",
    "fig-de-natural",
)
