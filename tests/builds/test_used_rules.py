"""Style sheets keep every rule that can apply to a page."""

import pytest
import tinycss2
from used_rules import can_match, used_rules

NAMES = {"b", "c"}
CSS = [
    ("a{x:y}", "a{x:y}"),
    (".b,.d{x:y}", ".b{x:y}"),
    (".b .d{x:y}", ""),
    (":is(.b,.d){x:y}", ":is(.b,.d){x:y}"),
    ('@charset "a;b";a{x:y}', '@charset "a;b";a{x:y}'),
    ("@media print{.d{x:y}.c{x:y}}.b{x:y}", "@media print{.c{x:y}}.b{x:y}"),
    ("@media print{.d{x:y}}", ""),
    ("@keyframes d{from{x:y}to{x:z}}", "@keyframes d{from{x:y}to{x:z}}"),
    ('.b{x:url("data:,}rotate(1){")}', '.b{x:url("data:,}rotate(1){")}'),
    ("/*! licence */.d{x:y}/* note */.b{x:y}", "/*! licence */.b{x:y}"),
]


@pytest.mark.parametrize(("css", "kept"), CSS)
def test_rules_that_can_apply_are_kept(css, kept):
    assert used_rules(css, NAMES) == kept


@pytest.mark.parametrize(
    ("selector", "possible"),
    [
        ("a", True),
        (".b.c > a", True),
        (".b .d", False),
        ("a:not(.d)", True),
        ('[title=".d"]', True),
    ],
)
def test_selector_needs_all_its_classes(selector, possible):
    assert can_match(tinycss2.parse_component_value_list(selector), NAMES) is possible


def test_what_cannot_be_parsed_is_an_error():
    with pytest.raises(ValueError, match="line 2 of a style sheet"):
        used_rules("a{x:y}\n.b", NAMES)
