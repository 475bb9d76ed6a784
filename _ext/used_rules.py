"""The rules of a style sheet that can apply to a page of the book."""

import re

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
STRING = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|'[^']*'")

PART = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)"']*\)|[{};]""")
"""What braces and semicolons do not count in, or one of them."""


def can_match(selector: str, names: set[str]) -> bool:
    """Tell whether all classes that a selector asks for are known.

    Examples
    --------
    >>> can_match("a.b .c", {"b", "c"}), can_match("a.b .c", {"b"}), can_match("a:not(.c)", set())
    (True, False, True)
    """
    positive = re.sub(r":(not|is|where|has)\([^)]*\)", "", STRING.sub("", selector))
    return names.issuperset(CLASS.findall(positive))


def selectors(text: str) -> list[str]:
    """Split a list of selectors at the commas that stand outside of parentheses."""
    return re.split(r",(?![^(\[]*[)\]])", text)


def blocks(css: str) -> list[tuple[str, str]]:
    """Split a style sheet into pairs of a head and a body; a statement has the body ``;``."""
    found, head, start, depth = [], "", 0, 0
    for part in PART.finditer(css):
        sign = part[0]
        if sign == "{":
            if not depth:
                head, start = css[start : part.start()], part.end()
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                found.append((head.strip(), css[start : part.start()]))
                start = part.end()
        elif sign == ";" and not depth:
            found.append((css[start : part.start()].strip(), ";"))
            start = part.end()
    return found


def used_rules(css: str, names: set[str]) -> str:
    """Return a style sheet without comments and without rules for classes that no page has.

    Parameters
    ----------
    css : str
        A style sheet.
    names : set of str
        The classes in the pages, and all words of their scripts, which may set classes.

    Notes
    -----
    Comments that begin with ``/*!`` hold licences and stay, together, at the head.

    Examples
    --------
    >>> used_rules("a{b:c}.d,.e{f:g}@media print{.h{i:j}}", {"d"})
    'a{b:c}.d{f:g}'
    """
    licences = dict.fromkeys(re.findall(r"/\*!.*?\*/", css, re.DOTALL))
    return "".join(licences) + _used(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL), names)


def _used(css: str, names: set[str]) -> str:
    kept = []
    for head, body in blocks(css):
        if body == ";":
            kept.append(f"{head};")
        elif head.startswith(("@media", "@supports", "@layer", "@container")):
            if inner := _used(body, names):
                kept.append(f"{head}{{{inner}}}")
        elif head.startswith("@"):
            kept.append(f"{head}{{{body}}}")
        elif left := [one.strip() for one in selectors(head) if can_match(one, names)]:
            kept.append(f"{','.join(left)}{{{body}}}")
    return "".join(kept)
