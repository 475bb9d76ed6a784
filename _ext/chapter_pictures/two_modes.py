"""The opening of *Two modes*."""

import numpy as np
from matplotlib.path import Path
from pictures import Opening, Picture

DISTANCE = 2.800082  # at which the three minima of KL(q‖p) are equally low
MINIMA = ((0.0, 2.6015), (2.768, 1.0443), (-2.768, 1.0443))  # mean and scale of q


def curve(*parts: tuple[float, float, float]) -> Path:
    """Draw the density of a mixture, given weight, mean and scale of each part."""
    x = np.linspace(-6, 6, 37)
    density = sum(w / s * np.exp(-0.5 * ((x - mean) / s) ** 2) for w, mean, s in parts)
    return Path(np.column_stack([x, 6 * density - 2.6]))


def three_minima() -> Picture:
    """Draw a target with two modes and the three q with the same least KL(q‖p)."""
    target = curve((0.5, -DISTANCE, 1.0), (0.5, DISTANCE, 1.0))
    fits = (("reverse", curve((1.0, mean, scale))) for mean, scale in MINIMA)
    return Picture((("p", target), *fits), 4.2)


OPENING = Opening(
    three_minima,
    "A target with two modes (dashed) and three Gaussians with the same KL(<i>q</i>‖<i>p</i>)",
    "fig-tm-branches",
)
