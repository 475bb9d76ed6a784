"""What mypy and pyright report about a package and programs that use it."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

CHECKERS = {
    "mypy": ["mypy", "--cache-dir", "/dev/null"],
    "pyright": ["basedpyright", "--pythonpath", sys.executable],
}


def python_blocks(readme: Path) -> list[str]:
    """The examples of a README."""
    return re.findall(r"^```python\n(.*?)^```$", readme.read_text("utf-8"), re.S | re.M)


def reported(
    checker: str, package: Path, programs: Mapping[str, str], *, root: Path, folder: Path
) -> list[tuple[str, int, str]]:
    """Errors in a package and in programs, with the settings in `root`: file, line and message.

    At least one of the programs has to be wrong: a checker that reads nothing finds nothing.
    """
    files = [folder / f"{name}.py" for name in programs]
    for file, code in zip(files, programs.values(), strict=True):
        file.write_text(code, "utf-8")
    command = [sys.executable, "-m", *CHECKERS[checker], package, *files]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    found = re.findall(r"^\s*(\S+\.pyi?):(\d+):.*?\b(error.*)", done.stdout, re.M)
    return [(Path(path).name, int(line), message) for path, line, message in found]
