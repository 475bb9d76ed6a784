"""Formulas for readers without KaTeX: MathML, with TeX as a description."""

import contextlib
from unicodedata import lookup, name

from bs4 import Tag

APPLY = "\u2061"
"""The invisible operator between a function and its argument."""

OPENING = ("(", "[")
ALPHABETS = {"double-struck": "DOUBLE-STRUCK", "script": "SCRIPT", "bold": "BOLD"}


def to_mathml(article: Tag) -> None:
    """Replace KaTeX's boxes by the MathML that it wrote beside them."""
    for formula in article.select(".katex"):
        math = formula.select_one("math").extract()
        note = math.select_one("annotation")
        math["alttext"] = " ".join(note.get_text().split())
        note.decompose()
        math.semantics.unwrap()
        set_spaces(math)
        set_letters(math)
        display = formula.parent
        (display if "katex-display" in display.get("class", []) else formula).replace_with(math)


def set_spaces(math: Tag) -> None:
    """Set a thin space after the name of a function, as TeX does, unless a bracket opens."""
    for operator in math.find_all("mo", string=APPLY):
        after = operator.find_next_sibling()
        if after is not None and not after.get_text().startswith(OPENING):
            operator["rspace"] = "0.1667em"


def set_letters(math: Tag) -> None:
    """Use the letters that Unicode has for an alphabet; browsers know no other way to it."""
    for tag in math.select("[mathvariant]"):
        alphabet = ALPHABETS.get(tag["mathvariant"])
        if alphabet:
            tag.string = "".join(letter(one, alphabet) for one in tag.get_text())
            del tag["mathvariant"]


def letter(plain: str, alphabet: str) -> str:
    """Return a letter or digit in an alphabet: ``letter("E", "DOUBLE-STRUCK")`` is 𝔼."""
    kind = name(plain).removeprefix("LATIN ").replace(" LETTER", "")
    for prefix in ("MATHEMATICAL ", ""):  # a few, such as ℕ, have had a name for longer
        with contextlib.suppress(KeyError):
            return lookup(f"{prefix}{alphabet} {kind}")
    return plain
