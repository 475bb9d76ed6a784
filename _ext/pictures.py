"""Pictures of pages as WebP of few colours, which takes about a third of the bytes of PNG.

The notebooks keep their PNG.
"""

import re
from pathlib import Path
from typing import Any

from PIL import Image
from sphinx.application import Sphinx

COLOURS = 256


def to_webp(picture: Path) -> Path:
    """Replace a PNG by a WebP of at most 256 colours, each the nearest to those it stands for."""
    target = picture.with_suffix(".webp")
    with Image.open(picture) as opened:
        flat = Image.new("RGBA", opened.size, "white")
        flat.alpha_composite(opened.convert("RGBA"))
        few = flat.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.convert("RGB").save(target, lossless=True, quality=100)
    picture.unlink()
    return target


def convert(app: Sphinx, exception: Exception | None) -> None:
    """Convert the pictures of the pages (event ``build-finished``)."""
    folder = Path(app.outdir) / "_images"
    if exception or app.builder.format != "html" or not folder.is_dir():
        return
    made = {picture.name: to_webp(picture).name for picture in sorted(folder.glob("*.png"))}
    if not made:  # nothing was written
        return
    address = re.compile(r'(_images/)([\w.-]+\.png)(?=")')
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(address.sub(lambda m: m[1] + made.get(m[2], m[2]), text), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Act before the pages are published."""
    app.connect("build-finished", convert, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
