"""Display lists as SVG elements."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import numpy as np

from vectorplayer.record.pathdata import path_data
from vectorplayer.types import DisplayList, Shape, width

MANY = 50  # elements from which on what they have in common is written once, around them
WORTH = 4000  # characters that a definition has to save
REFERENCE = 12  # characters that a reference takes

Style = tuple[tuple[str, str], ...]


class Styles(Protocol):
    """Styles by number."""

    def __getitem__(self, number: int, /) -> Style:
        """Return a style."""
        ...


NO_IDS: Mapping[str, str] = {}


def definitions(lists: Iterable[DisplayList], shapes: list[Shape], prefix: str) -> dict[str, str]:
    """Return an id for each outline that is drawn so often that it is worth a definition.

    Such as the marker of a scatter plot.  The ids start with ``prefix``; most pictures need none.
    """
    uses = Counter(shape for display in lists for shape in display.shapes)
    saved = {
        text: (count - 1) * (len(text) - REFERENCE)
        for (kind, text), count in ((shapes[shape], count) for shape, count in uses.items())
        if kind == "placed"
    }
    often = [text for text, characters in saved.items() if characters >= WORTH]
    return {text: f"{prefix}{number}" for number, text in enumerate(often)}


def defs(ids: Mapping[str, str]) -> str:
    """Write the definitions."""
    if not ids:
        return ""
    paths = "".join(f'<path id="{name}" d="{text}"/>' for text, name in ids.items())
    return f"<defs>{paths}</defs>"


def svg_items(
    display: DisplayList | None,
    shapes: list[Shape],
    styles: Styles,
    ids: Mapping[str, str] = NO_IDS,
) -> str:
    """Write the items of a display list as SVG elements; ``ids`` as `definitions` gives them."""
    if display is None:
        return ""
    used = set(display.styles)
    around = _common([styles[number] for number in used]) if len(display.styles) >= MANY else ()
    own = {number: tuple(p for p in styles[number] if p not in around) for number in used}
    elements, at = [], 0
    flat: list[str] = []  # outlines that can share one element
    flat_style: Style = ()

    def flush() -> None:
        if flat:
            elements.append(_element("path", (*flat_style, ("d", "".join(flat)))))
            flat.clear()

    for number, shape in zip(display.styles, display.shapes, strict=True):
        style, (kind, text) = own[number], shapes[shape]
        size = width((kind, text))
        numbers = display.numbers[at : at + size]
        at += size
        if kind == "placed" and text not in ids and _is_flat(styles[number]):
            if style != flat_style:
                flush()
                flat_style = style
            flat.append(f"M{numbers[0]} {numbers[1]}{text}")
        else:
            flush()
            elements.append(_item(kind, text, style, numbers, ids))
    flush()
    return f"<g{_attributes(around)}>{''.join(elements)}</g>" if around else "".join(elements)


def _common(styles: list[Style]) -> Style:
    """Return the attributes that all styles have."""
    return tuple(pair for pair in styles[0] if all(pair in style for style in styles))


def _is_flat(style: Style) -> bool:
    """Tell whether overlaps cannot be seen: an opaque fill without a line, as letters have."""
    return len(style) == 1 and style[0][0] == "fill"


def _item(kind: str, text: str, style: Style, numbers: np.ndarray, ids: Mapping[str, str]) -> str:
    if kind == "path":
        points = np.cumsum(numbers.reshape(-1, 2), axis=0)
        return _element("path", (*style, ("d", path_data(text, points))))
    names = ("x", "y") if kind == "placed" else ("x", "y", "width", "height")
    box = tuple(zip(names, map(str, numbers.tolist()), strict=True))
    if kind == "image":
        return _element("image", (*style, *box, ("preserveAspectRatio", "none"), ("href", text)))
    if text in ids:
        return _element("use", (*style, *box, ("href", f"#{ids[text]}")))
    place = f"translate({numbers[0]} {numbers[1]})"
    return _element("path", (*style, ("transform", place), ("d", text)))


def _element(tag: str, attributes: Style) -> str:
    return f"<{tag}{_attributes(attributes)}/>"


def _attributes(attributes: Style) -> str:
    return "".join(f' {name}="{value}"' for name, value in attributes)


def clipped(content: str, clip: tuple[Any, ...] | None) -> str:
    """Wrap elements in what clips them; a nested ``svg`` needs no id, unlike ``clipPath``."""
    if clip is None or not content:
        return content
    x, y, w, h, d = clip
    if d:
        content = f"<g style=\"clip-path:path('{d}') view-box\">{content}</g>"
    # The style holds against a page's rules for pictures, such as ``svg {height: auto}``.
    return (
        f'<svg x="{x}" y="{y}" width="{w}" height="{h}" viewBox="{x} {y} {w} {h}"'
        f' style="width:{w}px;height:{h}px;max-width:none">{content}</svg>'
    )
