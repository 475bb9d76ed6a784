"""The digest of what the chapters import: what counts, and what does not."""

import os
import sys

import pytest
from execution_digest import execution_digest


@pytest.fixture
def tree(tmp_path):
    """Write the root of a small book."""
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
def test_change_of_what_outputs_depend_on_is_noticed(tree, name):
    before = execution_digest(tree)
    change(tree / name, "changed\n")
    assert execution_digest(tree) != before


@pytest.mark.parametrize(
    "name", ["index.md", "klhelpers/README.md", "klhelpers/__pycache__/a.pyc", "notes.txt"]
)
def test_change_of_anything_else_is_not(tree, name):
    before = execution_digest(tree)
    change(tree / name, "changed\n")
    assert execution_digest(tree) == before


def test_rename_is_noticed(tree):
    before = execution_digest(tree)
    (tree / "klhelpers" / "__init__.py").rename(tree / "klhelpers" / "other.py")
    assert execution_digest(tree) != before


def test_time_and_place_do_not_count(tree, tmp_path_factory):
    before = execution_digest(tree)
    os.utime(tree / "requirements.txt", (0, 0))
    assert execution_digest(tree) == before
    moved = tree.rename(tmp_path_factory.mktemp("elsewhere") / "book")
    assert execution_digest(moved) == before


def test_version_of_python_counts(tree, monkeypatch):
    before = execution_digest(tree)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert execution_digest(tree) != before


@pytest.mark.thorough
def test_new_digest_makes_sphinx_read_every_page_again(book):
    book.write("requirements.txt", "numpy==2\n")
    assert "2 added, 0 changed, 0 removed" in book.build().output


@pytest.mark.thorough
def test_package_of_another_folder_is_refused(book):
    """As in a copied clone, whose environment still names the original."""
    (book.folder / "klhelpers").mkdir()
    result = book.build()
    assert result.status != 0
    assert "klhelpers is imported from" in result.output
    assert "build with `make book`" in result.output
