"""The opening of *Between the directions*."""

import numpy as np
from matplotlib.path import Path
from pictures import Opening, Picture

import klhelpers as kl

RHO = 0.8
SCALES = np.array([1.5, 1.0])


def ellipse(tril: np.ndarray) -> Path:
    """Draw the outline of one standard deviation."""
    turn = np.linspace(0, 2 * np.pi, 33)
    return Path((2 * tril @ np.array([np.cos(turn), np.sin(turn)])).T)


def nested() -> Picture:
    """Draw p and its best diagonal q for α = 0, 1/2 and 1."""
    target = np.array([[SCALES[0], 0], [RHO * SCALES[1], SCALES[1] * np.sqrt(1 - RHO**2)]])
    fits = (
        (name, ellipse(np.diag(kl.optimal_diag_gaussian_alpha([0, 0], target, alpha=alpha).scale)))
        for name, alpha in (("reverse", 0.0), ("q", 0.5), ("forward", 1.0))
    )
    return Picture((("p", ellipse(target)), *fits), 2.4)


OPENING = Opening(
    nested,
    "A target (dashed) and its best diagonal <i>q</i> for α = 0, ½ and 1",
    "fig-bd-ellipses",
)
