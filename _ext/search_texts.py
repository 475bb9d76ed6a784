"""The texts of all pages, from which the search takes its excerpts.

Sphinx's search fetches each page that it finds.  A browser forbids that for a book opened from a
disk, and a page with players is large.  Here the search page loads one script with all texts.
"""

import json
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from sphinx.application import Sphinx

TEXTS = "search_texts.js"
EXCERPTS = "search_excerpts.js"
WORDS = "found_words.js"

SILENT = (
    "script, style, svg, noscript, button, .headerlink, .katex-mathml, vector-player, "
    "kl-questions details, details.hide, .cell_output .text_html"
)
"""What is no text, is folded code, or would give answers away."""

LARGE = re.compile(r"<(script|style|svg|math)\b.*?</\1>", re.DOTALL)
"""The part of it that is most of a page, and is dropped before the page is parsed."""


def section_texts(body: str) -> list[tuple[str, str]]:
    """Return the id and the text of each section and glossary entry of a page, in order.

    Examples
    --------
    >>> section_texts('<section id="a"><h1>A</h1>b<section id="c">d<script>e</script></section>')
    [('a', 'A b'), ('c', 'd')]
    """
    page = BeautifulSoup(LARGE.sub("", body), "html.parser")
    for element in page.select(SILENT):
        element.decompose()
    found = []
    for element in page.select("section[id], dt[id]"):
        parts = [element]
        if element.name == "dt":
            parts += [element.find_next_sibling("dd") or element]
        words = [string for part in parts for string in part.strings if owner(string) is element]
        text = re.sub(r"\s+", " ", " ".join(words)).strip()
        text = re.sub(r" (?=[.,;:!?)\]])|(?<=[(\[]) ", "", text)  # where elements met
        if text:
            found.append((element["id"], text))
    return found


def owner(string: Any) -> Tag | None:
    """Return the innermost section or glossary entry of a string."""
    for parent in string.parents:
        if parent.name == "section" and parent.get("id"):
            return parent
        if parent.name == "dd":
            term = parent.find_previous_sibling("dt")
            if term is not None and term.get("id"):
                return term
        if parent.name == "dt" and parent.get("id"):
            return parent
    return None


def safe_titles(index: str) -> str:
    """Escape the titles of sections in Sphinx's index; the search writes them as HTML.

    Those of pages are HTML already.
    """
    head, content, tail = re.fullmatch(r"(.*?\()(\{.*\})(\).*)", index, re.DOTALL).groups()
    parsed = json.loads(content)
    pages = set(parsed["titles"])
    parsed["alltitles"] = {
        title if title in pages else escape(title, quote=False): places
        for title, places in parsed["alltitles"].items()
    }
    return head + json.dumps(parsed, ensure_ascii=False, separators=(",", ":")) + tail


class SearchTexts:
    """The texts of the pages that one build writes."""

    def __init__(self) -> None:
        self.texts: dict[str, list[tuple[str, str]]] = {}

    def collect(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        """Keep the text of a page, and choose its scripts (event ``html-page-context``)."""
        if doctree is not None:
            self.texts[pagename] = section_texts(context.get("body", ""))
        # It marks parts of words, in menus too, and only on the first page that is opened.
        scripts = context["script_files"]
        scripts[:] = [one for one in scripts if "sphinx_highlight" not in str(one.filename)]
        if pagename == "search":
            app.add_js_file(TEXTS, loading_method="defer")
            app.add_js_file(EXCERPTS, loading_method="defer")
        elif doctree is not None:
            app.add_js_file(WORDS, loading_method="defer")

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the texts, and make the titles safe (event ``build-finished``)."""
        if exception or app.builder.format != "html" or not self.texts:
            return
        texts = json.dumps(self.texts, ensure_ascii=False, separators=(",", ":"))
        static, index = (Path(app.outdir) / name for name in ("_static", "searchindex.js"))
        (static / TEXTS).write_text(f"var SEARCH_TEXTS={texts};", encoding="utf-8")
        for script in (EXCERPTS, WORDS):
            shutil.copyfile(Path(__file__).with_name(script), static / script)
        index.write_text(safe_titles(index.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Act before the rules of the style sheets are chosen, which reads the scripts."""
    texts = SearchTexts()
    app.connect("html-page-context", texts.collect, priority=600)
    app.connect("build-finished", texts.write, priority=550)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
