"""The bill of materials names all packages and files, the same way each time."""

import json
import re
import sys
from pathlib import Path

import pytest
import sbom

ROOT = Path(__file__).parents[2]
REQUIREMENTS = (ROOT / "requirements.txt").read_text("utf-8")
VENDORED = json.loads((ROOT / "third_party" / "contents.json").read_text("utf-8"))

LIST = """# a comment
anyio==4.1.0 ; sys_platform == 'linux' \\
    --hash=sha256:{b} \\
    --hash=sha256:{a}
    # via
    #   httpx
    #   klhelpers (pyproject.toml)
httpx==0.28 \\
    --hash=sha256:{c}
    # via vectorplayer (vectorplayer/pyproject.toml)
""".format(**{letter: letter * 64 for letter in "abc"})


def metadata(**fields):
    """Metadata of a package; a field is a text, or several."""
    import email.message

    message = email.message.Message()
    for name, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            message[name.replace("_", "-")] = value
    return message


@pytest.fixture(scope="module")
def bill():
    return sbom.document(REQUIREMENTS, VENDORED, sbom.installed(Path(sys.prefix)))


@pytest.fixture(scope="module")
def small():
    known = {name: metadata(License_Expression="MIT") for name in ("anyio", "httpx")}
    return sbom.document(LIST, [], known)


def test_every_pin_and_every_file_is_there_with_its_hashes(bill):
    text = json.dumps(bill)
    wanted = re.findall(r"sha256:([0-9a-f]{64})", REQUIREMENTS)
    wanted += [content for entry in VENDORED for content in entry["files"].values()]
    listed = set(re.findall('"content": "([0-9a-f]{64})"', text))
    assert listed == set(wanted)
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", REQUIREMENTS, re.MULTILINE)
    assert {f"pkg:pypi/{name}@{version}" for name, version in pins} <= {
        component.get("purl") for component in bill["components"]
    }


def test_every_component_has_a_licence_and_is_needed_by_another(bill):
    assert [one["name"] for one in bill["components"] if not one["licenses"]] == []
    needed = {ref for one in bill["dependencies"] for ref in one["dependsOn"]}
    assert {one["bom-ref"] for one in bill["components"]} == needed


def test_book_has_both_licences_and_the_packages_have_one(small):
    book = small["metadata"]["component"]
    assert book["licenses"] == [{"expression": "MIT AND CC-BY-4.0"}]
    assert [one["licenses"] for one in small["components"][:2]] == [[{"expression": "MIT"}]] * 2


def test_a_list_that_is_read_by_hand(small):
    anyio, httpx = small["components"][2:]
    assert (anyio["name"], anyio["version"]) == ("anyio", "4.1.0")
    assert anyio["properties"] == [{"name": "python:marker", "value": "sys_platform == 'linux'"}]
    hashes = anyio["externalReferences"][0]["hashes"]
    assert [one["content"][0] for one in hashes] == ["a", "b"]
    assert "properties" not in httpx
    depends = {one["ref"]: one["dependsOn"] for one in small["dependencies"]}
    assert depends == {
        "minimising-kl": ["klhelpers", "vectorplayer"],
        "klhelpers": ["pkg:pypi/anyio@4.1.0", "vectorplayer"],
        "vectorplayer": ["pkg:pypi/httpx@0.28"],
        "pkg:pypi/httpx@0.28": ["pkg:pypi/anyio@4.1.0"],
        "pkg:pypi/anyio@4.1.0": [],
    }


def test_equal_content_gives_an_equal_bill_and_other_content_another_number(small):
    known = {name: metadata(License_Expression="MIT") for name in ("anyio", "httpx")}
    assert sbom.document(LIST, [], known) == small
    other = sbom.document(LIST.replace("0.28", "0.29"), [], known)
    assert other["serialNumber"] != small["serialNumber"]
    assert "timestamp" not in json.dumps(small)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"License_Expression": "MIT OR ISC"}, [{"expression": "MIT OR ISC"}]),
        ({"Classifier": "License :: OSI Approved :: MIT License"}, [{"expression": "MIT"}]),
        ({"License": "BSD-3-Clause"}, [{"license": {"name": "BSD-3-Clause"}}]),
        (
            {
                "License": "Its text\nin full",
                "Classifier": "License :: OSI Approved :: BSD License",
            },
            [{"license": {"name": "BSD License"}}],
        ),
        (
            {"License": "UNKNOWN", "Classifier": ["License :: One", "License :: Two"]},
            [{"license": {"name": "One"}}, {"license": {"name": "Two"}}],
        ),
    ],
)
def test_what_a_package_says_of_its_licence(stated, expected):
    assert sbom.licences("x", metadata(**stated)) == expected


def test_package_whose_licence_is_not_known():
    with pytest.raises(ValueError, match="not known: anyio, httpx"):
        sbom.document(LIST, [], {})
