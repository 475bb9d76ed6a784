"""The opening of *Traps, then and now*."""

import numpy as np
from matplotlib.path import Path
from pictures import ORIGIN, TARGET, Opening, Picture

import klhelpers as kl

STEPS, RATE = 300, 0.05


def adam_losses(slots: tuple[int, int]) -> np.ndarray:
    """Return KL(q‖p) while Adam trains q; `slots` says which slot mean and log scale use."""
    precision = np.linalg.inv(TARGET @ TARGET.T)
    x = np.array([[2.0, -2.0], [0.0, 0.0]])
    m, v, losses = np.zeros((2, 2)), np.zeros((2, 2)), []
    for t in range(1, STEPS + 1):
        losses.append(kl.kl_gaussian(x[0], np.diag(np.exp(x[1])), ORIGIN, TARGET))
        slopes = precision @ x[0], np.diag(precision) * np.exp(2 * x[1]) - 1
        size = RATE * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        for i, slot in enumerate(slots):
            m[slot] = 0.9 * m[slot] + 0.1 * slopes[i]
            v[slot] = 0.999 * v[slot] + 0.001 * slopes[i] ** 2
            x[i] -= size * m[slot] / (np.sqrt(v[slot]) + 1e-7)
    return np.array(losses)


def two_trainings() -> Picture:
    """Draw the logarithm of the losses with two slots and with one."""
    lines = []
    for style, slots in (("reverse", (0, 1)), ("reference", (1, 1))):
        height = np.log(adam_losses(slots)[::10])
        steps = np.linspace(-1.35, 1.35, len(height))
        lines.append((style, Path(np.column_stack([steps, 0.42 * height - 0.75]))))
    return Picture(tuple(lines), 1.0)


OPENING = Opening(
    two_trainings,
    "KL(<i>q</i>‖<i>p</i>) while Adam trains <i>q</i>, and the same when both variables share "
    "their running means (dotted)",
    "fig-traps-slots",
)
