"""The text of a page as plain Markdown: for notebooks in a Jupyter that knows no MyST."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_DIRECTIVE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\} *(?P<title>.*)\n"
    r"(?P<body>(?:.*\n)*?)(?P=fence) *$",
    re.MULTILINE,
)
_OPTIONS = re.compile(r"\A(?::[\w-]+:.*\n)*\n?")
_LABEL = re.compile(r"^:(?:label|name): *(\S+)", re.MULTILINE)
_DISPLAY = re.compile(r"^\$\$\n(?P<body>(?:.*\n)*?)\$\$ \((?P<label>[\w-]+)\) *$", re.MULTILINE)
_ROLE = re.compile(r"\{(?P<name>[\w:]+)\}`(?P<text>[^`<]+?)(?: *<(?P<target>[^`>]+)>)?`")
_LINK = re.compile(r"\[(?P<words>[^][]+)\]\((?:[\w./-]*/)?(?P<page>[\w-]+)\.md(?:#[\w-]+)?\)")
_FRAME = re.compile(r'<a href="#[^"]*">(?P<words>[^<]+)</a>')  # sets a player of the page
_TARGET = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)
_START = re.compile(r"\A(`{3,})\{solution-start\}.*\n(?:.*\n)*?\1 *$", re.MULTILINE)


@dataclass
class Book:
    """What the text refers to: numbers of figures and equations, and names of notebooks."""

    figures: dict[str, str] = field(default_factory=dict)
    equations: dict[str, str] = field(default_factory=dict)
    notebooks: set[str] = field(default_factory=set)


def plain(text: str, book: Book) -> str:
    """Write MyST as plain Markdown.

    Parameters
    ----------
    text : str
        The source of a cell.
    book : Book

    Examples
    --------
    >>> book = Book(figures={"fig-a": "1.2"}, equations={"eq-a": "1.3"}, notebooks={"b"})
    >>> plain("By {eq}`eq-a`, {numref}`the figure <fig-a>` and a {term}`floor`.", book)
    'By (1.3), Fig. 1.2 and a floor.'
    >>> plain("See [B](../b.md) and [Kang (2021)](../references.md#kang2021).", book)
    'See [B](b.ipynb) and Kang (2021).'
    >>> plain('At <a href="#fig-a&frame=57">step 57</a> it is small.', book)
    'At step 57 it is small.'
    """
    start = _START.match(text)
    if start:
        inner = plain(text[start.end() :], book)
        if not inner:
            return "**Solution**"
        return f"<details><summary>Solution</summary>\n\n{inner}\n\n</details>"
    text = _FRAME.sub(r"\g<words>", _TARGET.sub("", text))
    text = _DIRECTIVE.sub(lambda match: _directive(match, book), text)
    text = _DISPLAY.sub(lambda match: _formula(match["body"], match["label"], book), text)
    text = _ROLE.sub(lambda match: _role(match, book), text)
    return _LINK.sub(lambda match: _link(match, book), text).strip("\n")


def _directive(match: re.Match, book: Book) -> str:
    body = match["body"].removesuffix("\n")
    name, title = match["name"], match["title"].strip()
    options = _OPTIONS.match(body + "\n")[0]
    content = (body + "\n")[len(options) :].rstrip("\n")
    if name == "math":
        label = _LABEL.search(options)
        return _formula(content + "\n", label[1] if label else "", book)
    write = _WRITERS.get(name, _quoted)
    return write(title, content, book)


def _formula(body: str, label: str, book: Book) -> str:
    number = book.equations.get(label)
    tag = f"\\tag{{{number}}}\n" if number else ""
    return f"$$\n{body}{tag}$$"


def _quoted(title: str, content: str, book: Book) -> str:
    """Boxes: a quotation that begins with their title."""
    head = f"**{title}**\n\n" if title else ""
    lines = (head + plain(content, book)).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _exercise(title: str, content: str, book: Book) -> str:
    return f"**Exercise: {title}**\n\n{plain(content, book)}"


def _glossary(title: str, content: str, book: Book) -> str:
    entries = []
    for entry in re.split(r"\n\n(?=\S)", content):
        terms, _, explained = entry.partition("\n  ")
        words = " ".join(explained.removeprefix(": ").split())
        entries.append(f"- **{', '.join(terms.splitlines())}**: {words}")
    return "\n".join(entries)


def _nothing(title: str, content: str, book: Book) -> str:
    return ""


_WRITERS: dict[str, Callable[[str, str, Book], str]] = {
    "exercise": _exercise,
    "glossary": _glossary,
    "solution-end": _nothing,
}


def _role(match: re.Match, book: Book) -> str:
    target = match["target"] or match["text"]
    if match["name"] == "numref" and target in book.figures:
        return f"Fig. {book.figures[target]}"
    if match["name"] == "eq" and target in book.equations:
        return f"({book.equations[target]})"
    return match["text"]


def _link(match: re.Match, book: Book) -> str:
    if match["page"] in book.notebooks:
        return f"[{match['words']}]({match['page']}.ipynb)"
    return match["words"]
