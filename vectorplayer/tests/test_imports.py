"""Imports run downwards: types, then record, watch, write, and never in a circle."""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from import_graph import import_graph, upward_imports

import vectorplayer

# From the lowest to the highest; parts of one group do not import each other.
ORDER = [{"types", "errors", "compat"}, {"record"}, {"watch"}, {"write"}, {"__init__"}]


@pytest.fixture(scope="module")
def graph():
    return import_graph(Path(vectorplayer.__file__).parent)


def test_imports_run_downwards(graph):
    assert upward_imports(graph, ORDER) == []


def test_no_module_imports_itself_through_others(graph):
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


@pytest.fixture
def package(tmp_path):
    """A package of two parts, with every kind of import."""
    files = {
        "__init__": "from .high import top",
        "low": "import os",
        "high/__init__": "attach_stub(__name__, __file__)",
        "high/a": "from ..low import x\ndef lazily():\n    from . import b",
        "high/b": "import demo.low",
    }
    for name, source in files.items():
        path = tmp_path / "demo" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    stub = tmp_path / "demo" / "high" / "__init__.pyi"
    stub.write_text("from .a import top as top\n", encoding="utf-8")
    return tmp_path / "demo"


ORDER_OF_DEMO = [{"low"}, {"high"}, {"__init__"}]


def test_every_kind_of_import_is_seen(package):
    assert import_graph(package) == {
        "demo": {"demo.high.a"},
        "demo.low": set(),
        "demo.high": {"demo.high.a"},
        "demo.high.a": {"demo.low", "demo.high.b"},
        "demo.high.b": {"demo.low"},
    }
    assert upward_imports(import_graph(package), ORDER_OF_DEMO) == []


def test_imports_for_type_checkers_are_none(package):
    code = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from demo.high import top"
    (package / "low.py").write_text(code, encoding="utf-8")
    assert upward_imports(import_graph(package), ORDER_OF_DEMO) == []


@pytest.mark.parametrize(
    "code", ["from demo.high import top", "import demo.high.b", "from . import high"]
)
def test_an_upward_import_is_found(package, code):
    (package / "low.py").write_text(f"def lazily():\n    {code}", encoding="utf-8")
    (found,) = upward_imports(import_graph(package), ORDER_OF_DEMO)
    assert found.startswith("demo.low imports demo.high")


def test_a_circle_within_a_part_is_found(package):
    (package / "high" / "b.py").write_text("from .a import top", encoding="utf-8")
    with pytest.raises(CycleError, match=r"demo\.high\.a"):
        list(TopologicalSorter(import_graph(package)).static_order())


def test_a_part_without_a_place_in_the_order_is_named(package):
    (package / "new.py").touch()
    with pytest.raises(pytest.fail.Exception, match="the declared order lacks new"):
        upward_imports(import_graph(package), ORDER_OF_DEMO)
