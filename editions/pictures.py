"""Figures of the pages as SVG files of their own.

On a page a figure takes its colours from the style sheet, light or dark.  A reading system may
know no style sheet in pictures, so that a file has the colours of the light page, on white.
"""

import copy
import re

from bs4 import BeautifulSoup, Tag

INK = "#1b1f27"
CHAPTER_PICTURE = {
    "p": {"stroke-dasharray": "4.5 3"},
    "q": {"stroke": "#009e73"},
    "reverse": {"stroke": "#0057a8"},
    "forward": {"stroke": "#d55e00", "stroke-dasharray": "10 2.5 2 2.5"},
    "reference": {"stroke-dasharray": "1.5 2.5"},
}
"""Lines of the small pictures at the heads of chapters, as in ``_static/notes.css``."""

VARIABLE = re.compile(r"--(\w+):((?:[^;()]|\([^;]*\))*)")
LIGHT = re.compile(r"light-dark\((#[0-9a-f]+),")
USED = re.compile(r"var\(--(\w+)\)")
SCREEN_ONLY = ("style", "class", "role", "aria-label", "aria-hidden", "data-text", "data-slot")


def svg_file(picture: Tag, page: Tag) -> str:
    """Return a picture of a page as the text of a file.

    Parameters
    ----------
    picture : Tag
        The outermost ``svg``; it stays as it is.
    page : Tag
        Where to look for parts that several pictures share.
    """
    svg = copy.copy(picture)
    small = "chapter-picture" in svg.get("class", [])
    colours = light_colours(picture)
    for tag in [svg, *svg.find_all(True)]:
        if small and tag.name == "path":
            style = {"fill": "none", "stroke": INK, "stroke-width": "1.5"}
            tag.attrs |= style | CHAPTER_PICTURE.get(" ".join(tag.get("class", [])), {})
        for name in SCREEN_ONLY:
            tag.attrs.pop(name, None)
        for name, value in tag.attrs.items():
            if isinstance(value, str):
                value = USED.sub(lambda use: colours[use[1]], value)
                tag[name] = value.replace("currentColor", INK)
        if tag.name in ("use", "image") and "href" in tag.attrs:
            tag["xlink:href"] = tag.attrs.pop("href")  # SVG 1.1, which all readers know
    for path in svg.select("path:not([d])"):
        path.decompose()  # a line of which nothing is seen in this frame
    add_shared_parts(svg, page)
    x, y, width, height = svg["viewBox"].split()
    ground = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#ffffff"/>'
    svg.insert(0, BeautifulSoup(ground, "html.parser").rect)
    svg.attrs |= {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:xlink": "http://www.w3.org/1999/xlink",
        "width": width,
        "height": height,
    }
    return f'<?xml version="1.0" encoding="utf-8"?>\n{svg.decode(formatter="minimal")}\n'


def light_colours(picture: Tag) -> dict[str, str]:
    """Return the colours that a picture, or what it stands in, gives names to."""
    colours = {"g": "#ffffff"}
    for tag in reversed([picture, *picture.parents]):
        for name, value in VARIABLE.findall(tag.get("style", "")):
            if found := LIGHT.search(value):
                colours[name] = found[1]
    return colours


def add_shared_parts(svg: Tag, page: Tag) -> None:
    """Add what a picture uses and another one defines: equal parts stand on a page once."""
    own = {tag["id"] for tag in svg.select("[id]")}
    used = {tag["xlink:href"][1:] for tag in svg.select("use")}
    missing = sorted(used - own)
    if missing:
        shared = BeautifulSoup("<defs></defs>", "html.parser").defs
        for name in missing:
            part = page.select_one(f'svg [id="{name}"]')
            shared.append(copy.copy(part))
        svg.insert(0, shared)
