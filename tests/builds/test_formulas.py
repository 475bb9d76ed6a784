"""Formulas while the book is built: what is wrong stops a strict build."""

import shutil

import pytest
from formulas import Renderer
from tiny_book import ROOT


def test_wrong_tex_stops_the_build_and_names_the_place(book):
    book.page("second", text=r"A formula $\wrong{x}$ in a line.", code="print(1)")
    result = book.build()
    assert result.status != 0
    assert "second.md" in result.output
    assert r"\wrong" in result.output


def test_style_holds_the_fonts_of_the_formulas_alone(book):
    shutil.copytree(ROOT / "third_party", book.folder / "third_party")
    text = "A formula $x^2$, and\n\n$$\n\\int_0^1 \\mathbf{A}\\,dx\n$$ (eq-one)\n\nby {eq}`eq-one`."
    book.page("second", text=text, code="print(1)")
    result = book.build()
    assert result.status == 0, result.output
    style = (book.pages / "_static" / "formulas.css").read_text("utf-8")
    for family, expected in {"Math": 1, "Main": 2, "Size2": 1, "Fraktur": 0}.items():
        assert style.count(f"@font-face{{font-family:KaTeX_{family};") == expected
    assert "formulas.css" in book.html("second")
    assert "formulas.css" not in book.html("index")


@pytest.mark.parametrize("tex", [r"\frac{1}", "ä"])
def test_what_katex_rejects_or_only_tolerates_is_an_error(tex):
    renderer = Renderer()
    try:
        assert "error" in renderer.render(tex, False)
        assert renderer.render("x", False)["html"].startswith('<span class="katex">')
    finally:
        renderer.close(None, None)
