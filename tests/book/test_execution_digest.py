"""The extension that runs the chapters again after a change of what they import."""

import importlib.util
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def extension():
    spec = importlib.util.spec_from_file_location(
        "execution_digest", ROOT / "_ext" / "execution_digest.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path):
    """A small book's root."""
    (tmp_path / "klhelpers" / "player").mkdir(parents=True)
    (tmp_path / "klhelpers" / "__init__.py").write_text("a = 1\n")
    (tmp_path / "klhelpers" / "player" / "player.js").write_text("let a\n")
    (tmp_path / "requirements.txt").write_text("numpy==2\n")
    (tmp_path / "index.md").write_text("# Title\n")
    return tmp_path


def change(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    "name",
    ["klhelpers/__init__.py", "klhelpers/player/player.js", "klhelpers/new.py", "requirements.txt"],
)
def test_change_of_what_outputs_depend_on_is_noticed(extension, tree, name):
    before = extension.execution_digest(tree)
    change(tree / name, "changed\n")
    assert extension.execution_digest(tree) != before


@pytest.mark.parametrize("name", ["index.md", "klhelpers/__pycache__/a.pyc", "notes.txt"])
def test_change_of_anything_else_is_not(extension, tree, name):
    before = extension.execution_digest(tree)
    change(tree / name, "changed\n")
    assert extension.execution_digest(tree) == before


def test_rename_is_noticed(extension, tree):
    before = extension.execution_digest(tree)
    (tree / "klhelpers" / "__init__.py").rename(tree / "klhelpers" / "other.py")
    assert extension.execution_digest(tree) != before


def test_time_and_place_do_not_count(extension, tree, tmp_path_factory):
    before = extension.execution_digest(tree)
    os.utime(tree / "requirements.txt", (0, 0))
    assert extension.execution_digest(tree) == before
    moved = tree.rename(tmp_path_factory.mktemp("elsewhere") / "book")
    assert extension.execution_digest(moved) == before


def test_version_of_python_counts(extension, tree, monkeypatch):
    before = extension.execution_digest(tree)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert extension.execution_digest(tree) != before


def test_only_the_caches_used_last_are_kept(extension, tmp_path):
    for age, name in enumerate(["one", "two", "three", "four"]):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    (tmp_path / "global.db").write_text("from before")
    extension.prune(tmp_path, "current", kept=3)
    assert {path.name for path in tmp_path.iterdir()} == {"current", "one", "two"}


def test_current_cache_stays_even_when_it_is_the_oldest(extension, tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    os.utime(tmp_path / "old", (0, 0))
    extension.prune(tmp_path, "old", kept=1)
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_cache_of_a_build_is_named_after_the_digest(extension, tree):
    app = SimpleNamespace(srcdir=tree, outdir=tree / "_build" / "html")
    config = SimpleNamespace(nb_execution_cache_path="")
    extension.choose_cache(app, config)
    expected = tree / "_build" / ".jupyter_cache" / extension.execution_digest(tree)
    assert Path(config.nb_execution_cache_path) == expected
    assert expected.is_dir()
    assert config.execution_digest == expected.name


def test_new_digest_makes_sphinx_read_every_page_again(extension):
    values = {}
    app = SimpleNamespace(
        add_config_value=lambda name, default, rebuild, types: values.update({name: rebuild}),
        connect=lambda event, handler: values.update({event: handler}),
    )
    extension.setup(app)
    assert values == {"execution_digest": "env", "config-inited": extension.choose_cache}
