"""CITATION.cff has what its format demands, and all places agree on it."""

import re
import tomllib

import pytest
import yaml
from pybtex.database import parse_string
from pybtex.richtext import Text
from table_of_contents import ROOT

CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LICENSE = (ROOT / "LICENSE").read_text(encoding="utf-8")
PAGE = (ROOT / "cite.md").read_text(encoding="utf-8")

KEYS = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi",
    "identifiers", "keywords", "license", "license-url", "message", "preferred-citation",
    "references", "repository", "repository-artifact", "repository-code", "title", "type", "url",
    "version",
}  # fmt: skip
"""Keys of the format, version 1.2.0."""


def test_keys_are_those_of_the_format():
    assert set(CITATION) <= KEYS
    assert {"authors", "cff-version", "message", "title"} <= set(CITATION)  # required
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] in ("software", "dataset")


@pytest.mark.parametrize("key", ["message", "title", "version", "license"])
def test_values_are_texts(key):
    assert isinstance(CITATION[key], str) and CITATION[key].strip()


def test_lists_are_lists_without_repetition():
    assert all(set(author) == {"name"} and author["name"] for author in CITATION["authors"])
    keywords = CITATION["keywords"]
    assert all(isinstance(word, str) for word in keywords)
    assert len(set(keywords)) == len(keywords) > 0


def test_version_is_that_of_the_package():
    assert CITATION["version"] == PROJECT["version"]


def test_holder_and_licence_are_those_of_the_licence():
    [author] = CITATION["authors"]
    assert re.search(r"^Copyright \(c\) \d{4} (.+)$", LICENSE, re.M)[1] == author["name"]
    assert CITATION["license"] == "MIT"
    assert LICENSE.startswith("MIT License")


def test_page_says_the_same():
    [author] = CITATION["authors"]
    year = re.search(r"^Copyright \(c\) (\d{4})", LICENSE, re.M)[1]
    [entry] = parse_string(re.search(r"^@.*?^}$", PAGE, re.M | re.S)[0], "bibtex").entries.values()
    assert Text.from_latex(entry.fields["title"]).render_as("text") == CITATION["title"]
    [person] = entry.persons["author"]
    assert Text.from_latex(str(person)).render_as("text") == author["name"]
    assert entry.fields["year"] == year
    assert entry.fields["note"] == f"Version {CITATION['version']}"
    quoted = " ".join(line.removeprefix("> ") for line in PAGE.splitlines() if line[:1] == ">")
    assert quoted == (
        f"{author['name']} ({year}). *{CITATION['title']}*. Version {CITATION['version']}."
    )
