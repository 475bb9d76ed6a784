"""Cases of a test that takes long: a few are always run, the others by ``make test-thorough``."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def thoroughly(cases: Iterable[Any], always: Container[Any]) -> list:
    """Return the parameters of a test, of which some are left out without ``--thorough``.

    A case is the value of the one parameter, or a tuple with a value for each.
    """
    long = pytest.mark.thorough
    return [
        case
        if case in always
        else pytest.param(*(case if isinstance(case, tuple) else [case]), marks=long)
        for case in cases
    ]


def add_option(parser: pytest.Parser) -> None:
    """Add the option that runs all cases."""
    parser.addoption("--thorough", action="store_true", help="run the cases that take long, too")


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Remove the cases that take long, unless all are wanted."""
    if config.getoption("thorough"):
        return
    left_out = [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("thorough")]
