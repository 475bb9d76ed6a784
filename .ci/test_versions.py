"""Run the tests of both packages with the oldest or the newest versions that they allow.

``python3 test_versions.py lowest`` takes the lower bound of every direct dependency, and what goes
with it; ``python3 test_versions.py prereleases`` takes the newest versions, pre-releases included.
Each package gets an environment of its own, made anew: ``vectorplayer`` without TensorFlow, then
``klhelpers`` with all that it needs.  The book, its notebooks and JupyterLab are left out, since
what they need is pinned in ``requirements.txt``.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv-uv" / "bin" / "uv"
PYTEST = ("-m", "pytest", "-n", "2", "--dist", "loadfile")

IGNORE_TYPES = "--ignore=tests/test_types.py"
"""The types of Matplotlib and NumPy change from version to version: only the pinned ones count."""

NEED_THE_BOOK = (
    "klhelpers/figures_on_pages.py",
    *(f"tests/{name}" for name in ("book", "builds", "editions", "js", "lab", "notebooks")),
    *(f"tests/test_{name}.py" for name in ("citation", "claims_index", "claims_teaching")),
    "tests/test_claims_where_each_direction.py",
    "tests/test_quiet_tensorflow.py",
)
"""Tests that import what only the environment of the book has, such as a parser of YAML."""

SUITES = {
    "vectorplayer": {
        "metadata": ["vectorplayer/pyproject.toml"],
        "install": ["./vectorplayer[test]"],
        "extras": [],
        "folder": "vectorplayer",
        "tests": ["src", "tests", IGNORE_TYPES],
    },
    "klhelpers": {
        "metadata": ["pyproject.toml", "vectorplayer/pyproject.toml"],
        "install": [".[fit,test]", "./vectorplayer", "sphinx<8"],  # its extension is tested with 7
        "extras": ["fit"],
        "folder": ".",
        "tests": [
            *("klhelpers", "tests", IGNORE_TYPES),
            *(f"--ignore={name}" for name in NEED_THE_BOOK),
        ],
    },
}

OF_OTHERS = "pyparsing<3.3"
"""Later ones warn of names that Matplotlib 3.10 uses, and in the tests a warning is an error."""


def main():
    """Test both packages; end with an error if the tests of one fail."""
    parser = argparse.ArgumentParser()
    parser.add_argument("versions", choices=["lowest", "prereleases"])
    versions = parser.parse_args().versions
    failed = [name for name, suite in SUITES.items() if not passes(name, suite, versions)]
    if failed:
        sys.exit(f"With {versions} versions the tests of these fail: {', '.join(failed)}")


def passes(name, suite, versions):
    """Install one package into an environment of its own and run its tests."""
    environment = ROOT / f".venv-{versions}-{name}"
    print(f"\n=== {name} with {versions} versions", flush=True)
    uv("venv", "--quiet", "--clear", "--python", sys.executable, environment)
    install = ("pip", "install", "--quiet", "--python", environment, *suite["install"])
    if versions == "lowest":
        with tempfile.TemporaryDirectory() as scratch:
            bounds = Path(scratch) / "bounds.txt"
            bounds.write_text(lower_bounds(suite), "utf-8")
            uv(*install, "--constraint", bounds)
    else:
        uv(*install, "--prerelease", "allow")
    for line in uv("pip", "freeze", "--python", environment).splitlines():
        if is_remarkable(line, suite, versions):
            print(f"    {line}", flush=True)
    command = [environment / "bin" / "python", *PYTEST, *suite["tests"]]
    return subprocess.run(command, cwd=ROOT / suite["folder"], check=False).returncode == 0


def lower_bounds(suite):
    """Return the lowest versions that fit together, one requirement per line."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as others:
        others.write(OF_OTHERS)
        others.flush()
        return uv(
            *("pip", "compile", "--quiet", "--resolution", "lowest-direct"),
            *("--python-version", "{}.{}".format(*sys.version_info)),
            *("--no-emit-package", "vectorplayer", "--constraint", others.name),
            *(f"--extra={extra}" for extra in suite["extras"]),
            *suite["metadata"],
        )


def is_remarkable(line, suite, versions):
    """Tell whether a version, ``name==version``, makes this run differ from the usual one."""
    name, _, version = line.partition("==")
    if versions == "prereleases":
        return re.search(r"\d(a|b|rc|\.dev)\d", version) is not None
    metadata = [tomllib.loads((ROOT / file).read_text("utf-8")) for file in suite["metadata"]]
    projects = [data["project"] for data in metadata]
    direct = [requirement for project in projects for requirement in project["dependencies"]]
    for extra in suite["extras"]:
        direct += [one for p in projects for one in p["optional-dependencies"].get(extra, [])]
    return name in {re.match(r"[\w.-]+", requirement)[0] for requirement in direct}


def uv(*arguments):
    """Run uv; return what it prints, or end with its error."""
    command = [UV, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"uv has failed: {' '.join(map(str, arguments))}")
    return done.stdout


if __name__ == "__main__":
    main()
