"""The pages as the XHTML files of an EPUB."""

from html import escape

from bs4 import Tag

from .book import Page
from .formulas import to_mathml
from .pictures import svg_file

DOCUMENT = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{language}" xml:lang="{language}">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="book.css"/>
</head>
<body epub:type="{kind}">
{body}
</body>
</html>
"""

OWN_ELEMENTS = "kl-live, kl-questions"
"""Elements that only a script of the pages knows."""


def document(title: str, language: str, body: str, kind: str = "bodymatter") -> str:
    """Write a file."""
    return DOCUMENT.format(title=escape(title), language=language, body=body, kind=kind)


def page_files(page: Page, language: str) -> dict[str, str]:
    """Write the file of a page and those of its pictures, by their names.

    The article of the page is changed.
    """
    article = page.article
    files = take_pictures(page)
    to_mathml(article)
    for tag in article.select(OWN_ELEMENTS):
        tag.name = "div"
    for tag in article.find_all(True):
        if tag.name != "img":
            tag.attrs.pop("style", None)
    article.name = "section"
    kind = "chapter" if page.number else "appendix" if page.part else "introduction"
    article.attrs |= {"epub:type": kind, "role": f"doc-{kind}"}
    body = article.decode(formatter="minimal")
    return files | {f"{page.slug}.xhtml": document(page.heading, language, body)}


def take_pictures(page: Page) -> dict[str, str]:
    """Move the pictures of a page into files, and return these."""
    outermost = [
        tag
        for tag in page.article.select("svg")
        if not tag.find_parent("svg") and not tag.find_parent(class_="katex")
    ]
    files = {
        f"pictures/{page.slug}-{number}.svg": svg_file(picture, page.article)
        for number, picture in enumerate(outermost, 1)
    }
    for name, picture in zip(files, outermost, strict=True):
        picture.replace_with(image(picture, name))
    return files


def image(picture: Tag, name: str) -> Tag:
    """Return what shows a file in the place of a picture, with its description."""
    tag = Tag(name="img", can_be_empty_element=True)
    tag.attrs = {"src": name, "alt": picture.get("aria-label", "")}
    if picture.find_parent(class_="vp-panels"):
        share = picture.get("style", "").partition("--p:")[2].partition("%")[0]
        tag.attrs |= {"class": "panel", "style": f"width: {share}%"}
    elif "chapter-picture" in picture.get("class", []):
        tag["class"] = "small"
    return tag
