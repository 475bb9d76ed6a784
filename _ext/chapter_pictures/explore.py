"""The opening of *Move it yourself*."""

import numpy as np
from pictures import Opening, Picture, ellipse


def correlations() -> Picture:
    """Draw p with three correlations, and a fixed q, at two standard deviations."""
    deviations = np.array([1.5, 1.0])
    lines = [("q", ellipse(np.eye(2)))]
    for rho in (0.0, 0.6, 0.95):
        covariance = np.array([[1, rho], [rho, 1]]) * np.outer(deviations, deviations)
        lines.append(("p", ellipse(np.linalg.cholesky(covariance))))
    return Picture(tuple(lines), 2.5)


OPENING = Opening(
    correlations,
    "The target <i>p</i> (dashed) with three correlations, and a fixed <i>q</i> (green)",
    "fig-explore-pair",
)
