"""The opening of *Analytic KL divergence*."""

import numpy as np
from pictures import TARGET, Opening, Picture, contours

LEVELS = np.array([0.01, 0.05, 0.1, 0.15, 0.2, 0.25])


def two_gaussians() -> Picture:
    """Draw the contours of p and q at the same densities."""
    p, q = (contours(tril, LEVELS) for tril in (TARGET, np.eye(2)))
    return Picture((*(("p", path) for path in p), *(("q", path) for path in q)), 3.6)


OPENING = Opening(
    two_gaussians,
    "The target <i>p</i> (dashed) and the approximation <i>q</i> (green)",
    "fig-p-and-q",
)
