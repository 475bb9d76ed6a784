"""Cases of a test that takes long: a few are always run, the others by ``make test-thorough``."""

from collections.abc import Container, Iterable

import pytest


def thoroughly(cases: Iterable[str], always: Container[str]) -> list:
    """Return the parameters of a test, of which some are left out without ``--thorough``."""
    return [
        case if case in always else pytest.param(case, marks=pytest.mark.thorough) for case in cases
    ]
