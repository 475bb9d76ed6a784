"""A font with nothing but the characters that the book uses, as text for a style sheet."""

import base64
import io
import logging
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

logging.getLogger("fontTools").setLevel(logging.WARNING)  # else hundreds of lines a build


def embedded(font: Path, characters: Iterable[str]) -> str:
    """Return a ``url(data:…)`` of the font, cut down to the characters.

    A style sheet that holds its fonts is complete once it is loaded: no text moves or changes
    its look afterwards, and a page needs one file instead of several.
    """
    options = subset.Options(
        flavor="woff2", hinting=False, desubroutinize=True, notdef_outline=True
    )
    with TTFont(font, recalcTimestamp=False) as opened:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(set(characters))))
        cutter.subset(opened)
        opened.flavor = "woff2"
        file = io.BytesIO()
        opened.save(file)
    return f"url(data:font/woff2;base64,{base64.b64encode(file.getvalue()).decode()})"
