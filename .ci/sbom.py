"""Write ``_build/sbom.cdx.json``: a software bill of materials in the format of CycloneDX 1.6.

It lists the Python packages of ``requirements.txt``, who needs whom, the hashes of the files that
may be installed, and the files of ``third_party/contents.json``.  The licences are those that the
packages in ``.venv`` state.  Equal input gives equal bytes: there is no time in it, and the serial
number is derived from the content.
"""

import hashlib
import importlib.metadata
import json
import re
import sys
import tomllib
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "minimising-kl"

OWN = {"klhelpers": "pyproject.toml", "vectorplayer": "vectorplayer/pyproject.toml"}

PIN = re.compile(
    r"(?P<name>[\w.-]+)(?:\[[^]]*\])?==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\\n]*[^\\\s]))?"
)

UNSTATED = {
    "appnope": "BSD-2-Clause",  # this one, colorama and pywinpty are for other systems
    "axe-playwright-python": "MIT",
    "colorama": "BSD-3-Clause",
    "namex": "Apache-2.0",
    "overrides": "Apache-2.0",  # for Python 3.11 alone
    "pywinpty": "MIT",
}
"""What the installed packages do not say, or not everywhere."""

OF_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Classifiers that mean one licence of the list of SPDX; the others are kept as words."""


def pins(text):
    """Return the parts of each pin in a list of requirements: name, version, marker, rest."""
    blocks = re.split(r"\n(?=[a-z0-9])", "\n" + text)[1:]
    return [PIN.match(block).groupdict() | {"rest": block} for block in blocks]


def python_component(pin, metadata):
    """Describe a Python package."""
    purl = f"pkg:pypi/{pin['name']}@{pin['version']}"
    hashes = sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", pin["rest"]))
    files = {"type": "distribution", "url": purl, "comment": "The files that may be installed"}
    files["hashes"] = [{"alg": "SHA-256", "content": content} for content in hashes]
    component = {
        "type": "library",
        "bom-ref": purl,
        "name": pin["name"],
        "version": pin["version"],
        "licenses": licences(pin["name"], metadata),
        "purl": purl,
        "externalReferences": [files],
    }
    if pin["marker"]:
        component["properties"] = [{"name": "python:marker", "value": pin["marker"]}]
    return component


def licences(name, metadata):
    """Return what a package says of its licence: an expression of SPDX if it is clear, or words."""
    if expression := UNSTATED.get(name) or metadata.get("License-Expression"):
        return [{"expression": expression}]
    lines = [line for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    words = [line.rpartition(" :: ")[2] for line in lines]
    if len(words) == 1 and words[0] in OF_CLASSIFIERS:
        return [{"expression": OF_CLASSIFIERS[words[0]]}]
    stated = metadata.get("License", "").strip()
    if stated and "\n" not in stated and stated != "UNKNOWN":
        words = [stated]
    return [{"license": {"name": word}} for word in words]


def vendored_component(entry):
    """Describe files that others wrote and that come to the pages."""
    reference = f"{entry['purl']}#{entry['in']}"
    return {
        "type": "library",
        "bom-ref": reference,
        "name": entry["name"],
        "version": entry["version"],
        "description": f"{entry['description']} (in {entry['in']})",
        "licenses": [{"expression": entry["licence"]}],
        "purl": entry["purl"],
        "externalReferences": [{"type": "vcs", "url": entry["source"]}],
        "components": [
            {
                "type": "file",
                "bom-ref": f"{reference}/{name}",
                "name": name,
                "hashes": [{"alg": "SHA-256", "content": content}],
            }
            for name, content in entry["files"].items()
        ],
    }


def own_component(name, kind="library"):
    """Describe a package of this repository."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if name == "vectorplayer":
        source = (ROOT / "vectorplayer" / "src" / "vectorplayer" / "__init__.py").read_text("utf-8")
        version = re.search(r'^__version__ = "(.*)"', source, re.MULTILINE)[1]
    book = kind == "application"  # its text and figures, too
    licence = [{"expression": "MIT AND CC-BY-4.0" if book else "MIT"}]
    return {"type": kind, "bom-ref": name, "name": name, "version": version, "licenses": licence}


def dependencies(found, vendored):
    """Return who needs whom, from the comments of the list of requirements."""
    needs = {NAME: {*OWN, *(e["purl"] + "#third_party" for e in vendored if is_here(e))}}
    needs |= {"klhelpers": {"vectorplayer"}, "vectorplayer": set()}
    references = {}
    for pin in found:
        reference = f"pkg:pypi/{pin['name']}@{pin['version']}"
        references.setdefault(pin["name"], []).append(reference)
        needs[reference] = set()
    for pin in found:
        comment = pin["rest"].partition("# via")[2]
        for user in re.findall(r"([\w.-]+)(?: \(|$)", comment, re.MULTILINE):
            for reference in [user] if user in OWN else references.get(user, []):
                needs[reference].add(f"pkg:pypi/{pin['name']}@{pin['version']}")
    for entry in vendored:
        if not is_here(entry):
            for reference in references[entry["in"]]:
                needs[reference].add(f"{entry['purl']}#{entry['in']}")
    return [{"ref": ref, "dependsOn": sorted(others)} for ref, others in sorted(needs.items())]


def is_here(entry):
    """Tell whether files are in this repository, and not in a package that it uses."""
    return entry["in"] == "third_party"


def document(requirements, vendored, metadata):
    """Return the bill; `metadata` is that of the installed packages, by their names."""
    found = pins(requirements)
    unknown = [p["name"] for p in found if p["name"] not in metadata.keys() | UNSTATED.keys()]
    if unknown:
        raise ValueError(f"The licences of these packages are not known: {', '.join(unknown)}")
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own_component(NAME, kind="application")},
        "components": [
            *map(own_component, OWN),
            *(python_component(pin, metadata.get(pin["name"])) for pin in found),
            *map(vendored_component, vendored),
        ],
        "dependencies": dependencies(found, vendored),
    }
    content = hashlib.sha256(json.dumps(bill, sort_keys=True).encode()).hexdigest()
    return bill | {"serialNumber": uuid.uuid5(uuid.NAMESPACE_OID, content).urn}


def installed(environment):
    """Return the metadata of the packages in an environment, by their normalised names."""
    (packages,) = (environment / "lib").glob("python*/site-packages")
    found = importlib.metadata.distributions(path=[str(packages)])
    return {re.sub(r"[-_.]+", "-", one.name).lower(): one.metadata for one in found}


def main():
    """Write the bill, and end with an error if it does not fit the schema."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    requirements = (ROOT / "requirements.txt").read_text("utf-8")
    vendored = json.loads((ROOT / "third_party" / "contents.json").read_text("utf-8"))
    bill = document(requirements, vendored, installed(ROOT / ".venv"))
    text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"The bill does not fit the schema: {error}")
    place = ROOT / "_build" / "sbom.cdx.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, "utf-8")
    print(f"The {len(bill['components'])} components are listed in {place}.")


if __name__ == "__main__":
    main()
