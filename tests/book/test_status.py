"""The page *Versions and times* is true, and its record has every chapter."""

import json
import re
from importlib.metadata import version

from table_of_contents import CHAPTERS, ROOT

RECORD = json.loads((ROOT / "benchmarks" / "chapter_seconds.json").read_text(encoding="utf-8"))


def rows(table):
    return [
        [cell.get_text(strip=True) for cell in row.select("td")] for row in table.select("tbody tr")
    ]


def test_versions_are_those_of_this_environment(read_page):
    versions = {row[0]: row[1] for row in rows(read_page("status").select_one("#versions table"))}
    del versions["Python"]
    assert {"numpy", "tensorflow", "jupyter-book"} <= set(versions)
    assert versions == {package: version(package) for package in versions}


def test_versions_are_those_of_the_lock(read_page):
    lock = dict(
        re.findall(r"^([\w.-]+)==([^ ;]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    )
    versions = {row[0]: row[1] for row in rows(read_page("status").select_one("#versions table"))}
    assert set(versions) - set(lock) == {"Python", "vectorplayer"}


def test_record_has_every_chapter():
    assert list(RECORD["seconds"]) == CHAPTERS
    assert all(seconds > 0 for seconds in RECORD["seconds"].values())


def test_page_shows_the_record(read_page):
    section = read_page("status").select_one("#seconds-per-chapter")
    shown = [float(row[1]) for row in rows(section.select_one("table"))]
    assert shown[:-1] == [RECORD["seconds"][chapter] for chapter in CHAPTERS]
    assert shown[-1] == round(sum(shown[:-1]), 1)
    text = section.get_text()
    assert RECORD["date"] in text and RECORD["machine"] in text
