"""One small picture per chapter, computed by the functions that draw the chapter's figures.

A picture has no text and no axes, so that it can be small.  It is written as SVG, whose colours
the style sheet of the pages sets, light and dark, and as PNG for previews of links.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

import klhelpers as kl
from klhelpers.draw.ellipses import contour_paths

WIDTH, HEIGHT = 240, 160
"""Size of the SVG in its own units."""

LEVELS = (0.01, 0.05, 0.1, 0.15, 0.2, 0.25)
# The Cholesky factor of the target of the first two chapters: FillScaleTriL of -0.5, 1.25, 1.
TARGET = np.array(
    [[np.log1p(np.exp(1.0)) + 1e-5, 0.0], [1.25, np.log1p(np.exp(-0.5)) + 1e-5]]
)  # fmt: skip
ORIGIN = np.zeros(2)


@dataclass(frozen=True)
class Picture:
    """Lines in a window.

    Parameters
    ----------
    lines : tuple of (str, Path)
        Name of a line style of `klhelpers.line_style`, and the line in the window's coordinates.
    half_height : float
        The window is three to two and has its centre at the origin; this is half its height.
    """

    lines: tuple[tuple[str, Path], ...]
    half_height: float

    def svg(self) -> str:
        """Write the picture as inline SVG of a few hundred bytes, hidden from screen readers."""
        scale = HEIGHT / 2 / self.half_height
        move = np.array([scale, -scale]), np.array([WIDTH / 2, HEIGHT / 2])
        paths = "".join(
            f'<path class="{name}" d="{_path_data(path.vertices * move[0] + move[1], path)}"/>'
            for name, path in self.lines
        )
        return (
            f'<svg class="chapter-picture" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">{paths}</svg>'
        )

    def png(self, title: str, subtitle: str) -> bytes:
        """Draw the picture beside two texts, 1200 × 630 pixels."""
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            figure = Figure(figsize=(12, 6.3), dpi=100, facecolor="white")
            ax = figure.add_axes((0.43, 0.08, 0.55, 0.84))
            half = self.half_height
            ax.set(xlim=(-1.2 * half, 1.2 * half), ylim=(-half, half), aspect="equal")
            ax.axis("off")
            for name, path in self.lines:
                style = {k: v for k, v in kl.line_style(name).items() if k != "marker"}
                edge = style.pop("color")
                ax.add_patch(PathPatch(path, fill=False, linewidth=3, edgecolor=edge, **style))
            words = {"x": 0.05, "va": "top", "parse_math": False, "color": "#1b1f27"}
            title, subtitle = _wrapped(title, 15), _wrapped(subtitle, 24)
            top = 0.84 - 0.105 * title.count("\n")
            figure.text(y=0.84, s=title, size=36, weight="bold", **words)
            figure.text(y=top - 0.17, s=subtitle, size=23, **words)
            file = BytesIO()
            figure.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()


def _wrapped(text: str, width: float) -> str:
    """Break a text into lines of at most so many characters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def _path_data(points: NDArray, path: Path) -> str:
    numbers = [f"{x:.1f} {y:.1f}" for x, y in points]
    letter = "C" if Path.CURVE4 in (path.codes if path.codes is not None else ()) else "L"
    return f"M{numbers[0]}{letter}{' '.join(numbers[1:])}"


def _contours(scale_tril: NDArray, levels: NDArray) -> list[Path]:
    return [path for path in contour_paths(ORIGIN, scale_tril, levels) if len(path.vertices)]


def _ellipse(scale_tril: NDArray, radius: float = 2) -> Path:
    """Contour at so many standard deviations."""
    peak = 1 / (2 * np.pi * np.prod(np.diag(scale_tril)))
    [path] = _contours(scale_tril, np.array([peak * np.exp(-(radius**2) / 2)]))
    return path


def two_gaussians() -> Picture:
    """Draw the contours of p and q at the same densities."""
    p, q = (_contours(tril, np.array(LEVELS)) for tril in (TARGET, np.eye(2)))
    return Picture((*(("p", path) for path in p), *(("q", path) for path in q)), 3.6)


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


def both_optima() -> Picture:
    """Draw p and the closest diagonal Gaussians, two standard deviations around the mean."""
    lines = [("p", _ellipse(TARGET))]
    for direction in ("reverse", "forward"):
        best = kl.optimal_diag_gaussian(ORIGIN, TARGET, direction=direction)
        lines.append((direction, _ellipse(np.diag(best.scale))))
    return Picture(tuple(lines), 3.0)


def correlations() -> Picture:
    """Draw p with three correlations, and a fixed q, at two standard deviations."""
    deviations = np.array([1.5, 1.0])
    lines = [("q", _ellipse(np.eye(2)))]
    for rho in (0.0, 0.6, 0.95):
        covariance = np.array([[1, rho], [rho, 1]]) * np.outer(deviations, deviations)
        lines.append(("p", _ellipse(np.linalg.cholesky(covariance))))
    return Picture(tuple(lines), 2.5)


@dataclass(frozen=True)
class Opening:
    """How a chapter opens: its picture, what that shows (as HTML), and the figure behind it."""

    draw: Callable[[], Picture]
    caption: str
    figure: str


OPENINGS = {
    "chapters/analytic-kl": Opening(
        two_gaussians,
        "The target <i>p</i> (dashed) and the approximation <i>q</i> (green)",
        "fig-p-and-q",
    ),
    "chapters/trainable-q": Opening(
        descent,
        "KL(<i>q</i>‖<i>p</i>) falls step by step towards the floor (dotted)",
        "fig-twenty-steps",
    ),
    "chapters/forward-reverse": Opening(
        both_optima,
        "The diagonal <i>q</i> closest to <i>p</i> (dashed) by KL(<i>q</i>‖<i>p</i>), blue, and by "
        "KL(<i>p</i>‖<i>q</i>), orange",
        "fig-ellipses",
    ),
    "chapters/explore": Opening(
        correlations,
        "The target <i>p</i> (dashed) with three correlations, and a fixed <i>q</i> (green)",
        "fig-explore-pair",
    ),
}
