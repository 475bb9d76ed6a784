"""Claims of the page for lecturers: its plans add up, and what it names exists."""

import re

import pytest
from table_of_contents import CHAPTERS, ROOT

TEXT = (ROOT / "teaching.md").read_text(encoding="utf-8")
HOURS = (2, 4, 8)
ROWS = re.findall(
    r"^\| \[.+?\]\((chapters/[\w-]+)\.md\) \| (\d+|–) \| (\d+|–) \| (\d+|–) \| .*<(ex-[\w-]+)>",
    TEXT,
    re.MULTILINE,
)
LABEL = re.compile(r"^```\{exercise\} (.+)\n:label: (ex-[\w-]+)", re.MULTILINE)


def source(chapter):
    return (ROOT / f"{chapter}.md").read_text(encoding="utf-8")


def test_table_has_the_chapters_in_order():
    assert [row[0] for row in ROWS] == CHAPTERS


@pytest.mark.parametrize(("column", "hours"), list(enumerate(HOURS, start=1)))
def test_minutes_of_each_plan_add_up(column, hours):
    minutes = [0 if row[column] == "–" else int(row[column]) for row in ROWS]
    assert sum(minutes) == 60 * hours
    head = re.search(r"^\| chapter \|.*$", TEXT, re.MULTILINE)[0]
    assert head.split("|")[column + 1].strip() == f"{hours} h"
    total = re.search(r"^\| all \|.*$", TEXT, re.MULTILINE)[0]
    assert total.split("|")[column + 1].strip() == str(sum(minutes))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_exercise_belongs_to_its_chapter(row):
    assert row[4] in {label for _, label in LABEL.findall(source(row[0]))}


def test_exercises_are_called_by_their_titles():
    titles = {label: title for page in CHAPTERS for title, label in LABEL.findall(source(page))}
    named = re.findall(r"\{ref\}`([^`<]+) <(ex-[\w-]+)>`", TEXT)
    assert len(named) > len(CHAPTERS)
    assert [(words, label) for words, label in named if titles.get(label) != words] == []


def test_sections_to_skip_exist():
    """What is in italics in the section *What to skip* is a section or a chapter."""
    part = re.search(r"^## What to skip\n(.*?)^## ", TEXT, re.MULTILINE | re.DOTALL)[1]
    named = re.findall(r"\*([^*]+)\*", part)
    heads = re.compile(r"^#{1,3} (.+)$", re.MULTILINE)
    known = {title for page in CHAPTERS for title in heads.findall(source(page))}
    assert named
    assert [name for name in named if name not in known] == []


def test_every_chapter_has_an_objective():
    listed = re.findall(r"^- \[.+?\]\((chapters/[\w-]+)\.md\): \w+", TEXT, re.MULTILINE)
    assert listed == CHAPTERS


def test_there_is_a_guess_in_most_chapters():
    guesses = [page for page in CHAPTERS if "kl.GuessFigure(" in source(page)]
    assert len(guesses) > len(CHAPTERS) / 2
