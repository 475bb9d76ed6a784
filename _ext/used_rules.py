"""The rules of a style sheet that can apply to a page of the book."""

import re
from itertools import pairwise

import tinycss2
from tinycss2.ast import Node

NESTED = {"media", "supports", "layer", "container"}  # at-rules that hold rules


def used_rules(css: str, names: set[str]) -> str:
    """Return a style sheet without comments and without rules for classes that no page has.

    Parameters
    ----------
    css : str
        A style sheet.
    names : set of str
        The classes in the pages, and all words of their scripts, which may set classes.

    Raises
    ------
    ValueError
        If the style sheet cannot be parsed.

    Notes
    -----
    Comments that begin with ``/*!`` hold licences and stay, together, at the head.

    Examples
    --------
    >>> used_rules("a{b:c}.d,.e{f:g}@media print{.h{i:j}}", {"d"})
    'a{b:c}.d{f:g}'
    """
    licences = dict.fromkeys(re.findall(r"/\*!.*?\*/", css, re.DOTALL))
    return "".join(licences) + _used(tinycss2.parse_stylesheet(css), names)


def text(tokens: list[Node]) -> str:
    """Write tokens as CSS, without comments."""
    return tinycss2.serialize([token for token in tokens if token.type != "comment"]).strip()


def can_match(selector: list[Node], names: set[str]) -> bool:
    """Tell whether all classes that a selector asks for are known.

    Brackets and functions such as ``:not()`` are tokens of their own, so that the classes in them
    do not count.
    """
    return all(
        token.value in names
        for before, token in pairwise(selector)
        if before == "." and token.type == "ident"
    )


def selectors(prelude: list[Node]) -> list[list[Node]]:
    """Split the tokens before a rule's block at their commas."""
    found: list[list[Node]] = [[]]
    for token in prelude:
        if token == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _used(rules: list[Node], names: set[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "error":
            raise ValueError(f"line {rule.source_line} of a style sheet: {rule.message}")
        if rule.type == "qualified-rule":
            if heads := [text(one) for one in selectors(rule.prelude) if can_match(one, names)]:
                kept.append(f"{','.join(heads)}{{{text(rule.content)}}}")
        elif rule.type == "at-rule":
            head = f"@{rule.at_keyword} {text(rule.prelude)}".strip()
            if rule.content is None:
                kept.append(f"{head};")
            elif rule.lower_at_keyword not in NESTED:
                kept.append(f"{head}{{{text(rule.content)}}}")
            elif inner := _used(tinycss2.parse_rule_list(rule.content), names):
                kept.append(f"{head}{{{inner}}}")
    return "".join(kept)
