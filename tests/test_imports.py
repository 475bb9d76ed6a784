"""What klhelpers imports: declared packages only, and its own modules only downwards."""

import ast
import re
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from import_graph import import_graph, modules, upward_imports

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "klhelpers"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Sphinx and MyST-NB themselves load what extends them: they are there whenever it runs.
# pandas is needed by those alone who ask for its table.
LOADED_BY = {
    "docutils": {"figures_on_pages.py", "sphinx_ext.py"},
    "myst-nb": {"figures_on_pages.py"},
    "pandas": {"_tables.py"},
    "sphinx": {"sphinx_ext.py"},
}
# What the extra installs is imported here only; what runs without it must not need it.
LOADED_WITH_FIT = {
    "tensorflow": {"_tensorflow_modules.py"},
    "tensorflow-probability": {"_tensorflow_modules.py"},
    "tqdm": {"loop.py"},
}
# TensorFlow Probability imports it and does not ask for it.
NEVER_IMPORTED = {"tf-keras"}


def imported_packages(source):
    """Top-level names of the packages that code imports, at its head or in a function."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def names_of(requirements):
    return {re.match(r"[\w-]+", requirement)[0] for requirement in requirements}


def test_imports_are_found_wherever_they_stand():
    source = """
import a.b, c as d
from e.f import g
from . import h
from .i import j
def lazily():
    if True:
        import k
"""
    assert imported_packages(source) == {"a", "c", "e", "k"}


def test_every_import_is_declared_and_every_dependency_is_imported():
    """The names of these distributions are those of their modules, up to hyphens."""
    declared = names_of(PROJECT["dependencies"])
    fit = names_of(PROJECT["optional-dependencies"]["fit"])
    users = {}
    for path in PACKAGE.rglob("*.py"):
        for name in imported_packages(path.read_text(encoding="utf-8")):
            if name != "klhelpers" and name not in sys.stdlib_module_names:
                users.setdefault(name.replace("_", "-"), set()).add(path.name)
    for name, files in LOADED_BY.items():
        assert users.pop(name) == files
    for name, files in LOADED_WITH_FIT.items():
        assert users.pop(name) == files
    assert set(LOADED_WITH_FIT) == fit - NEVER_IMPORTED
    assert fit >= NEVER_IMPORTED
    assert set(users) == declared


# From the lowest to the highest; parts of one group do not import each other.
ORDER = [
    {"_fit_extra", "_protocols", "_static"},
    {"_tensorflow_modules"},
    {"_shown", "_wide", "nats", "quiet_tensorflow"},
    {"_assertions", "_checks", "_terms", "direction"},
    {"claims"},
    {"distributions", "divergences", "estimators", "tails"},
    {"optima"},
    {"renyi"},
    {"fit"},
    {"draw"},
    {"exercises", "explore", "live", "questions"},
    {"captioned"},
    {"figures_on_pages", "sphinx_ext"},
    {"__init__"},
]


@pytest.fixture(scope="module")
def graph():
    return import_graph(PACKAGE)


def test_imports_run_downwards(graph):
    assert upward_imports(graph, ORDER) == []


def test_no_module_imports_itself_through_others(graph):
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def loads_tensorflow(path):
    """Whether a module imports TensorFlow when it is imported itself, not in a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return "klhelpers.quiet_tensorflow" in ast.unparse(tree)


def test_only_distributions_estimators_and_fits_load_tensorflow():
    loading = {name for name, path in modules(PACKAGE).items() if loads_tensorflow(path)}
    parts = {name.split(".")[1] for name in loading}
    assert parts == {"distributions", "estimators", "fit"}
    assert "klhelpers.fit.trajectory" not in loading


def test_a_trajectory_needs_no_module_that_loads_tensorflow(graph):
    needed, queue = set(), {"klhelpers.fit.trajectory", "klhelpers.draw.animation"}
    while queue:
        needed |= queue
        queue = set().union(*(graph[name] for name in queue)) - needed
    assert not any(
        loads_tensorflow(path) for name, path in modules(PACKAGE).items() if name in needed
    )
