"""Install a package as a user does and run the examples of its README there.

``python3 readme_in_wheel.py PACKAGE`` makes an empty environment in a temporary folder, installs
the package from its folder, not editable, with the versions of ``constraints.txt``, and runs the
code blocks of its README that are marked ``python``, one after the other, in one session.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def examples(readme):
    """Return the code blocks of a README, as one program."""
    return "\n".join(re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL))


def main(package):
    """Do it; end with an error if a step fails or an example writes no file."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "elsewhere"
        place.mkdir()
        python = environment(Path(scratch) / "environment", f"./{package}")
        program = place / "examples.py"
        program.write_text(examples((ROOT / package / "README.md").read_text("utf-8")), "utf-8")
        run([python, "-W", "error", program.name], cwd=place)
        written = sorted(path.name for path in place.iterdir() if path != program)
    if not written:
        sys.exit(f"The examples in the README of {package} have written no file.")
    print(f"The examples in the README of {package} have written {', '.join(written)}.")


def environment(folder, *packages):
    """Make a virtual environment with these packages; return its Python."""
    python = folder / "bin" / "python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run([sys.executable, "-m", "venv", folder])
    run([*pip, "install", "--quiet", "--constraint", "constraints.txt", *packages])
    run([*pip, "check"])
    return python


def run(command, cwd=ROOT):
    """Run a command; end with its status if it fails."""
    status = subprocess.run(command, cwd=cwd, check=False).returncode
    if status:
        sys.exit(f"This command failed (status {status}): {' '.join(map(str, command))}")


if __name__ == "__main__":
    main(*sys.argv[1:])
