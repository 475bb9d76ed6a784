"""Measure what the packages and their extras weigh, and write the table of klhelpers/README.md.

Each ``pip install`` command of that file is run in an empty environment of its own, with the
versions of ``constraints.txt``.  Where fits can be used, the examples of the README are run, too,
and its project is installed, which depends on both packages.
"""

import datetime
import json
import platform
import re
import shlex
import subprocess
import tempfile
from pathlib import Path

from readme_in_wheel import ROOT, environment, examples, run, run_examples

README = ROOT / "klhelpers" / "README.md"
BEGIN, END = "<!-- weights: written by `make weights` -->\n", "<!-- end of weights -->"
WITHOUT_EXTRA = ["./vectorplayer"], ["./vectorplayer", "."]


def main():
    """Install, measure, run the examples, print the table and put it into the README."""
    text = README.read_text("utf-8")
    rows = ["| installed | packages | MB |", "| --- | ---: | ---: |"]
    for command, arguments in sorted(installations(text).items(), key=lambda item: len(item[0])):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "environment"
            python = environment(folder, *arguments)
            if arguments not in WITHOUT_EXTRA:
                place = Path(scratch) / "elsewhere"
                place.mkdir()
                run_examples(python, examples(text), place)
            rows.append(f"| `{command}` | {count(python)} | {megabytes(folder):,.0f} |")
            print(rows[-1], flush=True)
            if arguments not in WITHOUT_EXTRA:
                (place / "pyproject.toml").write_text(project(text), "utf-8")
                run([python, "-m", "pip", "install", "--quiet", "-c", "constraints.txt", place])
                run([python, "-m", "pip", "show", "--quiet", "my-project"])
    today = datetime.date.today()
    version = ".".join(platform.python_version_tuple()[:2])
    rows.append(
        f"\nMeasured on {today.day} {today:%B %Y} with Python {version} on {platform.system()} "
        f"({platform.machine()}), after the examples had run where they can."
    )
    before, rest = README.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(before + BEGIN + "\n" + "\n".join(rows) + "\n\n" + END + after, "utf-8")


def installations(text):
    """Return the arguments of each ``pip install`` line of a README, by the command."""
    found = re.findall(r"^`?(pip install [^#\n`]+)|`(pip install [^`]+)`", text, re.MULTILINE)
    commands = [(line or inline).strip() for line, inline in found]
    return {command: shlex.split(command)[2:] for command in commands}


def project(text):
    """Return the ``pyproject.toml`` of a README, with the place of this clone."""
    (block,) = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return block.replace("file:///path/to/notes", ROOT.as_uri())


def count(python):
    """Return the number of distributions in an environment, without pip and setuptools."""
    command = [python, "-m", "pip", "--disable-pip-version-check", "list", "--format=json"]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return len({one["name"] for one in found} - {"pip", "setuptools"})


def megabytes(environment):
    """Return the size of what was installed into an environment, without pip and setuptools."""
    (packages,) = (environment / "lib").glob("python*/site-packages")
    apart = re.compile(r"(pip|setuptools)(-.*)?|pkg_resources|_distutils_hack|distutils-.*")
    total = 0
    for path in environment.rglob("*"):
        inside = path.relative_to(packages).parts if packages in path.parents else ("",)
        if path.is_file() and not path.is_symlink() and not apart.fullmatch(inside[0]):
            total += path.stat().st_size
    return total / 1e6


if __name__ == "__main__":
    main()
