"""Questions as HTML that reads without a script, and as plain text.

The script reads the fold of the answer: ``data-right`` marks the right entry, ``data-value`` holds
the number of an entry, and its ``<span>`` the explanation.
"""

import re
from functools import cache
from html import escape
from importlib.resources import files
from string import ascii_lowercase

from .model import Choice, Numeric

TITLE = "Check yourself"
_FILES = ("questions.css", "judge.js", "progress.js", "questions.js")
_CODE = re.compile(r"`([^`]+)`")


@cache
def questions_block() -> str:
    """Return the style sheet and the script that all questions of a page share.

    The text is always the same, so that a page needs its first copy only.
    """
    folder = files("klhelpers.questions")
    style, *scripts = (_squeeze((folder / name).read_text(encoding="utf-8")) for name in _FILES)
    script = "\n".join(['if (customElements.get("kl-questions")) return;', *scripts])
    return f"<style>{style}</style><script>(() => {{\n{script}\n}})();</script>"


def _squeeze(source: str) -> str:
    """Leave out indentation, empty lines and whole-line comments."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def question_markup(question: Choice | Numeric, number: str) -> str:
    """Return the form of one question; `number` is put before its text."""
    answers, fold = _choice(question) if isinstance(question, Choice) else _numeric(question)
    return (
        '<form class="kq" novalidate autocomplete="off">'
        f'<p class="kq-title">{TITLE}</p>'
        f"<fieldset><legend>{number}{_inline(question.question)}</legend>{answers}</fieldset>"
        f"<details><summary>Answer</summary>{fold}</details></form>"
    )


def _choice(question: Choice) -> tuple[str, str]:
    """Return the list of answers, and the list of explanations in the same order."""
    answers = "".join(f"<li>{_inline(text)}</li>" for text, _, _ in question.answers)
    fold = "".join(
        _entry("li", "Right.", explanation, " data-right")
        if truth
        else _entry("li", "Not right.", explanation)
        for _, truth, explanation in question.answers
    )
    return f'<ol type="a">{answers}</ol>', f'<ol type="a">{fold}</ol>'


def _numeric(question: Numeric) -> tuple[str, str]:
    """Return what to enter, and the explanations: of the answer, of near misses, of the rest."""
    unit = f" {question.unit}" if question.unit else ""
    tolerance = question.shown(question.tolerance, extra_digits=1).rstrip("0").rstrip(".")
    answers = (
        f'<p data-unit="{escape(question.unit)}" data-within="{tolerance}">Your answer'
        f"{escape(f' in{unit}' if unit else '')}, to within {tolerance}</p>"
    )

    def values(value: float) -> str:
        exact = question.shown(value, extra_digits=2)
        return f' data-value="{exact}" data-tolerance="{question.tolerance!r}"'

    def words(value: float) -> str:
        return question.shown(value).replace("-", "−") + unit

    entries = [
        _entry(
            "p",
            f"{words(question.answer)}.",
            question.explanation,
            f"{values(question.answer)} data-right",
        )
    ]
    for value, explanation in question.near_misses:
        entries.append(_entry("p", f"Not {words(value)}.", explanation, values(value)))
    entries.append(_entry("p", "Hint.", question.hint))
    return answers, "".join(entries)


def _entry(tag: str, verdict: str, explanation: str, attributes: str = "") -> str:
    return (
        f"<{tag}{attributes}><strong>{escape(verdict)}</strong> "
        f"<span>{_inline(explanation)}</span></{tag}>"
    )


def _inline(text: str) -> str:
    """Escape a text and mark text between backticks as code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


def question_text(question: Choice | Numeric, number: str) -> tuple[str, str]:
    """Return the question as plain text, and its answer."""
    if isinstance(question, Choice):
        answers = tuple(question.answers)
        lines = [
            f"   ({letter}) {text}"
            for letter, (text, _, _) in zip(ascii_lowercase, answers, strict=False)
        ]
        _, _, explanation = answers[question.right]
        solved = f"({ascii_lowercase[question.right]}) {explanation}"
    else:
        lines = []
        solved = f"{question.shown(question.answer)} {question.unit}".strip()
        solved += f". {question.explanation}"
    return "\n".join([f"{number}{question.question}", *lines]), f"{number}{solved}"
