"""What a title page says: authors, version, licence and date."""

import os
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Facts:
    """What is known of an edition besides its pages."""

    title: str
    author: str
    language: str
    version: str
    licence: str
    date: datetime


def read_facts(title: str, root: Path = ROOT) -> Facts:
    """Read the facts from the files that also say them elsewhere.

    The date is that of the last commit, or ``SOURCE_DATE_EPOCH``: two editions of one version
    are the same.
    """
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return Facts(
        title=title,
        author=config["author"],
        language=config["sphinx"]["config"]["language"],
        version=project["version"],
        licence=licence(root),
        date=datetime.fromtimestamp(int(seconds(root)), UTC),
    )


def seconds(root: Path) -> str:
    """Return the time of the version, in seconds."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return os.environ["SOURCE_DATE_EPOCH"]
    command = ["git", "log", "-1", "--format=%ct"]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


def licence(root: Path) -> str:
    """Return the licence of the text, and that of the code where it is another."""
    if (root / "LICENSE-text").exists():
        return "Text and figures: CC BY 4.0. Code: MIT licence."
    return "Text, figures and code: MIT licence."
