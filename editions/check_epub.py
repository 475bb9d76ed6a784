"""See that an EPUB is whole: ``python -m editions.check_epub FOLDER FILE``.

epubcheck says whether the file is an EPUB; this compares it with the pages in FOLDER.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from .book import Page, read_book
from .stills import STILLS_EACH

DEBIAN = "/usr/share/java/epubcheck.jar"
CONTROLS = ("Show the ", "Hide the ", "Check yourself")
FORBIDDEN = "script, button, input, form, video, iframe, .katex, svg, [style*='var(']"


def faults(pages: list[Page], files: dict[str, str]) -> list[str]:
    """Return what of the pages is missing in the files, and what should not be in them.

    Parameters
    ----------
    pages : list of Page
        The pages as they were built.
    files : dict of str to str
        The texts of the EPUB's files by their names.
    """
    contents = BeautifulSoup(files["nav.xhtml"], "html.parser").get_text("\n")
    found = [f"nav.xhtml: no {page.heading!r}" for page in pages if page.heading not in contents]
    for page in pages:
        name = f"{page.slug}.xhtml"
        if name not in files:
            found.append(f"{name} is missing")
            continue
        file = BeautifulSoup(files[name], "html.parser")
        for what, (expected, seen) in counts(page.article, file).items():
            if expected != seen:
                found.append(f"{name}: {seen} {what}, and {expected} on the page")
        found += [f"{name}: {tag.name}" for tag in file.select(FORBIDDEN)]
        found += [f"{name}: {words!r}" for words in CONTROLS if words in file.get_text()]
        images = [image["src"] for image in file.select("img")]
        found += [f"{name}: no {image}" for image in images if image not in files]
    return found


def counts(article: Tag, file: Tag) -> dict[str, tuple[int, int]]:
    """Return what is counted on a page and in its file."""
    outermost = [
        svg
        for svg in article.select("svg")
        if not svg.find_parent("svg") and not svg.find_parent(class_="katex")
    ]
    moving = [svg for svg in outermost if svg.find_parent("vector-player")]
    pictures = len(outermost) + (STILLS_EACH - 1) * len(moving)
    captions = len(article.select("figcaption"))
    return {
        "pictures": (pictures, len(file.select("img"))),
        "captions": (captions, len(file.select("figcaption"))),
        "formulas": (len(article.select(".katex")), len(file.select("math[alttext]"))),
        "answers": (len(article.select("form.kq, .kl-answer")), len(file.select(".answer"))),
        "solutions": (len(article.select("details.solution")), len(file.select(".solution"))),
    }


def epubcheck(file: str) -> int:
    """Let epubcheck judge a file, and return its status; where it is missing, say so."""
    program = os.environ.get("EPUBCHECK") or DEBIAN
    if not shutil.which("java") or not Path(program).exists():
        print("The EPUB was not checked: epubcheck or Java is missing.", file=sys.stderr)
        return 0
    return subprocess.run(["java", "-jar", program, "--failonwarnings", file]).returncode


def main(folder: str, file: str) -> None:
    """Check a file; end with what is wrong with it."""
    with zipfile.ZipFile(file) as packed:
        names = [name for name in packed.namelist() if name.startswith("EPUB/")]
        files = {
            name.removeprefix("EPUB/"): packed.read(name).decode("utf-8", "replace")
            for name in names
        }
    if found := faults(read_book(Path(folder))[1], files):
        sys.exit("\n".join(found))
    sys.exit(epubcheck(file))


if __name__ == "__main__":
    main(*sys.argv[1:])
