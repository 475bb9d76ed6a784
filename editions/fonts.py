"""The fonts of the PDF.

All come with packages, so that the PDF does not depend on what a machine has installed: Source
Serif and Source Sans for the text, DejaVu for code and for what the others lack.  Outlines must be
TrueType; Chromium would turn others into fonts of PDF's type 3, which look coarse on a screen.
"""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

STYLES = {"Regular": (400, "normal"), "It": (400, "italic"), "Semibold": (600, "normal"),
          "SemiboldIt": (600, "italic"), "Bold": (700, "normal")}  # fmt: skip
DEJAVU = {
    "DejaVuSansMono": ("DejaVu Sans Mono", 400, "normal"),
    "DejaVuSansMono-Oblique": ("DejaVu Sans Mono", 400, "italic"),
    "DejaVuSansMono-Bold": ("DejaVu Sans Mono", 600, "normal"),
    "DejaVuSans": ("DejaVu Sans", 400, "normal"),
    "DejaVuSerif": ("DejaVu Serif", 400, "normal"),
}


def faces() -> Iterator[tuple[Path, str, int, str]]:
    """Yield file, family, weight and style of each font."""
    import font_source_sans_pro
    import font_source_serif_pro
    import matplotlib

    for package, name in ((font_source_serif_pro, "Serif"), (font_source_sans_pro, "Sans")):
        folder = Path(package.__file__).parent / "files"
        for suffix, (weight, style) in STYLES.items():
            yield folder / f"Source{name}Pro-{suffix}.ttf", f"Source {name}", weight, style
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for suffix, face in DEJAVU.items():
        yield folder / f"{suffix}.ttf", *face


def write_fonts(place: Path) -> None:
    """Copy the fonts to a folder, with a style sheet ``fonts.css``."""
    rules = []
    for file, family, weight, style in faces():
        copy(file, place)
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
            f'font-style: {style}; src: url("{file.name}"); }}\n'
        )
    (place / "fonts.css").write_text("".join(rules), "utf-8")
