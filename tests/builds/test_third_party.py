"""`third_party/contents.json` lists all files by others that come to the pages, as they are."""

import hashlib
import json
import re
import sysconfig
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "third_party"
ENTRIES = json.loads((FOLDER / "contents.json").read_text("utf-8"))
HERE = [entry for entry in ENTRIES if entry["in"] == "third_party"]
BROUGHT = [entry for entry in ENTRIES if entry["in"] != "third_party"]
STATED = {"bootstrap": r"Bootstrap +v", "clipboard": r"clipboard\.js v", "katex": r'version:"'}
STATED |= {"fontawesome-free": r"Font Awesome Free "}


def sums(folder, files):
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}


def test_every_file_here_is_listed_as_it_is():
    files = (path for path in (FOLDER / "vendor").rglob("*") if path.is_file())
    found = sums(FOLDER, [path.relative_to(FOLDER).as_posix() for path in files])
    assert found == {name: one for entry in HERE for name, one in entry["files"].items()}
    beside = {path.name for path in FOLDER.iterdir()}
    assert beside == {"README.md", "contents.json", "vendor"}


def test_the_description_names_the_versions_that_are_listed():
    readme = (FOLDER / "README.md").read_text("utf-8")
    for entry in HERE:
        assert f"| {entry['version']} |" in readme
        assert f"npm pack {entry['name']}@{entry['version']}" in readme


@pytest.mark.parametrize("entry", BROUGHT, ids=lambda entry: entry["name"])
def test_files_in_packages_are_as_listed(entry):
    packages = Path(sysconfig.get_path("purelib"))
    assert sums(packages, entry["files"]) == entry["files"]
    texts = [packages / name for name in entry["files"] if name.endswith((".js", ".css"))]
    texts += [path.with_name(path.name + ".LICENSE.txt") for path in texts]
    text = "\n".join(path.read_text("utf-8") for path in texts if path.is_file())
    versions = set(re.findall(STATED[entry["name"]] + r"(\d+\.\d+\.\d+)", text))
    assert versions == {entry["version"]}


def test_katex_here_is_that_which_renders():
    versions = {entry["version"] for entry in ENTRIES if entry["name"] == "katex"}
    assert len(versions) == 1


def test_entries_are_complete():
    for entry in ENTRIES:
        assert entry["source"].startswith("https://")
        assert entry["version"] in entry["source"]
        assert entry["purl"].endswith("@" + entry["version"])
        assert all(re.fullmatch("[0-9a-f]{64}", one) for one in entry["files"].values())
        assert entry["licence"]
        assert entry["files"]
