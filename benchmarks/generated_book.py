"""Books of generated chapters, with the settings, extensions and packages of the real book.

Each chapter does in small what a chapter of the book does; chapter_of_bigger_books.md is its text.
No two have the same code, so that the cache takes none for another.
"""

import shutil
import string
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "builds"))

from tiny_book import TinyBook  # noqa: E402

COPIED = ("_config.yml", "references.bib", "references.md")
LINKED = ("LICENSE", "klhelpers", "pyproject.toml", "requirements.txt", "third_party",
          "vectorplayer")  # fmt: skip
"""What `TinyBook` leaves out of a book: pages depend on it, or offer it as a download."""

INDEX = """# Generated chapters

| chapter | minutes of reading | what it asks |
| --- | ---: | --- |
{rows}

```{{glossary}}
floor
  The least divergence that any member of the family can reach.
```
"""


class Chapter(string.Template):
    """The text of a chapter, in which ``%number`` and the like stand for what is its own."""

    delimiter = "%"


def chapter(number: int, count: int) -> str:
    """Return the text of one of `count` chapters; the neighbours of the first and last meet."""
    text = Path(__file__).with_name("chapter_of_bigger_books.md").read_text("utf-8")
    before, after = (number - 2) % count + 1, number % count + 1
    return Chapter(text).substitute(number=number, before=before, after=after)


def write_book(folder: Path, count: int) -> TinyBook:
    """Write a book with at least two chapters into a folder that does not exist yet."""
    folder.mkdir(parents=True)
    book = TinyBook.make(folder)
    (folder / "second.md").unlink()
    for name in COPIED:
        shutil.copy(ROOT / name, folder)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    (folder / "chapters").mkdir()
    names = []
    for number in range(1, count + 1):
        names.append(f"chapters/chapter-{number}")
        book.write(f"{names[-1]}.md", chapter(number, count))
    rows = [f"| [Target {k}]({name}.md) | 5 | a fit |" for k, name in enumerate(names, 1)]
    book.write("index.md", INDEX.format(rows="\n".join(rows)))
    parts = [
        {"caption": "Chapters", "numbered": 1, "chapters": [{"file": name} for name in names]},
        {"caption": "Appendix", "chapters": [{"file": "references"}]},
    ]
    contents = {"format": "jb-book", "root": "index", "parts": parts}
    book.write("_toc.yml", yaml.safe_dump(contents, sort_keys=False))
    return book
