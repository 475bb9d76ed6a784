"""What klhelpers imports: declared packages only, and its own modules only downwards."""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "klhelpers"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Sphinx itself loads the extension: it is there whenever the extension runs.
LOADED_BY = {"sphinx": {"sphinx_ext.py"}}
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
    declared = {re.match(r"[\w-]+", requirement)[0] for requirement in PROJECT["dependencies"]}
    users = {}
    for path in PACKAGE.rglob("*.py"):
        for name in imported_packages(path.read_text(encoding="utf-8")):
            if name != "klhelpers" and name not in sys.stdlib_module_names:
                users.setdefault(name.replace("_", "-"), set()).add(path.name)
    for name, files in LOADED_BY.items():
        assert users.pop(name) == files
    assert set(users) == declared - NEVER_IMPORTED
    assert declared >= NEVER_IMPORTED
