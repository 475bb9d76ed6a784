"""A plugin of pytest: tests that need a browser, or another interpreter, are left out.

Mutants are tried by the hundred, and each in a process that is forked from one where everything is
imported; a browser or an interpreter would have to be started anew for each.
"""

SLOW = {"browser", "chromium", "new_page", "run_python"}
"""Fixtures."""


def pytest_configure(config):
    """Make the marks of pytest-cov and pytest-xdist known, which are not loaded here."""
    config.addinivalue_line("markers", "no_cover: pytest-cov does not watch the test")
    config.addinivalue_line("markers", "xdist_group(name): one process of pytest-xdist runs it")


def pytest_collection_modifyitems(config, items):
    """Deselect them."""
    slow = [item for item in items if SLOW.intersection(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]
