"""The list of sources: by author and year, as the text cites them, in a list that is one."""

import re


def test_sources_are_listed_by_author_and_year(read_page):
    entries = read_page("references").select("ul.references > li.citation")
    assert len(entries) >= 5
    labels = [entry.select_one("strong.source").get_text() for entry in entries]
    assert all(re.fullmatch(r"[^\d{}\\]+, \d{4}", label) for label in labels)
    surnames = [re.split(r" and | et al|,", label)[0].lower() for label in labels]
    assert surnames == sorted(surnames)
    assert all(entry.get("id") for entry in entries)


def test_text_cites_a_source_by_the_name_of_its_entry(written, read_page):
    entries = {
        entry["id"]: entry.select_one("strong.source").get_text()
        for entry in read_page("references").select("li.citation")
    }
    for link in read_page(written).select("a.reference[href*='references.html#']"):
        name = entries[link["href"].partition("#")[2]]
        assert link.get_text().rpartition(" ")[2] == name.rpartition(" ")[2]  # the year
