"""Check what Binder, or a lecturer, builds an image from: the files in ``binder/``.

``python3 image_recipe.py [FOLDER]`` lets repo2docker write its recipe of the image, a Dockerfile.
It needs no Docker, since nothing is built, and no network.  The recipe must have our Python, our
list of packages and our last step, in an order in which a changed chapter does not install the
packages again.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPO2DOCKER = ROOT / ".venv-binder" / "bin" / "jupyter-repo2docker"
STEPS = {
    "the Python of binder/runtime.txt": r"environment-2epy-2d{python}-2dlinux",
    "the packages of binder/requirements.txt": r'pip install .*-r "binder/requirements\.txt"',
    "the files of the repository": r"COPY .* src/ \$\{{REPO_DIR\}}/",
    "binder/postBuild": r"RUN \./binder/postBuild",
    "the server": r"CMD \[",
}
"""What the recipe must have, in this order; repo2docker writes ``-2e`` for a dot in names."""


def main(folder=ROOT):
    """Write the recipe and check it; end with a message if something is missing."""
    if problems := missing(recipe(folder), python_version(folder)):
        sys.exit(f"The image would lack, or have in another order: {', '.join(problems)}")
    print("repo2docker installs, in this order:", *(f"  {step}" for step in STEPS), sep="\n")


def recipe(folder):
    """Return the Dockerfile that repo2docker makes from a folder."""
    command = [REPO2DOCKER, "--no-build", "--debug", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"repo2docker refuses these files:\n{done.stderr}")
    return done.stdout


def python_version(folder):
    """Return the version that ``binder/runtime.txt`` asks for."""
    text = (Path(folder) / "binder" / "runtime.txt").read_text("utf-8")
    return text.strip().removeprefix("python-")


def missing(dockerfile, python):
    """Return the steps that a recipe has not, or has before one that must come first."""
    escaped = re.escape(python.replace(".", "-2e"))
    place, found = 0, []
    for name, pattern in STEPS.items():
        match = re.compile(pattern.format(python=escaped)).search(dockerfile, place)
        if match:
            place = match.end()
        else:
            found.append(name)
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
