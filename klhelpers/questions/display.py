"""The object that a notebook or a page shows."""

from typing import Any

from klhelpers._shown import shown

from .markup import TITLE, question_markup, question_text, questions_block
from .model import Choice, Numeric


class Questions:
    """One or several questions as a display object.

    A page or a notebook shows a form that checks itself in the browser: no kernel, no network.
    Without scripts, and on paper, the questions are text, each with its answer in a fold.

    Parameters
    ----------
    *questions : Choice or Numeric
        Numbered if there are several.

    Raises
    ------
    TypeError
        If an argument is not a Choice or a Numeric.
    ValueError
        If there is no argument.

    Notes
    -----
    The markup depends on the questions alone.  It has no ids and nothing random, so that two
    builds are equal and a page can hold several such objects.  TeX in the texts is not rendered,
    neither in a notebook nor on a page.

    Examples
    --------
    >>> Questions(Choice("Is 1 > 0?", [("yes", 1 > 0, "It is."), ("no", 1 <= 0, "It is.")]))
    <Questions: 1>
    """

    def __init__(self, *questions: Choice | Numeric) -> None:
        if not questions:
            raise ValueError("questions must hold at least one Choice or Numeric")
        for question in questions:
            if not isinstance(question, (Choice, Numeric)):
                raise TypeError(f"questions must be Choice or Numeric; got {shown(question)}")
        self.questions = questions

    @property
    def html(self) -> str:
        """The questions as HTML for any page."""
        # The class names keep both generations of MathJax away from dollars and backslashes.
        body = "".join(question_markup(*item) for item in self._numbered())
        return (
            f'{questions_block()}<kl-questions class="mathjax_ignore tex2jax_ignore">'
            f"{body}</kl-questions>"
        )

    @property
    def text(self) -> str:
        """The questions as plain text, the answers after them."""
        asked, solved = zip(*(question_text(*item) for item in self._numbered()), strict=True)
        return "\n\n".join([TITLE, *asked, "Answers", *solved])

    def _numbered(self) -> list[tuple[Choice | Numeric, str]]:
        if len(self.questions) == 1:
            return [(self.questions[0], "")]
        return [(question, f"{number}. ") for number, question in enumerate(self.questions, 1)]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.html}

    def __repr__(self) -> str:
        """Name the object without giving answers away."""
        return f"<Questions: {len(self.questions)}>"
