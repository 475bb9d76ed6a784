"""The whole book as one page of HTML, with title page, contents and running heads."""

import re
from html import escape

from bs4 import Tag

from .book import Page, plain_text
from .facts import Facts

UNKNOWN = "000"
"""In place of a page number that is not known yet; it takes as much room as most."""

MARK = "\ue000{}\ue001"
"""What stands for the page number of a place; the characters have no meaning elsewhere."""

LONG = 18
"""Lines of code that are kept on one sheet; they take less than a third of it."""

EVERYWHERE = {"Summary", "Exercises", "Further reading", "Answers to the questions",
              "Solutions to the exercises"}  # fmt: skip
"""Sections that every chapter has: bookmarks lead to them, and the contents leave them out."""

HEAD = """<!DOCTYPE html>
<html lang="{facts.language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="stylesheet" href="fonts.css">
<link rel="stylesheet" href="print.css">
<style>{style}</style>
</head>
<body>
<section class="title-page">
{picture}
<h1>{joined}</h1>
<p class="author">{author}</p>
<p class="facts">Version {facts.version}, {date}.<br>{licence}</p>
</section>
"""

BODY = """<link rel="stylesheet" href="formulas.css">
<nav class="contents"><h1>Contents</h1><ol>
{contents}
</ol></nav>
<div hidden>{bookmarks}</div>
{articles}
"""


def book_markup(facts: Facts, pages: list[Page]) -> str:
    """Write the whole book as one page, with a mark wherever a page number belongs."""
    for page in pages:
        add_page_numbers(page)
        name_formulas(page)
        divide_long_cells(page)
    return front_markup(facts, pages, "\n".join(map(running_head, pages))) + BODY.format(
        contents="\n".join(contents(pages)),
        # a print has the places to which there are links, shown or not
        bookmarks="".join(
            f'<a href="#{section["id"]}"></a>' for page in pages for section in sections(page)
        ),
        articles="\n".join(str(page.article) for page in pages),
    )


def front_markup(facts: Facts, pages: list[Page], style: str) -> str:
    """Write the title page, with which the book begins."""
    title = escape(facts.title)
    return HEAD.format(
        facts=facts,
        title=title,
        joined=title.replace("–", "–\u2060"),  # no line may end within the two names
        author=escape(facts.author),
        licence=escape(facts.licence),
        date=f"{facts.date.day} {facts.date:%B %Y}",
        style=style,
        picture=cover_picture(pages),
    )


def add_page_numbers(page: Page) -> None:
    """Say on paper on which page an answer, a solution or an entry of the index stands."""
    for link in page.article.select(".to-answer, .to-solution a"):
        link.append(f" on page {MARK.format(link['href'][1:])}")
    if page.name == "genindex":
        for link in page.article.select("a[href]"):
            link.append(f", {MARK.format(link['href'][1:])}")


def name_formulas(page: Page) -> None:
    """Give each formula its TeX as a description, and leave out its MathML, which nobody sees."""
    for formula in page.article.select(".katex"):
        tex = formula.select_one("annotation").get_text(" ", strip=True)
        formula.select_one(".katex-mathml").decompose()
        # Chromium describes what has the role of an image, and no other formula
        formula.attrs |= {"role": "img", "aria-label": tex}
        formula.select_one(".katex-html").attrs.pop("aria-hidden")


def divide_long_cells(page: Page) -> None:
    """Let a long cell go on on the next sheet; kept whole, it could leave half a sheet empty."""
    for code in page.article.select(".cell_input pre"):
        if code.get_text().count("\n") > LONG:
            code["class"] = ["long"]


def numbered(markup: str, numbers: dict[str, int]) -> str:
    """Put page numbers in the place of their marks."""
    return re.sub("\ue000(.*?)\ue001", lambda found: str(numbers.get(found[1], UNKNOWN)), markup)


def running_head(page: Page) -> str:
    """Write the rules that put the title of a page of the book at the top of its sheets."""
    words = page.heading.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return (
        f'@page p-{page.slug} {{ @top-left {{ content: "{words}"; }} }}\n'
        f"#{page.slug} {{ page: p-{page.slug}; }}"
    )


def cover_picture(pages: list[Page]) -> str:
    """Return the picture of the chapter with which the book shares its subject, the third."""
    for page in pages:
        picture = page.article.select_one("figure.opening svg")
        if picture and page.number in ("", "3"):
            return str(picture)
    return ""


def sections(page: Page) -> list[Tag]:
    """Return the sections of a page that have a bookmark."""
    if page.name in ("api", "genindex"):
        return []
    return [tag for tag in page.article.select("section[id]") if tag.find("h2", recursive=False)]


def contents(pages: list[Page]) -> list[str]:
    """Write the lines of the contents."""
    lines, part = [], ""
    for page in pages:
        if page.part != part:
            part = page.part
            lines.append(f'<li class="part">{escape(part)}</li>')
        lines.append(line("chapter", page.slug, page.number, page.title))
        for section in sections(page):
            words = plain_text(section.h2)
            if words not in EVERYWHERE:
                lines.append(line("section", section["id"], "", words))
    return lines


def line(kind: str, target: str, number: str, title: str) -> str:
    """Write a line of the contents."""
    before = f'<span class="number">{number}</span> ' if number else ""
    return (
        f'<li class="{kind}"><a href="#{target}">{before}<span>{escape(title)}</span>'
        f'<span class="dots"></span> <span class="page">{MARK.format(target)}</span></a></li>'
    )
