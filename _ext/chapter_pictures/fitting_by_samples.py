"""The opening of *Fitting by samples*."""

import numpy as np
from matplotlib.path import Path
from pictures import Opening, Picture

WIDTH, BEND = 2.0, 0.5  # as in the chapter
VARIANCE = (np.sqrt(1 + 16 * BEND**2 * WIDTH**4) - 1) / (8 * BEND**2 * WIDTH**2)


def banana_and_gaussian() -> Picture:
    """Draw the banana and the Gaussian of least KL(q‖p), 1.8 standard deviations around."""
    angle = np.linspace(0, 2 * np.pi, 49)
    z1, z2 = 1.8 * np.cos(angle), 1.8 * np.sin(angle)
    x1 = WIDTH * z1
    banana = x1, z2 + BEND * (x1**2 - WIDTH**2) - 1
    best = np.sqrt(VARIANCE) * z1, z2 + BEND * (VARIANCE - WIDTH**2) - 1
    lines = tuple(
        (name, Path(np.column_stack(line))) for name, line in (("p", banana), ("reverse", best))
    )
    return Picture(lines, 5.2)


OPENING = Opening(
    banana_and_gaussian,
    "A banana <i>p</i> (dashed) and the Gaussian <i>q</i> closest to it by "
    "KL(<i>q</i>‖<i>p</i>), blue",
    "fig-fs-banana",
)
