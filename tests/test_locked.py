"""The two lists of versions agree, and pip can check each file that it installs."""

import re
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def pins(name):
    """Return the text after each pin, by the pin with its marker."""
    text = (ROOT / name).read_text("utf-8")
    return {
        re.sub(r"[ \\]*$", "", first): rest
        for first, _, rest in (
            block.partition("\n") for block in re.split(r"\n(?=[a-z])", "\n" + text)[1:]
        )
    }


def test_each_version_has_hashes():
    unchecked = [pin for pin, rest in pins("requirements.txt").items() if "sha256:" not in rest]
    assert unchecked == []


def test_both_lists_have_the_same_versions():
    without_extras = [re.sub(r"\[.*\]==", "==", pin) for pin in pins("requirements.txt")]
    assert without_extras == list(pins("constraints.txt"))
    assert len(without_extras) > 100


def test_extras_that_a_package_asks_for_are_listed():
    """Else pip may try a newer version, for which the list has no hashes."""
    listed = dict(re.findall(r"^([\w.-]+)(\[.*\])?==", "\n".join(pins("requirements.txt")), re.M))
    missing = {
        wanted.name
        for package in distributions()
        if package.name in listed
        for wanted in map(Requirement, package.requires or ())
        if wanted.extras and wanted.name in listed and not listed[wanted.name]
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""})
    }
    assert missing == set()


def test_packages_from_folders_are_installed_without_hashes():
    recipes = [ROOT / "Makefile", *(ROOT / ".ci").glob("*.py")]
    lists = re.findall(
        r"--constraint\W+([\w-]+\.txt)", "\n".join(path.read_text("utf-8") for path in recipes)
    )
    assert set(lists) == {"constraints.txt"}, "pip takes no hashes beside a package from a folder"
