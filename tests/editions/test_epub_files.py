"""Files of an EPUB: pictures with their own colours, MathML, and what the package says."""

import re
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from editions import epub
from editions.book import fragment
from editions.check_epub import faults
from editions.facts import Facts
from editions.formulas import letter, to_mathml
from editions.links import Links
from editions.pictures import svg_file
from editions.static import make_static

FACTS = Facts("The book", "A & B", "en", "3.1", "MIT", datetime(2026, 1, 2, tzinfo=UTC))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def files(pages, monkeypatch):
    """The files of the EPUB."""
    monkeypatch.setattr(epub, "draw_cover", lambda facts, pages: b"")
    links = Links(pages, files=True)
    for page in pages:
        make_static(page)
        links.rewrite(page)
    return epub.book_files(FACTS, pages)


def test_picture_has_the_colours_of_the_light_page(chapter):
    text = svg_file(chapter.article.svg, chapter.article)
    root = ElementTree.fromstring(text)
    assert root[0].tag == f"{SVG}rect" and root[0].get("fill") == "#ffffff"
    path = root.find(f"{SVG}path")
    assert (path.get("stroke"), path.get("fill")) == ("#009e73", "#ffffff")
    assert root.find(f"{SVG}use").get("{http://www.w3.org/1999/xlink}href") == "#f1"
    assert (root.get("width"), root.get("viewBox")) == ("30", "0 0 30 20")


def test_picture_brings_what_another_one_defines():
    page = fragment('<div><svg><path id="f1" d="M0 0h9"></path></svg>'
                    '<svg viewBox="0 0 1 1"><use href="#f1"></use></svg></div>')  # fmt: skip
    text = svg_file(page.select("svg")[1], page)
    assert text.count('id="f1"') == 1


def test_small_picture_needs_no_style_sheet():
    page = fragment('<div><svg class="chapter-picture" viewBox="0 0 1 1">'
                    '<path class="q" d="M0 0h1"></path></svg></div>')  # fmt: skip
    assert 'stroke="#009e73"' in svg_file(page.svg, page)


@pytest.mark.parametrize(
    ("katex", "mathml"),
    [
        ('<mi mathvariant="double-struck">E</mi>', "<mi>𝔼</mi>"),
        ('<mi mathvariant="normal">Σ</mi>', '<mi mathvariant="normal">Σ</mi>'),
        ("<mi>ln</mi><mo>\u2061</mo><mi>q</mi>",
         '<mi>ln</mi><mo rspace="0.1667em">\u2061</mo><mi>q</mi>'),
        ("<mi>ln</mi><mo>\u2061</mo><mo>(</mo>", "<mi>ln</mi><mo>\u2061</mo><mo>(</mo>"),
    ],
)  # fmt: skip
def test_mathml(katex, mathml):
    page = fragment(
        '<p><span class="katex"><span class="katex-mathml"><math><semantics><mrow>'
        f"{katex}</mrow><annotation>\\ln\n q</annotation></semantics></math></span>"
        "<span class=katex-html>?</span></span></p>"
    )
    to_mathml(page)
    assert str(page) == f'<p><math alttext="\\ln q"><mrow>{mathml}</mrow></math></p>'


def test_letters_that_unicode_has_named_before():
    assert [letter("N", "DOUBLE-STRUCK"), letter("N", "SCRIPT"), letter("1", "BOLD")] == [
        "ℕ",
        "𝒩",
        "𝟏",
    ]
    assert letter("é", "SCRIPT") == "é"  # there is none


def test_files_are_xml_and_listed(files):
    package = ElementTree.fromstring(files["book.opf"])
    listed = {item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")}
    assert listed == set(files) - {"book.opf"}
    for name, content in files.items():
        if name.endswith((".xhtml", ".svg")):
            ElementTree.fromstring(re.sub("<!DOCTYPE html>", "", content))
    assert "A &amp; B" in files["book.opf"]
    assert "2026-01-02T00:00:00Z" in files["book.opf"]
    for feature in ("accessMode", "accessibilityHazard", "accessibilitySummary"):
        assert f"schema:{feature}" in files["book.opf"]


def test_contents_have_numbers_and_sections(files):
    nav = BeautifulSoup(files["nav.xhtml"], "html.parser")
    links = [(a.get_text(), a["href"]) for a in nav.select("nav[role=doc-toc] a")]
    assert links[:3] == [
        ("Introduction", "index.xhtml"),
        ("1 One q", "one.xhtml"),
        ("First", "one.xhtml#one.first"),
    ]


def test_same_book_gives_same_bytes(files, tmp_path):
    for name in ("a.epub", "b.epub"):
        epub.write(tmp_path / name, files, FACTS)
    assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "b.epub").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.epub") as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_check_finds_what_is_missing_and_what_is_too_much(folder, files):
    from editions.book import read_book

    pages = read_book(folder)[1]
    assert faults(pages, files) == []
    files["one.xhtml"] = (
        files["one.xhtml"].replace("<img", "<script></script><b").replace("alttext", "text")
    )
    del files["genindex.xhtml"]
    assert faults(pages, files) == [
        "one.xhtml: 0 pictures, and 1 on the page",
        "one.xhtml: 0 formulas, and 1 on the page",
        "one.xhtml: script",
        "genindex.xhtml is missing",
    ]
