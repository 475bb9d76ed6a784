"""The reference of klhelpers: complete, once, reached from the chapters, found by the search."""

import re
from collections import Counter
from urllib.parse import unquote

import pytest

import klhelpers


def entries(page):
    """Entries of public names, by name."""
    return {
        entry["id"].removeprefix("klhelpers."): entry
        for entry in page.select("dl.py > dt[id^='klhelpers.']")
        if entry["id"].count(".") == 1
    }


def test_every_public_name_has_one_entry(read_page):
    page = read_page("api")
    found = Counter(
        entry["id"] for entry in page.select("dt[id^='klhelpers.']") if entry["id"].count(".") == 1
    )
    assert found == {f"klhelpers.{name}": 1 for name in klhelpers.__all__}


@pytest.mark.parametrize("name", sorted(klhelpers.__all__))
def test_entry_has_signature_and_docstring(name, read_page):
    entry = entries(read_page("api"))[name]
    signature = entry.get_text(" ", strip=True)
    assert "(" in signature
    assert " at 0x" not in signature
    text = re.sub(r"\s+", " ", entry.find_next_sibling("dd").get_text(" "))
    summary = getattr(klhelpers, name).__doc__.strip().split("\n")[0].replace("`", "")
    assert text.replace(" ", "").startswith(summary.replace(" ", ""))


def test_no_text_of_the_reference_is_left_raw(read_page):
    """A name in single backticks is a link or code, never markup that is shown."""
    page = read_page("api").select_one("article")
    assert page.select("cite, .problematic") == []
    text = "".join(s for s in page.strings if not s.find_parent(["pre", "code", "script"]))
    assert "`" not in text and "::" not in text


def links_to_entries(page):
    """Targets of the links of a page into the reference."""
    addresses = [link["href"] for link in page.select("article a[href*='api.html#klhelpers.']")]
    return [unquote(address.partition("#")[2]) for address in addresses]


def test_chapter_leads_to_the_reference_once_per_name(chapter, read_page):
    found = Counter(links_to_entries(read_page(chapter)))
    assert found
    assert max(found.values()) == 1
    assert {name.removeprefix("klhelpers.") for name in found} <= set(entries(read_page("api")))


def test_every_name_in_the_text_of_a_chapter_is_linked(chapter, read_page):
    page = read_page(chapter).select_one("article")
    mentioned = {
        match[1]
        for code in page.select("code.literal:not(h1 *, h2 *, h3 *, figcaption *)")
        if (match := re.fullmatch(r"kl\.(\w+)(\(.*\))?", code.get_text(), re.DOTALL))
    } & set(klhelpers.__all__)
    assert {f"klhelpers.{name}" for name in mentioned} <= set(links_to_entries(read_page(chapter)))


def test_link_in_code_opens_the_entry(show):
    page = show("chapters/two-modes")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    link = page.locator("a.api:visible").first
    name = link.inner_text()
    link.click()
    page.wait_for_url(f"**/api.html#klhelpers.{name}")
    assert page.evaluate("document.querySelector(':target').id") == f"klhelpers.{name}"


@pytest.mark.parametrize("name", ["kl_floor", "minimize_kl", "restore"])
def test_search_finds_names(name, new_page, book):
    page = new_page()
    page.goto((book / "search.html").as_uri() + f"?q={name}")
    page.get_by_text(re.compile("^Search finished")).wait_for()
    assert page.locator("#search-results ul.search a[href*='api.html']").count() >= 1


def test_index_has_all_terms_and_names(read_page):
    index = read_page("genindex").select_one("article")
    addresses = {unquote(link["href"]) for link in index.select("td a[href]")}
    assert {f"api.html#klhelpers.{name}" for name in klhelpers.__all__} <= addresses
    terms = {term["id"] for term in read_page("index").select("dl.glossary dt[id]")}
    assert terms
    assert {f"index.html#{term}" for term in terms} <= addresses
