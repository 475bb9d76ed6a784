"""Install vectorplayer as a user does and run the examples of its README there.

``python3 readme_in_wheel.py [WHEEL]`` makes an empty environment in a temporary folder, installs
the package from its folder or from a wheel, with the versions of ``constraints.txt``, and runs the
code blocks of its README that are marked ``python``, one after the other, in one session.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def examples(readme, without=()):
    """Return the code blocks of a README, as one program.

    Parameters
    ----------
    readme : str
    without : iterable of str
        Names that are missing: blocks that use one of them are left out.
    """
    blocks = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    return "\n".join(block for block in blocks if not set(re.findall(r"\w+", block)) & set(without))


def main(package="./vectorplayer"):
    """Do it; end with an error if a step fails or an example writes no file."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "elsewhere"
        place.mkdir()
        python = environment(Path(scratch) / "environment", package)
        readme = (ROOT / "vectorplayer" / "README.md").read_text("utf-8")
        written = run_examples(python, examples(readme), place)
    if not written:
        sys.exit("The examples in the README of vectorplayer have written no file.")
    print(f"The examples in the README of vectorplayer have written {', '.join(written)}.")


def environment(folder, *packages):
    """Make a virtual environment with these packages; return its Python."""
    python = folder / "bin" / "python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run([sys.executable, "-m", "venv", folder])
    run([*pip, "install", "--quiet", "--constraint", "constraints.txt", *packages])
    run([*pip, "check"])
    return python


def run_examples(python, program, place):
    """Run a program in a folder, where warnings are errors; return the files that it writes."""
    path = place / "examples.py"
    path.write_text(program, "utf-8")
    # TensorFlow Probability compares versions with distutils.
    ignored = "ignore:distutils Version classes are deprecated:DeprecationWarning"
    run([python, "-W", "error", "-W", ignored, path.name], cwd=place)
    path.unlink()
    return sorted(path.name for path in place.iterdir())


def run(command, cwd=ROOT):
    """Run a command; end with its status if it fails."""
    status = subprocess.run(command, cwd=cwd, check=False).returncode
    if status:
        sys.exit(f"This command failed (status {status}): {' '.join(map(str, command))}")


if __name__ == "__main__":
    main(*sys.argv[1:])
