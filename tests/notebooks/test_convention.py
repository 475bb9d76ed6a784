"""The pages keep the convention: styles come from `klhelpers`, reverse KL comes first.

The sources are read, so no built book is needed.
"""

import ast
import re
from pathlib import Path

import jupytext
import pytest
from matplotlib import colormaps
from matplotlib.colors import is_color_like, to_rgb

import klhelpers as kl

# Greys such as "0.5" are colours, too, but so are all numbers of a page that are strings.
COLOR_ARGUMENTS = {"color", "colors", "c", "edgecolor", "facecolor", "markerfacecolor", "ec", "fc"}
PLOTS = {"plot", "axhline", "axvline", "stairs", "errorbar", "annotate", "fill_between", "contour"}
INDEX = Path(__file__).parents[2] / "index.md"


def code(path):
    """All code of a page, without the magics of IPython."""
    cells = [cell.source for cell in jupytext.read(path).cells if cell.cell_type == "code"]
    return "\n".join(re.sub(r"^[%!].*", "", source, flags=re.MULTILINE) for source in cells)


def is_color(text):
    """Whether a string names a colour: in words, by digits, or by its place in the cycle."""
    if text == "none" or re.fullmatch(r"[\d.]+|.", text):  # no color; numbers; letters
        return False
    return is_color_like(text)


def colors_written(source):
    """Colours, colour maps and format strings with a colour that code writes out."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if is_color(node.value) or node.value in colormaps:
                found.append(node.value)
        if isinstance(node, ast.keyword) and node.arg in COLOR_ARGUMENTS:
            if isinstance(node.value, ast.Constant):
                found.append(node.value.value)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in PLOTS:
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            found += [
                text
                for text in texts
                if isinstance(text, str) and re.fullmatch(r"[-:.osx]*[bgrcmykw][-:.osx]*", text)
            ]
    return found


def unstyled_curves(source):
    """Calls of ``.plot`` without a style, which take the next colour of Matplotlib's cycle."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "plot"
        and not any(keyword.arg is None for keyword in node.keywords)
    ]


def legends_without_a_place(source):
    """Calls of ``.legend`` that do not say where; Matplotlib warns if their search takes long."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "legend"
        and "loc" not in [keyword.arg for keyword in node.keywords]
    ]


def test_legends_say_where(source):
    """A slow machine would warn, and the build would fail; `loc="best"` never warns."""
    assert legends_without_a_place(code(source)) == []


def test_legends_of_the_package_say_where():
    modules = (INDEX.parent / "klhelpers").rglob("*.py")
    found = {path.name: legends_without_a_place(path.read_text("utf-8")) for path in modules}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_no_page_writes_a_color(source):
    allowed = ["cividis"] if source.stem == "forward-reverse" else []  # the lecture's figure of p
    assert colors_written(code(source)) == allowed


def test_every_curve_of_a_page_has_a_style(source):
    assert unstyled_curves(code(source)) == []


@pytest.mark.parametrize(
    "line",
    [
        "ax.plot(x, color='k')",
        "ax.plot(x, 'k--')",
        "ax.plot(x, 'o:r')",
        "style = {'color': '#0072B2'}",
        "style = dict(ec='0.5')",
        "ax.axhline(0, color='black')",
        "use('tab:blue')",
        "use('C1')",
        "use({'cmap': 'viridis'})",
    ],
)
def test_colors_are_found_however_they_are_written(line):
    assert len(set(colors_written(line))) == 1


@pytest.mark.parametrize("line", ["print('p', 'q', 'k')", "f'{x:.2f}'", "ax.plot(x, '--')"])
def test_other_strings_are_no_colors(line):
    assert colors_written(line) == []


def test_both_directions_are_named_in_their_order(source):
    """In lists and tuples of code, and in the heads of tables."""
    wrong = re.findall(r"\(?\"forward\", \"reverse\"\)?", code(source))
    heads = re.findall(r"^\|.*KL\(p‖q\).*KL\(q‖p\).*\|$", source.read_text(), re.MULTILINE)
    assert wrong + heads == []


WORDS = {"black": (0, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1), "orange": (1, 0.5, 0)}
LINES = {"dashed": "--", "solid": "-", "dotted": ":"}
MARKERS = {"none": "", "circle": "o", "square": "s"}
ROWS = ["p", "q", "reverse", "forward", "reference"]


def test_the_table_on_the_landing_page_is_that_of_the_package():
    text = INDEX.read_text(encoding="utf-8")
    table = text.split("| what is drawn |")[1].split("\n\n")[0].splitlines()[2:]
    assert len(table) == len(ROWS)
    for row, name in zip(table, ROWS, strict=True):
        _, color, line, marker = (cell.strip() for cell in row.strip("|").split("|"))
        style = kl.line_style(name)
        assert nearest(style["color"]) == color.split(",")[0]
        assert LINES.get(line, style["linestyle"]) == style["linestyle"]
        assert (line == "dash-dotted") == isinstance(style["linestyle"], tuple)
        assert MARKERS[marker] == style.get("marker", "")


def nearest(color):
    """Return the word for the hue of a colour."""
    rgb = to_rgb(color)
    if max(rgb) < 0.2:
        return "black"
    scaled = [channel / max(rgb) for channel in rgb]
    return min(
        ("green", "blue", "orange"),
        key=lambda word: sum((a - b) ** 2 for a, b in zip(scaled, WORDS[word], strict=True)),
    )
