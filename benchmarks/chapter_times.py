"""Seconds of processor time of each chapter, which the page *Versions and times* shows.

Wall time depends on what else the machine does; processor time hardly does.

``python benchmarks/chapter_times.py`` measures them alone.
"""

import json
import os
import resource
from datetime import UTC, datetime
from pathlib import Path

import jupytext
import yaml
from measure import machine
from nbclient import NotebookClient

from klhelpers._static import STATIC_VARIABLE

ROOT = Path(__file__).parents[1]
RECORD = Path(__file__).parent / "chapter_seconds.json"


def chapters() -> list[str]:
    """Names of the chapters, in reading order."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages = [page["file"] for part in contents["parts"] for page in part["chapters"]]
    return [page for page in pages if page.startswith("chapters/")]


def seconds_of(chapter: str) -> float:
    """Processor time of the chapter's kernel from its start to its end, as a build runs it."""
    notebook = jupytext.read(ROOT / f"{chapter}.md")
    client = NotebookClient(
        notebook, timeout=None, resources={"metadata": {"path": str(ROOT / "chapters")}}
    )
    start = used_by_ended_processes()
    client.execute()  # and end the kernel
    return used_by_ended_processes() - start


def used_by_ended_processes() -> float:
    """Seconds that all child processes which have ended have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def record_chapters() -> None:
    """Run every chapter, one at a time, and write the record."""
    os.environ[STATIC_VARIABLE] = "1"
    seconds = {}
    for chapter in chapters():
        seconds[chapter] = round(seconds_of(chapter), 1)
        print(f"{chapter}: {seconds[chapter]} s", flush=True)
    record = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "seconds": seconds,
    }
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record_chapters()
