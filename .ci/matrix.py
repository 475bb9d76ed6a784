"""Build the book and run all tests with several Pythons, and compare what the books say.

``python3 matrix.py [--target book] PYTHON ...`` runs ``make test``, or the target that is named,
with one Python after the other, each in a fresh clone of the last commit.  A summary has one line
per Python: its version, the counts of its tests, the seconds, and where the text of its book
differs from that of the first.  What the targets print is kept in ``_build/matrix/``.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOGS = ROOT / "_build" / "matrix"
OF_THIS_BUILD = {"status.html"}
"""Pages that name the versions of packages, which differ between Pythons."""


def main():
    """Try all Pythons; end with an error if one is missing, fails, or makes another book."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--target", default="test", choices=["book", "test"])
    parser.add_argument("pythons", nargs="+", metavar="PYTHON")
    options = parser.parse_args()
    if subprocess.run(["git", "diff", "--quiet", "HEAD"], cwd=ROOT, check=False).returncode:
        print("The last commit is built, without the changes that are not committed.", flush=True)
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    first, good, lines = None, True, []
    for number, python in enumerate(options.pythons):
        version = version_of(python)
        if version is None:
            good = False
            lines.append(f"{python}: missing, or it does not run")
            continue
        log = LOGS / f"{number}-python{version}.log"
        print(f"make {options.target} with Python {version}; see {log}", flush=True)
        passed, seconds, texts = run(shutil.which(python), options.target, log)
        verdict = "no book" if not texts else "the book to compare with"
        if texts and first:
            verdict = difference(first, texts)
        good &= passed and verdict in ("same text", "the book to compare with")
        first = first or texts
        end = "passed" if passed else "FAILED"
        lines.append(f"{python}: {version}, {end}: {counts(log)}, {seconds:.0f} s, {verdict}")
    print(*lines, sep="\n")
    sys.exit(not good)


def version_of(python):
    """Return the version of an interpreter, or None if there is none of this name."""
    look = [python, "-c", "import platform; print(platform.python_version())"]
    try:
        return subprocess.run(look, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def run(python, target, log):
    """Run a target in a fresh clone; tell whether it passed, its seconds, and the book's text."""
    # Variables of the command line are those of the clone, not of the make that called this.
    variables = {name: v for name, v in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS")}
    with tempfile.TemporaryDirectory() as scratch, log.open("w", encoding="utf-8") as output:
        clone = Path(scratch) / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        start = time.monotonic()
        done = subprocess.run(
            ["make", target, f"PYTHON={python}"],
            cwd=clone,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        seconds = time.monotonic() - start
        return done.returncode == 0, seconds, texts_of(clone / "_build" / "html")


def counts(log):
    """Add up what the closing lines of pytest say, as ``3 passed, 1 failed``."""
    total = Counter()
    for line in log.read_text("utf-8", errors="replace").splitlines():
        if re.search(r" in \d+\.\d+s\b", line):
            for number, what in re.findall(r"(\d+) (passed|failed|skipped|error)", line):
                total[what] += int(number)
    return ", ".join(f"{total[what]} {what}" for what in total) or "no tests"


def texts_of(html):
    """Return the text of each page, by its path, as a list of pieces."""
    return {
        path.relative_to(html).as_posix(): text_of(path.read_text("utf-8"))
        for path in sorted(html.rglob("*.html"))
        if path.name not in OF_THIS_BUILD
    }


def text_of(page):
    """Return what is seen or read aloud: text nodes, and what stands in for pictures."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.pieces


class _Reader(HTMLParser):
    """Collects the text of a page, without scripts and styles, and with spaces made equal."""

    def __init__(self):
        super().__init__()
        self.pieces = []

    def handle_starttag(self, tag, attrs):
        self._keep(*(value for name, value in attrs if name in ("alt", "aria-label", "title")))

    def handle_data(self, data):
        if self.cdata_elem is None:
            self._keep(data)

    def _keep(self, *texts):
        self.pieces += [" ".join(text.split()) for text in texts if text and text.strip()]


def difference(one, other):
    """Say where the second book differs from the first, or that it has the same text."""
    pages = sorted(name for name in one | other if one.get(name) != other.get(name))
    if not pages:
        return "same text"
    pairs = zip_longest(one.get(pages[0], []), other.get(pages[0], []), fillvalue="")
    here, there = next(pair for pair in pairs if pair[0] != pair[1])
    return f"differs on {len(pages)} pages; first on {pages[0]}: {there!r} instead of {here!r}"


if __name__ == "__main__":
    main()
