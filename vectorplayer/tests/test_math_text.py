"""Mathtext that can be read without being typeset."""

import matplotlib.mathtext
import pytest
from matplotlib import _mathtext

from vectorplayer import compat
from vectorplayer.write import math_text
from vectorplayer.write.math_text import math_as_text

CASES = {
    r"\alpha \beta": "αβ",
    r"\mu = 3": "μ = 3",
    r"x\to 0": "x → 0",
    r"x \not= y": "x ≠ y",
    r"a - b": "a − b",
    r"x_1^2": "x₁²",
    r"x_{ij}": "xᵢⱼ",
    r"x_\mathrm{max}": "x_max",
    r"D_{KL}": "D_KL",
    r"\Sigma^{-1}": "Σ⁻¹",
    r"\mathbf{x}^\top \mathbf{y}": "x^⊤ y",
    r"e^{-x^2 / 2}": "e^(−x² / 2)",
    r"x_{i,j}": "x_(i,j)",
    r"\frac{1}{2}": "1/2",
    r"\frac{1}{2}\sigma^2": "1/2 σ²",
    r"\frac{a + b}{2 c}": "(a + b)/(2 c)",
    r"\frac{\partial f}{\partial x}": "∂f/∂x",
    r"\dfrac{dy}{dx}": "dy/dx",
    r"\sqrt{x}": "√x",
    r"\sqrt{2\pi}": "√(2π)",
    r"\sqrt[3]{x+1}": "∛(x+1)",
    r"\sqrt[n]{x}": "ⁿ√x",
    r"\binom{n}{k}": "(n choose k)",
    r"\genfrac{[}{]}{0}{0}{a}{b}": "[a/b]",
    r"\overset{!}{=}": "=^!",
    r"\underset{x}{y}": "yₓ",
    r"\hat{\mu}": "μ̂",
    r"\dot{x}": "ẋ",
    r"\"o": "ö",
    r"\overline{AB}": "A̅B̅",
    r"2\sin\theta\cos x": "2 sin θ cos x",
    r"\sin(x)": "sin(x)",
    r"\lim_{x \to 0} f": "lim_(x → 0) f",
    r"\operatorname{arg\,max}_x": "arg maxₓ",
    r"\sum_{i=1}^n x_i": "∑ᵢ₌₁ⁿ xᵢ",
    r"\int_0^\infty f\,dx": "∫₀^∞ f dx",
    r"f''(x)": "f″(x)",
    r"\left( a \middle| b \right.": "( a | b",
    r"\{a\}": "{a}",
    r"50\%": "50%",
    r"45^\circ": "45°",
    r"\mathcal{N}(0, \mathrm{I})": "N(0, I)",
    r"\mathbb{R}^n": "ℝⁿ",
    r"\mathbb{1}": "1",
    r"\text{non-zero} a": "non-zero a",
    r"\text{50\%}": "50%",
    "\\sqrt{x\t}\\,\ty": "√x y",
    r"a\hspace{2}b~c": "a b c",
    r"a\phantom{x}b": "a b",
    r"\substack{a \\ b}": "a b",
    r"a\!b": "ab",
    r"p \Vert q": "p ‖ q",
}


@pytest.mark.parametrize("source", CASES)
def test_formulas(source):
    assert math_as_text(source) == CASES[source]


# What Matplotlib itself refuses, and still must not end the recording.
@pytest.mark.parametrize(
    ("source", "expected"),
    [("", ""), ("\\", ""), ("x^", "x"), ("{a", "a"), (r"\nosuch{a}", "nosucha"), (r"\text", "")],
)
def test_broken_formulas(source, expected):
    assert math_as_text(source) == expected


def test_every_symbol_of_matplotlib_has_a_form():
    for name in compat.math_symbols():
        text = math_as_text(rf"\{name}" if name.isalpha() else "x")
        assert text != name
        assert "\\" not in text


def test_every_command_of_matplotlib_is_known():
    """They come from Matplotlib's own parser, so that a new one is noticed here."""
    parser = _mathtext.Parser
    assert parser._function_names <= math_text.FUNCTIONS
    assert {f"math{font}" for font in parser._fontnames} - {"mathbb"} <= math_text.FONTS
    assert set(parser._accent_map) <= math_text.ACCENTS.keys()
    spaces = {name.removeprefix("\\") for name in parser._space_widths} - {"~", "!"}
    assert spaces <= math_text.SPACES


def test_formulas_are_ones_that_matplotlib_draws():
    parser = matplotlib.mathtext.MathTextParser("path")
    for source in CASES:
        if "phantom" not in source or hasattr(_mathtext.Parser, "phantom"):  # since 3.11
            parser.parse(f"${source}$")


def test_without_the_table_names_stand_for_symbols(monkeypatch):
    monkeypatch.setattr(math_text, "SYMBOLS", {})
    assert math_as_text(r"\alpha_1 \leq x") == "alpha₁ leq x"
