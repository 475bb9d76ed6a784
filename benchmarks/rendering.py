"""From a recorded fit to HTML: time and weight, and how both grow with the frames."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import svganim  # noqa: F401  registers its writer
from cases import Fit, contour_way, ellipse_way, lecture_fit, post_way
from matplotlib.animation import FuncAnimation
from measure import seconds, weights
from vectorplayer import VectorHTMLWriter


@dataclass(frozen=True)
class Rendered:
    """One way's result."""

    name: str
    seconds: float
    html: str

    @property
    def weights(self) -> tuple[int, int]:
        return weights(self.html)


def to_jshtml(animation: FuncAnimation) -> str:
    with mpl.rc_context({"animation.embed_limit": 2**20}):
        return animation.to_jshtml(fps=30)


def to_svganim(animation: FuncAnimation) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fit.svg"
        animation.save(path, writer="svganim")
        return path.read_text(encoding="utf-8")


def to_vector_html(animation: FuncAnimation, fps: float = 30) -> str:
    writer = VectorHTMLWriter(fps, alt="q moves over p.")
    animation.save(None, writer=writer, dpi=100)
    return writer.html


WAYS = {
    "the post's way, 1000 × 1000, `to_jshtml`": (post_way, to_jshtml, 1),
    "200 × 200, p drawn once, `to_jshtml`": (contour_way, to_jshtml, 1),
    "the same animation, `svganim`": (contour_way, to_svganim, 1),
    "the same animation, `vector_html`": (contour_way, to_vector_html, 3),
    "`animate_fit`, `vector_html`": (ellipse_way, to_vector_html, 3),
}


def render_all(fit: Fit) -> list[Rendered]:
    """Render the fit in every way; the time covers making the figure and writing the HTML."""
    results = []
    for name, (animate, write, repeat) in WAYS.items():
        texts = []
        took = seconds(lambda a=animate, w=write, t=texts: t.append(w(a(fit))), repeat)
        results.append(Rendered(name, took, texts[-1]))
        print(f"  {name}: {took:.2f} s", flush=True)
    return results


def growth(frames: tuple[int, ...] = (250, 1000, 2500)) -> list[tuple[int, float, int, int]]:
    """Frames, seconds, bytes raw and gzipped of our own way."""
    rows = []
    for count in frames:
        fit, texts = lecture_fit(count - 1), []
        took = seconds(lambda f=fit, t=texts: t.append(to_vector_html(ellipse_way(f))), 3)
        rows.append((count, took, *weights(texts[-1])))
    return rows
