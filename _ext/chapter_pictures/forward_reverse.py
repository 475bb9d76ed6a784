"""The opening of *Forward and reverse KL*."""

import numpy as np
from pictures import ORIGIN, TARGET, Opening, Picture, ellipse

import klhelpers as kl


def both_optima() -> Picture:
    """Draw p and the closest diagonal Gaussians, two standard deviations around the mean."""
    lines = [("p", ellipse(TARGET))]
    for direction in ("reverse", "forward"):
        best = kl.optimal_diag_gaussian(ORIGIN, TARGET, direction=direction)
        lines.append((direction, ellipse(np.diag(best.scale))))
    return Picture(tuple(lines), 3.0)


OPENING = Opening(
    both_optima,
    "The diagonal <i>q</i> closest to <i>p</i> (dashed) by KL(<i>q</i>‖<i>p</i>), blue, and by "
    "KL(<i>p</i>‖<i>q</i>), orange",
    "fig-ellipses",
)
