"""The opening of *When there is no closed form*."""

import numpy as np
from matplotlib.path import Path
from pictures import Opening, Picture

import klhelpers as kl


def tail_indices() -> Picture:
    """Draw the tail index of p/q at both optima over the correlation, and the level one half."""
    correlations = np.linspace(0, 0.98, 25)
    lines = []
    for direction in ("reverse", "forward"):
        indices = []
        for rho in correlations:
            tril = np.linalg.cholesky([[1.0, rho], [rho, 1.0]])
            best = kl.optimal_diag_gaussian(np.zeros(2), tril, direction=direction)
            indices.append(kl.tail_index(np.diag(best.scale), tril))
        points = np.column_stack([correlations * 2.7 - 1.35, np.array(indices) * 1.7 - 0.85])
        lines.append((direction, Path(points)))
    half = Path(np.array([[-1.35, 0.0], [1.35, 0.0]]))
    return Picture((*lines, ("reference", half)), 1.0)


OPENING = Opening(
    tail_indices,
    "How heavy the tail of <i>p</i>/<i>q</i> is at the best <i>q</i> by KL(<i>q</i>‖<i>p</i>), "
    "blue, and by KL(<i>p</i>‖<i>q</i>), orange, as <i>p</i>’s correlation grows; above the dotted "
    "line the variance of k3 is infinite",
    "fig-estimates-tail",
)
