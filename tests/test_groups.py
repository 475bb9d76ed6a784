"""Tests that share a page, or what takes long to prepare, run in one process."""

import pytest


def test_the_group_is_in_the_name_by_which_processes_get_their_tests(request):
    """A pytest that pytest-xdist does not know would prepare everything in each process."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("only with -n and --dist loadgroup")
    assert request.node.nodeid.endswith("@test_groups.py")
