"""List the pages that a change of the repository changes, in ``_build/changes.md``.

``python changes.py COMMIT`` builds the book of a commit in a clone of its own, and compares its
pages with those in ``_build/html``.  Builds of equal sources are equal to the byte, so that every
difference comes from the change.
"""

import difflib
import hashlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from reproduce import run, sums
from sbom import ROOT

BLOCKS = ["h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "td", "th", "figcaption", "summary", "pre"]
"""Elements whose text is a line of the list, or several lines of code."""

SILENT = "script, style, svg, .katex-html, .headerlink"
"""What is no text: pictures, and what stands on the page twice."""

LONGEST = 60
"""Lines of a page that are shown."""


@dataclass(frozen=True)
class Page:
    """What is compared of a page: its title, its lines of text, and a digest of each figure."""

    title: str
    lines: list[str]
    figures: dict[str, str]
    article: str

    @classmethod
    def read(cls, text):
        """Read the HTML of a page."""
        page = BeautifulSoup(text, "html.parser")
        article = page.select_one("article") or page.select_one(".bd-article-container") or page
        title = article.h1.get_text().rstrip("#¶") if article.h1 else ""
        figures = {}
        for figure in article.select("figure[id]"):
            drawn = "".join(str(part) for part in figure.children if part.name != "figcaption")
            figures[figure["id"]] = hashlib.sha256(drawn.encode()).hexdigest()
        whole = str(article)
        for element in article.select(SILENT):
            element.decompose()
        return cls(title, list(lines_of(article)), figures, whole)


def lines_of(article):
    """Yield the text of each block that has no block in it, and the lines of code."""
    for block in article.find_all(BLOCKS):
        if block.name == "pre":
            yield from (line for line in block.get_text().splitlines() if line.strip())
        elif not block.find(BLOCKS) and (text := " ".join(block.get_text().split())):
            yield text


def compared(old, new):
    """Return the changed lines, each with its sign, and the names of the changed figures."""
    difference = list(difflib.unified_diff(old.lines, new.lines, n=0, lineterm=""))[2:]
    lines = [line for line in difference if not line.startswith("@@")]
    names = old.figures.keys() | new.figures.keys()
    return lines, sorted(name for name in names if old.figures.get(name) != new.figures.get(name))


HEAD = """
| page | title | | lines added | lines removed | changed figures |
| --- | --- | --- | ---: | ---: | --- |"""


def report(old, new, commit):
    """Return what differs between the folders of two books, as Markdown."""
    before, after = sums(old), sums(new)
    names = sorted(name for name in before | after if before.get(name) != after.get(name))
    rows, folds, around = [], [], 0
    for name in (name for name in names if name.endswith(".html")):
        pages = [
            Page.read((folder / name).read_text("utf-8") if name in there else "")
            for folder, there in ((old, before), (new, after))
        ]
        kind = "new" if name not in before else "removed" if name not in after else "changed"
        if kind == "changed" and pages[0].article == pages[1].article:
            around += 1
            continue
        lines, figures = compared(*pages)
        added = sum(line.startswith("+") for line in lines)
        title = (pages[1].title or pages[0].title).replace("|", r"\|")
        cells = [f"`{name}`", title, kind, str(added), str(len(lines) - added), ", ".join(figures)]
        rows.append(f"| {' | '.join(cells)} |")
        if kind == "changed" and lines:
            folds.append(fold(name, lines))
    parts = ["# Changed pages", f"\nCompared with {commit}: {count(len(rows), 'page')}."]
    if rows:
        parts += [HEAD, *rows]
    if around:
        parts.append(f"\nChanged outside of the text only: {count(around, 'page')}.")
    if others := [f"`{name}`" for name in names if not name.endswith(".html")]:
        parts.append(f"\nOther files: {', '.join(others)}.")
    return "\n".join([*parts, *folds, ""])


def fold(name, lines):
    """Return the changed lines of a page as a fold."""
    fence = "`" * max([3, *(len(run) + 1 for line in lines for run in re.findall("`+", line))])
    more = [f"({len(lines) - LONGEST} more)"] if len(lines) > LONGEST else []
    text = "\n".join([fence + "diff", *lines[:LONGEST], *more, fence])
    return f"\n<details><summary>{name}</summary>\n\n{text}\n\n</details>"


def count(number, what):
    """Return a number and a word in the right form."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def main():
    """Build the book of a commit and write the list."""
    named = sys.argv[1]
    found = subprocess.run(
        ["git", "rev-parse", "--verify", "--end-of-options", f"{named}^{{commit}}"],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if found.returncode:
        sys.exit(f"There is no commit {named!r} here. Name one: make changes BASE=main")
    commit = found.stdout.strip()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "base"
        print(f"Building {commit[:12]} in {folder}", flush=True)
        run(["git", "clone", "--quiet", "--no-checkout", ROOT, folder], cwd=ROOT)
        run(["git", "checkout", "--quiet", "--detach", commit], cwd=folder)
        command = ["make", "book", f"PYTHON={sys.executable}"]
        run(command, cwd=folder, stdout=subprocess.DEVNULL)
        text = report(folder / "_build" / "html", ROOT / "_build" / "html", f"`{commit[:12]}`")
    place = ROOT / "_build" / "changes.md"
    place.write_text(text, "utf-8")
    print(text)
    print(f"The list is in {place.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
