"""README.md: its picture is what the script draws, and its table of chapters that of the book."""

import re
import runpy

from table_of_contents import CHAPTERS
from tiny_book import ROOT

README = (ROOT / "README.md").read_text("utf-8")
INDEX = (ROOT / "index.md").read_text("utf-8")


def test_the_picture_is_what_its_script_draws(tmp_path):
    script = runpy.run_path(str(ROOT / "readme" / "two_fits.py"))
    script["film"]().save(tmp_path / "new.svg")
    kept = (ROOT / "readme" / "two_fits.svg").read_bytes()
    assert kept == (tmp_path / "new.svg").read_bytes(), "run python readme/two_fits.py"
    assert len(kept) < 120_000
    assert f"![{script['ALT']}](readme/two_fits.svg)" in README


def test_the_fits_of_the_picture_end_as_its_alternative_text_says():
    _, (reverse, forward) = runpy.run_path(str(ROOT / "readme" / "two_fits.py"))["fits"]()
    assert (reverse.direction, forward.direction) == ("reverse", "forward")
    for fit in (reverse, forward):
        assert abs(fit.loc[-1]).max() < 1e-3 < abs(fit.loc[0]).min()
        assert (fit.scale_tril[-1] - fit.scale_tril[0]).diagonal().min() > 0
        assert fit.scale_tril[-1][1, 0] == 0
    assert (forward.scale_tril[-1] - reverse.scale_tril[-1]).diagonal().min() > 0.5


def test_table_of_chapters_is_that_of_the_landing_page():
    asked = re.findall(
        r"^\| \[([^]]+)\]\((chapters/[\w-]+)\.md\) \| \d+ \| \*\*(.+?)\*\*", INDEX, re.MULTILINE
    )
    asked = [(title, name, re.sub(r"\$([pq])\$", r"*\1*", text)) for title, name, text in asked]
    rows = re.findall(
        r"^\| (\d+) \| \[([^]]+)\]\((chapters/[\w-]+)\.md\) \| (.+) \|$", README, re.MULTILINE
    )
    assert [(title, name, text) for _, title, name, text in rows] == asked
    assert [name for _, _, name, _ in rows] == CHAPTERS
    assert [int(number) for number, *_ in rows] == [*range(1, len(CHAPTERS) + 1)]
    assert len(CHAPTERS) == 13 and "Course notes of thirteen chapters" in README


def test_links_lead_to_files_and_sections_of_the_repository():
    links = re.findall(r"\]\(([^)]+)\)", README)
    headings = {
        "#" + line.lower().replace(" ", "-") for line in re.findall(r"^## (.+)", README, re.M)
    }
    assert len(links) > 20
    for link in links:
        assert link in headings if link.startswith("#") else (ROOT / link).is_file(), link


def test_students_and_lecturers_are_told_what_the_book_says():
    for known in (
        "expectations",
        "the density of a Gaussian in several dimensions",
        "matrices",
        "partial derivatives",
        "the idea of gradient descent",
    ):
        assert known in README and known in INDEX
    teaching = (ROOT / "teaching.md").read_text("utf-8")
    assert "session of two hours, half a day of four, or a course of eight" in teaching
    assert "plans for two, four and eight hours" in README
