"""The opening of *Which KL does your code descend?*."""

import numpy as np
from matplotlib.path import Path
from pictures import Opening, Picture

CORRELATION, START = 0.8, (-0.95, 0.4)  # of a target with unit variances; log scales of q
CENTRE = np.array([-0.4, -0.25])  # of the window


def two_descents() -> Picture:
    """Draw the steepest descents of both divergences on contours of KL(q‖p), in log scales."""
    lines = [("reference", Path(contour(excess) - CENTRE)) for excess in (0.06, 0.25)]
    for name, slope in (("reverse", reverse_slope), ("forward", forward_slope)):
        lines.append((name, Path(descent(slope)[::8] - CENTRE)))
    return Picture(tuple(lines), 0.95)


def reverse_slope(log_scale: np.ndarray) -> np.ndarray:
    """Gradient of KL(q‖p) in the log scales of a diagonal q that has the mean of p."""
    return np.exp(2 * log_scale) / (1 - CORRELATION**2) - 1


def forward_slope(log_scale: np.ndarray) -> np.ndarray:
    """Gradient of KL(p‖q)."""
    return 1 - np.exp(-2 * log_scale)


def descent(slope, num_steps: int = 240, rate: float = 0.02) -> np.ndarray:
    """Gradient descent from the start, shape (num_steps + 1, 2)."""
    points = [np.array(START)]
    for _ in range(num_steps):
        points.append(points[-1] - rate * slope(points[-1]))
    return np.array(points)


def contour(excess: float, num: int = 37) -> np.ndarray:
    """Points where KL(q‖p) is `excess` nats above its floor, by bisection along rays."""
    angle = np.linspace(0, 2 * np.pi, num)
    ray = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    low, high = np.zeros(num), np.full(num, 4.0)
    for _ in range(50):
        middle = 0.5 * (low + high)
        t = middle[:, np.newaxis] * ray
        above = np.sum(0.5 * np.expm1(2 * t) - t, axis=-1) > excess
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return 0.5 * np.log1p(-(CORRELATION**2)) + high[:, np.newaxis] * ray


OPENING = Opening(
    two_descents,
    "Contours of KL(<i>q</i>‖<i>p</i>) over the log scales of <i>q</i>, and two paths of gradient "
    "descent from one start: one descends KL(<i>q</i>‖<i>p</i>) (blue), the other "
    "KL(<i>p</i>‖<i>q</i>) (orange)",
    "fig-which-kl-paths",
)
