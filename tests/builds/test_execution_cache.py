"""Caches of executed notebooks: chosen by digest, pruned, and thrown away when damaged."""

import os
import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import execution_cache
import pytest
import yaml
from execution_digest import execution_digest
from thorough import thoroughly

pytestmark = pytest.mark.faults

ONE, TWO, THREE, FOUR = (digit * 16 for digit in "1234")


def make_caches(folder, *names):
    """Make caches of which the first was used last."""
    for age, name in enumerate(names):
        execution_cache.make(folder / name)
        os.utime(folder / name / execution_cache.MARKER, (1000 - age, 1000 - age))


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_only_the_caches_used_last_are_kept(tmp_path):
    make_caches(tmp_path, "a" * 16, ONE, TWO, THREE, FOUR)
    execution_cache.prune(tmp_path, "a" * 16, kept=3)
    assert names(tmp_path) == {"a" * 16, ONE, TWO}


def test_current_cache_stays_even_when_it_is_the_oldest(tmp_path):
    make_caches(tmp_path, ONE, TWO)
    execution_cache.prune(tmp_path, TWO, kept=1)
    assert names(tmp_path) == {TWO}


def test_using_a_cache_makes_it_the_newest(tmp_path):
    make_caches(tmp_path, ONE, TWO, THREE)
    execution_cache.make(tmp_path / THREE)
    execution_cache.prune(tmp_path, FOUR, kept=2)
    assert names(tmp_path) == {THREE}


def test_what_others_put_beside_the_caches_stays(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "one.md").write_text("# One")
    (tmp_path / ONE).mkdir()  # named like a cache, but not made by the extension
    (tmp_path / ONE / "precious").write_text("mine")
    execution_cache.make(tmp_path / "other")  # a marker, but not the name of a cache
    make_caches(tmp_path / "elsewhere", TWO)
    (tmp_path / TWO).symlink_to(tmp_path / "elsewhere" / TWO)
    before = sorted(tmp_path.rglob("*"))
    execution_cache.prune(tmp_path, FOUR, kept=1)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.thorough
def test_a_build_with_its_cache_among_the_sources_deletes_nothing(book):
    config = yaml.safe_load((book.folder / "_config.yml").read_text("utf-8"))
    config["execute"]["cache"] = "."
    book.write("_config.yml", yaml.safe_dump(config))
    for page in ("index", "second"):
        book.write(f"{page}.md", f"# {page}\n")  # without cells, so that no kernel starts
    before = {path for path in book.folder.rglob("*") if "_build" not in path.parts}
    for text in ("# one", "# two", "# three", "# four"):  # a new digest each
        (book.folder / "_ext" / "changed.py").write_text(text)
        result = book.build()
        assert result.status == 0, result.output
    assert {path for path in before if not path.exists()} == set()
    caches = [path for path in book.folder.iterdir() if execution_cache.is_own(path)]
    assert len(caches) == execution_cache.KEPT


def test_cache_of_a_build_is_named_after_the_digest(tmp_path):
    app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "_build" / "html")
    config = SimpleNamespace(nb_execution_cache_path="")
    execution_cache.choose_cache(app, config)
    expected = tmp_path / "_build" / ".jupyter_cache" / execution_digest(tmp_path)
    assert Path(config.nb_execution_cache_path) == expected
    assert expected.is_dir()


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES = {
    "cut in half": cut,
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(os.urandom(1000)),
}


@pytest.mark.parametrize(
    ("file", "damage"),
    thoroughly(
        product(["global.db", "base.ipynb"], DAMAGES), always=[("base.ipynb", "cut in half")]
    ),
)
def test_damaged_cache_is_thrown_away(file, damage, book):
    [path, *_] = book.cache().rglob(file)
    DAMAGES[damage](path)
    book.page("second", text="Other words.", code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "is damaged" in result.output
    assert "72" in book.html("second")
    assert execution_cache.damage(book.cache()) is None


def other_version(cache):
    """Rename a column, as a new version of jupyter-cache might."""
    with closing(sqlite3.connect(cache / "global.db")) as connection:
        connection.execute("ALTER TABLE nbcache RENAME COLUMN hashkey TO digest")
        connection.commit()


def changed_number(cache):
    """Change what a page shows, and nothing else."""
    [path] = (path for path in cache.rglob("base.ipynb") if "72" in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("72", "9.9999"), "utf-8")


def without_seal(cache):
    next(cache.rglob("sha256")).unlink()


@pytest.mark.parametrize(
    "change",
    thoroughly([other_version, changed_number, without_seal], always=[changed_number]),
)
def test_cache_that_this_build_did_not_write_is_not_published(change, book):
    change(book.cache())
    book.page("second", text="Other words.", code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    assert "is damaged" in result.output
    assert "9.9999" not in book.html("second")
    assert book.executed("second")[0].outputs[0].text == "72\n"


def test_cache_without_a_notebook_that_it_lists_is_damaged(book):
    [path, *_] = book.cache().rglob("base.ipynb")
    path.unlink()
    assert "does not exist" in execution_cache.damage(book.cache())


def test_sound_cache_is_kept(book):
    assert execution_cache.damage(book.cache()) is None
    assert "is damaged" not in book.build().output
