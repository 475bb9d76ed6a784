"""Draw the picture of README.md: one target and two fits of it, as an SVG film without a script.

Usage: python readme/two_fits.py [FILE], by default two_fits.svg in this folder.

That file is committed, because README.md is read where nothing is built.
"""

import sys
from pathlib import Path

import numpy as np
from vectorplayer import VectorPlayer

import klhelpers as kl

STRIDE = 10
ALT = (
    "Two panels with the same tilted dashed ellipses of p. In both, upright ellipses of q move to "
    "the centre of p and grow: solid and blue on the left, dash-dotted and orange on the right, "
    "where they end wider."
)


class Target:
    """A Gaussian of NumPy: its density is all that the drawing needs."""

    def __init__(self, covariance):
        self.precision = np.linalg.inv(covariance)

    def prob(self, x):
        """Return the density at points, one per row."""
        exponent = np.einsum("ni,ij,nj->n", x, self.precision, x) / 2
        return np.exp(-exponent) * np.sqrt(np.linalg.det(self.precision)) / (2 * np.pi)


def fits():
    """Return the covariance of the target, and a fit by Adam in each direction."""
    figure = kl.FitFigure(
        scale_p=(1.5, 1.3), correlation_p=0.8, loc_q=(-1.9, 1.6), scale_q=(0.4, 0.4)
    )  # fmt: skip
    runs = {direction: figure.run(direction) for direction in ("reverse", "forward")}
    s1, s2 = figure.scale_p
    covariance = figure.correlation_p * s1 * s2 * (1 - np.eye(2)) + np.diag([s1**2, s2**2])
    return covariance, [
        kl.Trajectory(direction, run.loss, run.loc, run.scale_tril)
        for direction, run in runs.items()
    ]


def film():
    """Return the animation of both fits, recorded."""
    covariance, both = fits()
    X1, X2 = kl.density_grid((-4, 4))
    animation = kl.animate_fit(
        both, Target(covariance), X1=X1, X2=X2, levels=[0.005, 0.03, 0.1], stride=STRIDE,
        interval=200,
    )  # fmt: skip
    return VectorPlayer(animation, alt=ALT, precision=0.25)


if __name__ == "__main__":
    film().save(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_suffix(".svg"))
