"""CITATION.cff and .zenodo.json have what their formats demand, and all places agree on it."""

import json
import re
import tomllib

import pytest
import yaml
from pybtex.database import parse_string
from pybtex.richtext import Text
from table_of_contents import ROOT

CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ZENODO = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
SHARED = CONFIG["sphinx"]["config"]["learning_resource"]
LICENSE = (ROOT / "LICENSE").read_text(encoding="utf-8")
LICENSE_TEXT = (ROOT / "LICENSE-text").read_text(encoding="utf-8")
PAGE = (ROOT / "cite.md").read_text(encoding="utf-8")

KEYS = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi",
    "identifiers", "keywords", "license", "license-url", "message", "preferred-citation",
    "references", "repository", "repository-artifact", "repository-code", "title", "type", "url",
    "version",
}  # fmt: skip
"""Keys of the format, version 1.2.0; `make lint` checks the whole file by its schema."""

ZENODO_KEYS = {
    "access_conditions", "access_right", "communities", "contributors", "creators", "description",
    "doi", "embargo_date", "grants", "keywords", "language", "license", "method", "notes",
    "publication_date", "references", "related_identifiers", "subjects", "title", "upload_type",
    "version",
}  # fmt: skip
"""Fields of a deposit that is no publication, image, thesis or talk."""


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
    stated = [CITATION["version"], CITATION["preferred-citation"]["version"], ZENODO["version"]]
    assert set(stated) == {PROJECT["version"]}


@pytest.mark.parametrize("text", [LICENSE, LICENSE_TEXT], ids=["code", "text"])
def test_holder_is_the_author(text):
    [author] = CITATION["authors"]
    year, holder = re.search(r"^Copyright \(c\) (\d{4}) (.+)$", text, re.M).groups()
    assert holder == author["name"] == CONFIG["author"]
    assert int(year) == CITATION["preferred-citation"]["year"] == int(CONFIG["copyright"])


def test_code_is_under_mit_everywhere():
    assert LICENSE.startswith("MIT License")
    assert CITATION["license"] == "MIT"
    assert LICENSE == (ROOT / "vectorplayer" / "LICENSE").read_text(encoding="utf-8")


def test_text_and_figures_are_under_cc_by_everywhere():
    [licence] = re.findall(r"SPDX-License-Identifier: (.+)", LICENSE_TEXT)
    assert licence == CITATION["preferred-citation"]["license"] == ZENODO["license"] == "CC-BY-4.0"
    address = "https://creativecommons.org/licenses/by/4.0/"
    assert SHARED["license"] == address
    for text in (LICENSE_TEXT, PAGE, CONFIG["html"]["extra_footer"]):
        assert address in text
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"\[CC BY 4\.0\]\(\S*LICENSE-text\)", readme)


def test_preferred_citation_and_archive_name_the_same_work():
    preferred = CITATION["preferred-citation"]
    assert preferred["title"] == CITATION["title"] == ZENODO["title"]
    assert preferred["authors"] == CITATION["authors"]
    assert [creator["name"] for creator in ZENODO["creators"]] == [
        author["name"] for author in CITATION["authors"]
    ]
    assert SHARED["keywords"] == CITATION["keywords"] == ZENODO["keywords"]
    assert CITATION["abstract"].partition(". ")[0] in ZENODO["description"]


def test_archive_has_what_its_format_demands():
    """By the fields of the deposit API of Zenodo; an unknown one is refused there."""
    assert set(ZENODO) <= ZENODO_KEYS
    assert {"title", "description", "creators", "upload_type"} <= set(ZENODO)
    assert ZENODO["upload_type"] == "lesson"
    assert ZENODO["access_right"] == "open"
    assert re.fullmatch("[a-z]{3}", ZENODO["language"])
    assert all(set(one) <= {"name", "affiliation", "orcid", "gnd"} for one in ZENODO["creators"])


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
