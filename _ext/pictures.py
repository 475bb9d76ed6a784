"""Small pictures of distributions, and the way in which a chapter opens with one.

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

ORIGIN = np.zeros(2)
# The Cholesky factor of the target of the first two chapters: FillScaleTriL of -0.5, 1.25, 1.
TARGET = np.array(
    [[np.log1p(np.exp(1.0)) + 1e-5, 0.0], [1.25, np.log1p(np.exp(-0.5)) + 1e-5]]
)  # fmt: skip


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


def contours(scale_tril: NDArray, levels: NDArray) -> list[Path]:
    """Contours of a Gaussian with its mean at the origin, at densities below its peak."""
    return [path for path in contour_paths(ORIGIN, scale_tril, levels) if len(path.vertices)]


def ellipse(scale_tril: NDArray, radius: float = 2) -> Path:
    """Contour of such a Gaussian at so many standard deviations."""
    peak = 1 / (2 * np.pi * np.prod(np.diag(scale_tril)))
    [path] = contours(scale_tril, np.array([peak * np.exp(-(radius**2) / 2)]))
    return path


@dataclass(frozen=True)
class Opening:
    """How a chapter opens: its picture, what that shows (as HTML), and the figure behind it."""

    draw: Callable[[], Picture]
    caption: str
    figure: str
