"""A guess that the reader places before the truth is shown."""

import html
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from klhelpers._shown import shown
from klhelpers.direction import ARROWS
from klhelpers.draw.styles import line_style
from klhelpers.live.assets import figure_rules
from klhelpers.live.gaussian_figure import GaussianPairFigure
from klhelpers.live.gaussians import draw_outlines
from klhelpers.live.quantities import Quantity, checked
from klhelpers.nats import format_nats
from klhelpers.optima import kl_floor, optimal_gaussian

_GUESSED = {"q": ("loc_q", "scale_q", "correlation_q"), "number": ("guess",)}
_OF_Q = ("direction", "family", "loc_p", "scale_p", "correlation_p")


class GuessFigure(GaussianPairFigure):
    """A question to guess at: where q ends, or how large a number in nats is.

    Parameters
    ----------
    ask : {"q", "number"}
        Whether the reader drags a q to where they expect the least divergence, or a line on an
        axis to the number that they expect.
    question : str, optional
        Plain text above the figure; by default it asks for the best q, or for `label`.
    label : str
        For a number: what it is, such as "KL(p‖q)".
    truth : float
        For a number: the answer in nats, within `range`.
    range : (float, float)
        For a number: the ends of the axis, from -1000 to 1000.
    because : str, optional
        Plain text that follows the answer.
    direction : {"reverse", "forward"}
        For q: KL(q‖p) or KL(p‖q) is to be least.
    family : {"isotropic", "diagonal", "full"}
        For q: what q may be.
    loc_p, scale_p, correlation_p : (float, float), (float, float), float
        For q: the target. Means from -4 to 4, standard deviations from 0.2 to 3, correlation
        from -0.99 to 0.99.
    loc_q, scale_q, correlation_q : (float, float), (float, float), float
        For q: the guess. Means from -4 to 4, standard deviations from 0.02 to 4, correlation from
        -0.99 to 0.99.
    guess : float
        For a number: the guess, within `range`; its middle by default.
    shown : bool
        Whether the answer is shown.

    Raises
    ------
    TypeError
        If a name is unknown or belongs to the other kind of question, a text is no string, or a
        number is asked for without its label and its truth.
    ValueError
        If a value is out of its range, or the family does not allow q.

    Notes
    -----
    A guess is compared with the truth in the browser; it is not scored, stored or sent.  Whether
    `truth` is right is not checked: pass the number that the page computes.  The page holds it in
    plain sight for anyone who reads its source.

    What the author gives is in `about`, which does not change; only p, direction and family can
    be set later, from Python.

    Examples
    --------
    >>> figure = GuessFigure(direction="forward", correlation_p=0.9)
    >>> figure.answer[:53]
    'The least KL(p‖q) of a diagonal q is 0.8304 nats; it '
    >>> GuessFigure("number", label="KL(p‖q)", truth=1.386, range=(0, 4)).guess
    2.0
    """

    KIND = "guess"
    direction, family = Quantity(KIND, "direction"), Quantity(KIND, "family")
    loc_p, loc_q = Quantity(KIND, "loc_p"), Quantity(KIND, "loc_q")
    scale_p, scale_q = Quantity(KIND, "scale_p"), Quantity(KIND, "scale_q")
    correlation_p = Quantity(KIND, "correlation_p")
    correlation_q = Quantity(KIND, "correlation_q")
    guess, shown = Quantity(KIND, "guess"), Quantity(KIND, "shown")

    def __init__(
        self,
        ask: str = "q",
        *,
        question: str = "",
        label: str | None = None,
        truth: float | None = None,
        range: tuple[float, float] | None = None,
        because: str = "",
        **quantities: Any,
    ) -> None:
        if not (isinstance(ask, str) and ask in _GUESSED):
            raise ValueError(f"ask must be one of {', '.join(_GUESSED)}; got {shown(ask)}")
        about: dict[str, Any] = {"ask": ask, "question": _text("question", question)}
        about["because"] = _text("because", because)
        number = {"label": label, "truth": truth, "range": range}
        other = _GUESSED["number"] if ask == "q" else (*_GUESSED["q"], *_OF_Q)
        given = {name for name, value in number.items() if value is not None and ask == "q"}
        for name in [*given, *(name for name in quantities if name in other)]:
            raise TypeError(f"{name} does not belong to a question with ask={ask!r}")
        if ask == "number":
            about |= _number(label, truth, (0, 4) if range is None else range)
            quantities.setdefault("guess", sum(about["range"]) / 2)
        super().__init__(about=about, **quantities)

    @property
    def question(self) -> str:
        """What is asked, in plain text."""
        if self.about["ask"] == "number":
            return self.about["question"] or f"How large is {self.about['label']}?"
        return self.about["question"] or f"Which {self.family} q has the least {self._arrow}?"

    @property
    def answer(self) -> str:
        """What a reader without scripts finds in the fold, in plain text."""
        about = self.about
        if about["ask"] == "number":
            found = f"{about['label']} = {format_nats(about['truth'])} nats."
        else:
            loc, scale, correlation, least = self._best()
            article = "an" if self.family == "isotropic" else "a"
            found = (
                f"The least {self._arrow} of {article} {self.family} q is {format_nats(least)} "
                f"nats; it has the mean {_pair(loc)}, the standard deviations {_pair(scale)} and "
                f"the correlation {format_nats(correlation, 2)}."
            )
        return f"{found} {about['because']}".strip()

    @property
    def ALT(self) -> str:
        """Text for those who do not see the still."""
        if self.about["ask"] == "number":
            low, high = self.about["range"]
            return f"An axis of {self.about['label']} from {low:g} to {high:g} nats."
        return "Ellipses of the target p, dashed."

    def check(self, values: dict[str, Any]) -> None:
        """Raise ValueError if the family does not allow q, or the guess is beyond the axis."""
        super().check(values)
        if self.about["ask"] == "number":
            rule = figure_rules()[self.KIND]["guess"] | {"range": self.about["range"]}
            checked("guess", rule, values["guess"])

    def still(self) -> Figure:
        """Draw p, or the axis, without the answer."""
        if self.about["ask"] == "number":
            fig = Figure(figsize=(4.6, 1.3), layout="constrained")
            ax = fig.subplots()
            label = self.about["label"].replace("$", r"\$")  # no formula
            ax.set(xlim=self.about["range"], yticks=[], xlabel=f"{label} in nats")
            return fig
        fig = Figure(figsize=(4.2, 4.2), layout="constrained")
        ax = fig.subplots()
        draw_outlines(ax, self.loc_p, self._tril_p, (1, 2, 3), **line_style("p"))
        ax.set(xlim=(-5, 5), ylim=(-5, 5), aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
        return fig

    def beside(self, still: str) -> str:
        """Put the question above the still, and the answer under it into a fold."""
        question, answer = html.escape(self.question), html.escape(self.answer)
        return (
            f'<p class="kl-question">{question}</p>{still}'
            f'<details class="kl-answer"><summary>Answer</summary><p>{answer}</p></details>'
        )

    @property
    def _arrow(self) -> str:
        return ARROWS[self.direction]

    def _best(self) -> tuple[Any, Any, float, float]:
        """Mean, standard deviations and correlation of the best q, and its divergence."""
        rules = {"direction": self.direction, "family": self.family}
        loc, tril = optimal_gaussian(self.loc_p, self._tril_p, **rules)
        correlation = self.correlation_p if self.family == "full" else 0.0
        least = float(kl_floor(self._tril_p, **rules))
        return loc, np.linalg.norm(tril, axis=1), correlation, least


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string; got {shown(value)}")
    return value


def _number(label: Any, truth: Any, ends: Any) -> dict[str, Any]:
    """Check what the author says about a number."""
    if label is None or truth is None:
        raise TypeError(
            "label and truth must be given with ask='number'; got "
            f"label={shown(label)}, truth={shown(truth)}"
        )
    low, high = checked("range", {"size": 2, "range": [-1000, 1000]}, ends)
    if not low < high:
        raise ValueError(f"range must be two increasing numbers; got {shown(ends)}")
    axis = [int(end) if end == int(end) else end for end in (low, high)]
    return {
        "label": _text("label", label),
        "truth": checked("truth", {"range": axis}, truth),
        "range": axis,
    }


def _pair(values: Any) -> str:
    return " and ".join(format_nats(float(value), 2) for value in values)
