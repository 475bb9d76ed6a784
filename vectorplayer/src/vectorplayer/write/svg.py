"""Display lists as SVG elements."""

import numpy as np

from vectorplayer.record.pathdata import path_data
from vectorplayer.types import DisplayList
from vectorplayer.write.encoding import width


def svg_items(display: DisplayList | None, shapes: list, styles: list) -> str:
    """Write the items of a display list as SVG elements."""
    if display is None:
        return ""
    elements, at = [], 0
    flat: list[str] = []  # outlines that can share one element
    flat_style: tuple = ()

    def flush() -> None:
        if flat:
            elements.append(_element("path", (*flat_style, ("d", "".join(flat)))))
            flat.clear()

    for style_number, shape_number in zip(display.styles, display.shapes, strict=True):
        style, (kind, text) = styles[style_number], shapes[shape_number]
        size = width((kind, text))
        numbers = display.numbers[at : at + size]
        at += size
        if kind == "placed" and len(style) == 1 and style[0][0] == "fill":
            # Opaque and without a line (letters): overlaps cannot be seen.
            if style != flat_style:
                flush()
                flat_style = style
            flat.append(f"M{numbers[0]} {numbers[1]}{text}")
            continue
        flush()
        if kind == "path":
            points = np.cumsum(numbers.reshape(-1, 2), axis=0)
            elements.append(_element("path", (*style, ("d", path_data(text, points)))))
        elif kind == "placed":
            place = f"translate({numbers[0]} {numbers[1]})"
            elements.append(_element("path", (*style, ("transform", place), ("d", text))))
        else:
            box = zip(("x", "y", "width", "height"), map(str, numbers), strict=True)
            ratio = ("preserveAspectRatio", "none")
            elements.append(_element("image", (*style, *box, ratio, ("href", text))))
    flush()
    return "".join(elements)


def _element(tag: str, attributes: tuple[tuple[str, str], ...]) -> str:
    return f"<{tag}" + "".join(f' {name}="{value}"' for name, value in attributes) + "/>"


def clipped(content: str, clip: tuple | None) -> str:
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
