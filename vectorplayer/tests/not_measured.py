"""Tests whose branches are not counted, because that would make them two or three times as slow."""

import sys

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Let nothing watch the calls of a test that is marked ``not_measured``.

    The marker ``no_cover`` of pytest-cov has no effect in the processes of xdist: there a second
    measurement goes on while the first one pauses.
    """
    watching = sys.gettrace()
    if item.get_closest_marker("not_measured"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(watching)
