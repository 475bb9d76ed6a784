r"""Mathtext as Unicode text: ``$\frac{1}{2}\sigma^2$`` becomes ``1/2 σ²``.

Matplotlib's own table gives the symbols.  What has no Unicode form is written in the usual
one-line notation, and an unknown command as its name, so that no backslash is left.
"""

import re
import unicodedata

from vectorplayer.write.math_tables import (
    ACCENTS,
    DELIMITERS,
    FONTS,
    FUNCTIONS,
    MARKS,
    OPERATORS,
    PREFIXES,
    PRIMES,
    ROOTS,
    SMALL,
    SPACES,
    SYMBOLS,
)

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|'+|\s+|.", re.DOTALL)

# Spaces that depend on their neighbours: one keeps two words apart, as before and after "sin";
# the other is a space of the source that ends a command, and is kept before operators alone.
SOFT, LOOSE = "\u200a", "\u2009"
BLANKS = " " + SOFT + LOOSE
BEFORE, AFTER = re.escape("([{/^_+−=<>‖|"), re.escape("()[]},.;:^_/" + "".join(sorted(MARKS)))
LOOSE_SPACES = re.compile(rf"{LOOSE}(?=[^\w\s([{{{AFTER}{SOFT}{LOOSE}])")
SOFT_SPACES = re.compile(rf"(?<=[^\s{BEFORE}]){SOFT}+(?=[^\s{AFTER}])")


def math_as_text(source: str) -> str:
    r"""Return a formula, what is between the dollar signs, as text.

    Examples
    --------
    >>> math_as_text(r"\hat{\mu}_1 \leq e^{-x^2} / \sqrt{2\pi}")
    'μ̂₁ ≤ e^(−x²) / √(2π)'
    >>> math_as_text(r"D_{KL}[q \, \| \, p] \approx \frac{a + b}{2}")
    'D_KL[q ‖ p] ≈ (a + b)/2'
    """
    source = re.sub(r"\s+", " ", source)  # a tab is a space like any other
    text = LOOSE_SPACES.sub(" ", _Reader(source).read()).replace(LOOSE, "")
    text = SOFT_SPACES.sub(" ", text).replace(SOFT, "")
    return unicodedata.normalize("NFC", " ".join(text.split()))


class _Reader:
    """Read the tokens of one formula from left to right."""

    def __init__(self, source: str) -> None:
        self._tokens = iter(TOKEN.findall(source))
        self._next = next(self._tokens, None)
        self._commands = {
            "frac": self._fraction, "dfrac": self._fraction, "genfrac": self._general_fraction,
            "binom": self._binomial, "sqrt": self._root, "text": self._verbatim,
            "mathbb": self._double_struck, "overset": lambda: self._annotated("^"),
            "underset": lambda: self._annotated("_"), "phantom": self._gap, "hspace": self._gap,
        }  # fmt: skip

    def read(self, end: str | None = None) -> str:
        """Return everything up to a closing token, or to the end."""
        text = ""
        while self._next is not None and self._next != end:
            text += self._item()
        self._take()
        return text

    def _take(self) -> str | None:
        token, self._next = self._next, next(self._tokens, None)
        return token

    def _argument(self) -> str:
        """Return the group or the single item that a command is followed by."""
        while self._next is not None and self._next.isspace():
            self._take()
        return self._item() if self._next is not None else ""

    def _item(self) -> str:
        token = self._take() or ""
        if token == "{":
            return self.read("}")
        if token in ("^", "_"):
            return _script(token, self._argument())
        if token[0] == "'":
            return PRIMES.get(len(token), PRIMES[1] * len(token))
        if token[0] == "\\" and len(token) > 1:
            return self._command(token[1:])
        return {"-": "−", "~": " ", "\\": ""}.get(token, token)

    def _command(self, name: str) -> str:
        if name in self._commands:
            return self._commands[name]()
        if name in SPACES or name == "\\":
            return " "
        if name == "!":
            return ""
        if name in FONTS:
            return self._argument() if self._next == "{" else ""
        if name in DELIMITERS:
            if self._next == ".":
                self._take()
            return ""
        if name in FUNCTIONS or name == "operatorname":
            word = self._argument() if name == "operatorname" else name
            return SOFT + word + SOFT
        if name in ACCENTS:
            return "".join(letter + ACCENTS[name] for letter in self._argument())
        return self._symbol(SYMBOLS.get(name, name))

    def _symbol(self, symbol: str) -> str:
        """Write a symbol with the space that its command is followed by, which means nothing."""
        if self._next is None or not self._next.isspace():
            return symbol
        if len(symbol) > 1:  # a name
            return symbol
        if symbol.isalpha() or symbol in PREFIXES:
            self._take()
            return symbol + LOOSE
        return " " + symbol  # an operator; the other space follows

    def _fraction(self) -> str:
        above, below = self._argument().strip(BLANKS), self._argument()
        if OPERATORS.intersection(above):
            above = f"({above})"
        return f"{SOFT}{above}/{_atom(below)}{SOFT}"

    def _general_fraction(self) -> str:
        left, right, _, _ = (self._argument() for _ in range(4))
        return left + self._fraction() + right

    def _binomial(self) -> str:
        return f"({self._argument()} choose {self._argument()})"

    def _root(self) -> str:
        degree = ""
        if self._next == "[":
            self._take()
            degree = self.read("]")
        root = ROOTS.get(degree) or _script("^", degree) + "√"
        return root + _atom(self._argument())

    def _verbatim(self) -> str:
        if self._take() != "{":
            return ""
        text, depth = "", 1
        while (token := self._take()) is not None:
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth == 0:
                break
            text += token.removeprefix("\\")
        return text

    def _double_struck(self) -> str:
        return "".join(map(_double_struck, self._argument()))

    def _annotated(self, kind: str) -> str:
        note, body = self._argument(), self._argument()
        return body + _script(kind, note)

    def _gap(self) -> str:
        self._argument()
        return " "


def _double_struck(letter: str) -> str:
    try:
        return unicodedata.lookup(f"DOUBLE-STRUCK CAPITAL {letter}")
    except KeyError:
        return letter  # the others lie in a plane that many fonts do not have


def _script(kind: str, text: str) -> str:
    """Return a superscript (``^``) or a subscript (``_``)."""
    compact = "".join(letter for letter in text if letter not in BLANKS)
    is_word = len(compact) > 2 and compact.isalpha()  # small letters would spell it badly
    if not is_word and all(letter in SMALL[kind] for letter in compact):
        return "".join(SMALL[kind][letter] for letter in compact)
    return kind + (compact if len(compact) == 1 or compact.isalnum() else f"({text.strip(BLANKS)})")


def _atom(text: str) -> str:
    """Put brackets around what could be torn apart: all but a number and one letter."""
    text = text.strip(BLANKS)
    base = "".join(c for c in text if c not in MARKS.union(BLANKS) and not unicodedata.combining(c))
    whole = len(base) == 1 or re.fullmatch(r"[d∂]\w|\d+(\.\d+)?", base)
    return text if whole else f"({text})"
