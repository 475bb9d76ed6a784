"""Two paths of optimal policies in the simplex of three tokens, for the opening of the chapter."""

import numpy as np
from matplotlib.path import Path
from pictures import Opening, Picture

REFERENCE, REWARD = np.array([0.6, 0.3, 0.1]), np.array([0.0, 0.9, 1.0])
CORNERS = np.array([[-1.0, -0.8], [1.0, -0.8], [0.0, 0.932]])


def policies():
    """Return optimal policies for both penalties, from a large factor to a small one."""
    reverse, forward = [], []
    for beta in np.geomspace(50, 0.01, 40):
        weights = REFERENCE * np.exp((REWARD - 1) / beta)
        reverse.append(weights / weights.sum())
        low, high = 1e-9, beta + 1e-9  # by how much the multiplier exceeds the greatest reward
        for _ in range(60):
            gap = (low + high) / 2
            total = np.sum(beta * REFERENCE / (gap + 1 - REWARD))
            low, high = (gap, high) if total > 1 else (low, gap)
        forward.append(beta * REFERENCE / (gap + 1 - REWARD))
    return {"reverse": np.array(reverse), "forward": np.array(forward)}


def paths() -> Picture:
    """Draw the triangle, dotted, and both paths."""
    triangle = ("reference", Path(CORNERS[[0, 1, 2, 0]]))
    both = [(name, Path(path @ CORNERS)) for name, path in policies().items()]
    return Picture((triangle, *both), 1.0)


OPENING = Opening(
    paths,
    "Optimal policies over three tokens as the weight β of the penalty falls: "
    "KL(<i>π</i>‖<i>π</i>ref), blue, and the other direction, orange",
    "fig-meet-beta",
)
