"""The panel of the first explorer: ten sliders and three buttons."""

import ipywidgets as widgets

from klhelpers.divergences import optimal_diag_gaussian
from klhelpers.explore._bivariate import BivariateGaussian
from klhelpers.explore._comparison import compare, sentence
from klhelpers.explore._comparison_figure import comparison_figure
from klhelpers.explore._live import CONTROL, Message, Picture, rows, slider

RANGES = {"loc": (-4.0, 4.0, 0.05), "scale": (0.1, 3.0, 0.01), "correlation": (-0.99, 0.99, 0.01)}
ALT = (
    "Contours of the target p, dashed, and of the approximation q, solid; outlines of the diagonal "
    "q of least KL(q‖p), with circles, and of least KL(p‖q), with squares; below, bars of both "
    "divergences of q."
)


class GaussianSliders:
    """Five sliders that hold one Gaussian."""

    def __init__(self, letter: str, title: str, start: BivariateGaussian) -> None:
        self._sliders = [
            slider(f"{kind} {number} of {letter}", value, *RANGES[kind], short=f"{kind} {number}")
            for kind in ("loc", "scale")
            for number, value in enumerate(getattr(start, kind), 1)
        ]
        self._sliders.append(
            slider(
                f"correlation of {letter}",
                start.correlation,
                *RANGES["correlation"],
                short="correlation ρ",
            )
        )
        self.widget = widgets.VBox([widgets.HTML(f"<b>{title}</b>"), *self._sliders])

    @property
    def sliders(self) -> list[widgets.FloatSlider]:
        """In the order loc 1, loc 2, scale 1, scale 2, correlation."""
        return self._sliders

    @property
    def value(self) -> BivariateGaussian:
        """The Gaussian that the sliders describe."""
        loc_1, loc_2, scale_1, scale_2, rho = (control.value for control in self._sliders)
        return BivariateGaussian((loc_1, loc_2), (scale_1, scale_2), rho)

    @value.setter
    def value(self, gaussian: BivariateGaussian) -> None:
        values = (*gaussian.loc, *gaussian.scale, gaussian.correlation)
        for control, value in zip(self._sliders, values, strict=True):
            control.value = value


class ComparisonPanel:
    """Sliders of p and q, the picture, and buttons that set q to an optimum or to p."""

    def __init__(self, p: BivariateGaussian, q: BivariateGaussian) -> None:
        fig, self._draw = comparison_figure(numbers=False)
        self.p, self.q = (
            GaussianSliders("p", "target p", p),
            GaussianSliders("q", "approximation q", q),
        )
        self.picture, self.message = Picture(fig, alt=ALT), Message()
        self._update = self.message.guard(self._redraw)
        self._held = False
        for control in self.p.sliders + self.q.sliders:
            control.observe(lambda change: self._update(), names="value")
        self.buttons = [
            self._button("q of least KL(q‖p)", lambda: self._best("reverse")),
            self._button("q of least KL(p‖q)", lambda: self._best("forward")),
            self._button("q = p", lambda: self.p.value),
        ]
        self._redraw()
        controls = [self.p.widget, self.q.widget, *self.buttons, self.message.widget]
        self.widget = rows(self.picture.widget, widgets.VBox(controls))

    def close(self) -> None:
        """Do nothing: this panel starts no thread."""

    def _button(self, text: str, target) -> widgets.Button:
        button = widgets.Button(description=f"set {text}", tooltip=f"Set {text}", layout=CONTROL)
        button.on_click(self.message.guard(lambda _: self._move_q(target())))
        return button

    def _best(self, direction: str) -> BivariateGaussian:
        loc, scale = optimal_diag_gaussian(
            self.p.value.loc, self.p.value.scale_tril, direction=direction
        )
        return BivariateGaussian(tuple(loc), tuple(scale), 0.0)

    def _move_q(self, q: BivariateGaussian) -> None:
        """Move five sliders and draw once."""
        self._held = True
        try:
            self.q.value = q
        finally:
            self._held = False
        self._redraw()

    def _redraw(self) -> None:
        if not self._held:
            p, q = self.p.value, self.q.value
            self.picture.show(self._draw(p, q), *map(sentence, compare(p, q)))
