"""The opening of *A trainable q*."""

import numpy as np
from matplotlib.path import Path
from pictures import ORIGIN, TARGET, Opening, Picture

import klhelpers as kl


def descent() -> Picture:
    """Draw KL(q‖p) during gradient descent in the mean and the log scales, and its floor."""
    precision = np.linalg.inv(TARGET @ TARGET.T)
    loc, log_scale, losses = np.array([1.0, -1.0]), np.zeros(2), []
    for _ in range(41):
        tril = np.diag(np.exp(log_scale))
        losses.append(kl.kl_gaussian(loc, tril, ORIGIN, TARGET))
        loc = loc - 0.01 * precision @ loc
        log_scale = log_scale - 0.01 * (np.diag(precision) * np.exp(2 * log_scale) - 1)
    steps = np.linspace(-1.35, 1.35, len(losses))
    height = 1.6 / losses[0]
    curve = Path(np.column_stack([steps, height * np.array(losses) - 0.8]))
    floor = height * kl.kl_floor(TARGET, direction="reverse") - 0.8
    line = Path(np.array([[-1.35, floor], [1.35, floor]]))
    return Picture((("reverse", curve), ("reference", line)), 1.0)


OPENING = Opening(
    descent,
    "KL(<i>q</i>‖<i>p</i>) falls step by step towards the floor (dotted)",
    "fig-twenty-steps",
)
