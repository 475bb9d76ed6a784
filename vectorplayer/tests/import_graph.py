"""Which modules of a package import which, read from their sources: at the head or in functions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest


def modules(root: Path) -> dict[str, Path]:
    """Names of the package in the folder `root` and of all its modules, with their files."""
    paths = {}
    for path in root.rglob("*.py"):
        parts = (root.name, *path.relative_to(root).with_suffix("").parts)
        paths[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return paths


def lazy_names(path: Path) -> dict[str, str]:
    """Names that the stub beside a package gives it, with the submodules that hold them.

    ``lazy_loader.attach_stub`` reads the same stub.
    """
    stub = path.with_suffix(".pyi")
    if not stub.exists():
        return {}
    imports = [
        node
        for node in ast.parse(stub.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module
    ]
    return {alias.name: node.module for node in imports for alias in node.names}


def import_graph(root: Path) -> dict[str, set[str]]:
    """Map each module of a package to the modules of the same package that it imports."""
    paths = modules(root)
    sources = {name: path.read_text(encoding="utf-8") for name, path in paths.items()}
    lazy = {name: lazy_names(path) for name, path in paths.items()}

    def resolve(base, name):
        """The module that ``from base import name`` needs."""
        if f"{base}.{name}" in paths:
            return f"{base}.{name}"
        if name in lazy.get(base, ()):
            return f"{base}.{lazy[base][name]}"
        return base

    graph = {}
    for name, source in sources.items():
        package = name if paths[name].name == "__init__.py" else name.rpartition(".")[0]
        found = {f"{package}.{module}" for module in lazy[name].values()}
        for node in _executed(ast.parse(source)):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                parents = package.split(".")[: len(package.split(".")) + 1 - node.level]
                base = ".".join([*(parents if node.level else []), *filter(None, [node.module])])
                found.update(resolve(base, alias.name) for alias in node.names)
        graph[name] = {target for target in found if target in paths} - {name}
    return graph


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only type checkers read."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)):
            yield from _executed(child)


def upward_imports(graph: dict[str, set[str]], order: list[set[str]]) -> list[str]:
    """Imports that do not run downwards.

    `order` holds groups of the parts of a package, from the lowest to the highest.  A part is a
    module or a subpackage.  It may import from lower groups and from itself.
    """
    level = {part: place for place, group in enumerate(order) for part in group}

    def part(name):
        return name.split(".")[1] if "." in name else "__init__"

    unknown = {part(name) for name in graph} - set(level)
    if unknown:
        pytest.fail(f"the declared order lacks {', '.join(sorted(unknown))}")
    return [
        f"{name} imports {target}"
        for name, targets in sorted(graph.items())
        for target in sorted(targets)
        if part(name) != part(target) and level[part(target)] >= level[part(name)]
    ]
