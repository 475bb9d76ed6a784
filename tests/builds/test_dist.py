"""What `make dist` writes into the packages, and what their metadata say."""

import re
import tomllib

import pytest
import yaml
from build_packages import PACKAGES, absolute, project_urls, relative_links, write_addresses
from environment import PYTHONS
from tiny_book import ROOT

HERE = "https://example.org/notes"
README = """# A title

![A wave](examples/wave.svg) and [the script](examples/wave.py), [part](#use), [all](../README.md),
[elsewhere](https://example.com/a).

```python
a = b[c](d)
```
"""
PROJECTS = {
    name: tomllib.loads((ROOT / folder / "pyproject.toml").read_text("utf-8"))
    for name, folder in PACKAGES.items()
}


def test_links_to_files_become_addresses():
    text = absolute(README, "package", HERE, "c0ffee")
    assert f"![A wave]({HERE}/raw/c0ffee/package/examples/wave.svg)" in text
    assert f"[the script]({HERE}/blob/c0ffee/package/examples/wave.py)" in text
    assert f"[part](#use), [all]({HERE}/blob/c0ffee/README.md)" in text
    assert "[elsewhere](https://example.com/a)" in text
    assert "a = b[c](d)" in text
    assert relative_links(text) == []


def test_links_to_files_are_words_without_an_address():
    text = absolute(README, "package", "", "c0ffee")
    assert "*A wave* and the script, [part](#use), all,\n[elsewhere](https" in text
    assert "a = b[c](d)" in text
    assert relative_links(text) == []


def test_relative_links_are_found_however_they_are_written():
    assert relative_links(README) == ["examples/wave.svg", "examples/wave.py", "../README.md"]
    assert relative_links("[a][b] ![][c]\n\n[b]: x.md\n[c]: y.png\n") == ["x.md", "y.png"]
    assert relative_links("| a |\n| - |\n| [b](c.md) |\n") == ["c.md"]


@pytest.mark.parametrize("name", PACKAGES)
@pytest.mark.parametrize("address", [HERE, ""])
def test_each_package_gets_addresses_that_work_anywhere(name, address, tmp_path):
    metadata, readme = "pyproject.toml", PROJECTS[name]["project"]["readme"]
    package = tmp_path / PACKAGES[name]
    for file in (metadata, readme):
        (package / file).parent.mkdir(parents=True, exist_ok=True)
        (package / file).write_bytes((ROOT / PACKAGES[name] / file).read_bytes())
    write_addresses(tmp_path, package, address, "", "c0ffee")
    assert relative_links((package / readme).read_text("utf-8")) == []
    project = tomllib.loads((package / metadata).read_text("utf-8"))["project"]
    assert project.get("urls", {}) == project_urls(address, "")


def test_only_what_has_an_address_gets_one():
    assert project_urls("", "") == {}
    assert project_urls("", "https://example.org") == {"Documentation": "https://example.org"}
    assert set(project_urls(HERE, "")) == {"Source", "Issues", "Changelog"}
    assert (ROOT / "CHANGELOG.md").is_file()


@pytest.mark.parametrize("name", PACKAGES)
def test_metadata_are_complete_and_agree(name):
    project = PROJECTS[name]["project"]
    [author] = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["authors"]
    assert project["authors"] == [author]
    assert project["license"] == "MIT"
    folder = ROOT / PACKAGES[name]
    assert [(folder / file).read_text("utf-8")[:11] for file in project["license-files"]] == [
        "MIT License"
    ]
    assert "urls" not in project, "see .ci/build_packages.py"
    pythons = [c for c in project["classifiers"] if re.search(r"Python :: \d\.\d", c)]
    assert pythons == ["Programming Language :: Python :: {}.{}".format(*p) for p in PYTHONS]
    assert "Typing :: Typed" in project["classifiers"]
    assert not any(classifier.startswith("License") for classifier in project["classifiers"])
    assert project["keywords"] and len(project["description"]) < 100
    source = "src/vectorplayer" if name == "vectorplayer" else "klhelpers"
    assert (folder / source / "py.typed").is_file()


@pytest.mark.parametrize("name", PACKAGES)
def test_source_distributions_name_files_that_exist(name):
    settings = PROJECTS[name]["tool"]["flit"]["sdist"]
    for pattern in [*settings["include"], *settings.get("exclude", [])]:
        assert list((ROOT / PACKAGES[name]).glob(pattern)), pattern


def test_tests_that_need_the_book_are_not_in_the_source_distribution():
    """They read its pages, or the lists of versions; `make test-dist` runs all others."""
    excluded = PROJECTS["klhelpers"]["tool"]["flit"]["sdist"]["exclude"]
    readers = {
        f"tests/{path.name}"
        for path in (ROOT / "tests").glob("test_*.py")
        if "\nfrom table_of_contents " in path.read_text("utf-8")
    }
    assert set(excluded) == readers | {"tests/test_locked.py"}


def test_modules_that_its_tests_import_are_in_the_source_distribution():
    tool = PROJECTS["klhelpers"]["tool"]
    settings, places = tool["flit"]["sdist"], tool["pytest"]["ini_options"]["pythonpath"]
    packed = {path for pattern in settings["include"] for path in ROOT.glob(pattern)}
    packed |= {path for folder in packed if folder.is_dir() for path in folder.rglob("*.py")}
    packed -= {ROOT / name for name in settings["exclude"]}
    imported = {
        name
        for path in packed
        if path.suffix == ".py"
        for name in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    needed = {ROOT / place / f"{name}.py" for place in places for name in imported}
    assert {path for path in needed if path.is_file()} - packed == set()
