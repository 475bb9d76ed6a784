"""Names of mathtext, and the characters that stand for them."""

import unicodedata

from vectorplayer.compat import math_symbols

SYMBOLS = math_symbols() | {
    "|": "‖", "backslash": "∖", "cdot": "·", "degree": "°", "le": "≤", "ge": "≥", "dots": "…",
    "ldots": "…",
}  # fmt: skip
SPACES = {",", ":", ";", ">", "/", " ", "enspace", "quad", "qquad", "thinspace"}
FONTS = {
    "rm", "it", "bf", "bfit", "sf", "tt", "cal", "scr", "frak", "default", "regular", "normal",
    "mathrm", "mathit", "mathbf", "mathbfit", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak",
    "mathdefault", "mathregular", "mathnormal", "boldsymbol", "underline", "llap", "rlap",
    "substack",
}  # fmt: skip
DELIMITERS = {"left", "right", "middle"}  # the next token is a bracket; "." is none
FUNCTIONS = {
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim",
    "exp", "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min",
    "Pr", "sec", "sin", "sinh", "sup", "tan", "tanh",
}  # fmt: skip
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "^": "\u0302", "bar": "\u0304", "overline": "\u0305",
    "tilde": "\u0303", "widetilde": "\u0303", "~": "\u0303", "vec": "\u20d7",
    "overrightarrow": "\u20d7", "overleftarrow": "\u20d6", "dot": "\u0307", ".": "\u0307",
    "ddot": "\u0308", '"': "\u0308", "dddot": "\u20db", "ddddot": "\u20dc", "breve": "\u0306",
    "acute": "\u0301", "'": "\u0301", "grave": "\u0300", "`": "\u0300", "mathring": "\u030a",
    "not": "\u0338",
}  # fmt: skip
ROOTS = {"": "√", "3": "∛", "4": "∜"}
PRIMES = {1: "′", 2: "″", 3: "‴", 4: "⁗"}
OPERATORS = set("+−±∓/·×⋅=<>≤≥≠≈∼→, ")
PREFIXES = set("∂∇∑∏∫√")  # no letters to Unicode, but written without a space after them


def _small_letters(kind: str) -> dict[str, str]:
    """Return the superscripts or subscripts of Unicode, from its own decompositions."""
    found: dict[str, str] = {}
    for code in (*range(0xA0, 0xC0), *range(0x2B0, 0x2E5), *range(0x1D2C, 0x1D6B),
                 *range(0x2070, 0x20A0), 0x2C7C, 0x2C7D):  # fmt: skip
        mark, _, plain = unicodedata.decomposition(chr(code)).partition(" ")
        if mark == f"<{kind}>":
            found.setdefault(chr(int(plain, 16)), chr(code))
    return found


SMALL = {"^": _small_letters("super"), "_": _small_letters("sub")}
SMALL["^"] |= {"*": "*", "∗": "*", "∘": "°", "°": "°"} | {prime: prime for prime in PRIMES.values()}
MARKS = set(SMALL["^"].values()) | set(SMALL["_"].values())
