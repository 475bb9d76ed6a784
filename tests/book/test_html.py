"""The HTML of the built pages, read without a browser."""

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from guards import CSS_OF_OTHERS, foreign_addresses, inline_handlers


def article(page):
    return page.select_one("article") or page.select_one("main")


def links(page):
    for element in page.select("[href], [src], [poster], [data]"):
        for name in ("href", "src", "poster", "data"):
            if address := element.get(name):
                yield address


def test_every_page_has_a_title(page, read_page):
    title = read_page(page).title.get_text(strip=True)
    assert title
    assert "<no title>" not in title
    if page != "index":
        assert title != read_page("index").title.get_text(strip=True)


def test_headings_go_down_one_level_at_a_time(page, read_page):
    found = article(read_page(page)).select("h1, h2, h3, h4, h5, h6")
    levels = [int(heading.name[1]) for heading in found]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_ids_are_unique(page, read_page):
    ids = Counter(element["id"] for element in read_page(page).select("[id]"))
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_picture_says_what_is_seen(written, read_page):
    for image in article(read_page(written)).select("img, [role=img]"):
        alt = (image.get("alt") or image.get("aria-label") or "").strip()
        assert len(alt.split()) >= 5, f"alt text {alt!r} of {str(image)[:120]}"
        assert not re.search(r"[/\\]|\.(png|svg|jpe?g|gif)$", alt), f"a path as alt text: {alt!r}"


def test_every_picture_stands_in_a_figure_with_a_caption(written, read_page):
    page = article(read_page(written))
    pictures = page.select("img, div.vp-picture")
    # a guess has its question instead
    bare = [shown for shown in pictures if not shown.find_parent(["figure", "kl-live"])]
    assert [str(shown)[:120] for shown in bare] == []
    for figure in page.select("figure:not(vector-player > figure)"):
        caption = figure.select_one("figcaption")
        assert caption, f"no caption: {str(figure)[:200]}"
        assert len(caption.get_text(" ", strip=True).split()) >= 4


def test_every_figure_is_mentioned_in_the_text(chapter, read_page):
    page = article(read_page(chapter))
    targets = {link["href"] for link in page.select("a.reference[href]")}
    figures = [figure["id"] for figure in page.select("figure[id^=fig-]")]
    assert figures
    assert [name for name in figures if f"#{name}" not in targets] == []


def test_internal_links_lead_somewhere(page, book, read_page):
    here = book / f"{page}.html"
    broken = []
    for address in set(links(read_page(page))):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
            continue
        target = (here.parent / unquote(parts.path)).resolve() if parts.path else here
        if not target.is_file():
            broken.append(address)
        elif parts.fragment and target.suffix == ".html":
            other = read_page(target.relative_to(book).with_suffix("").as_posix())
            # an entry of the generated index may refer to an object without an id of its own
            name = re.split("&(?:frame|state)=", parts.fragment)[
                0
            ]  # what follows is for the figure
            if not other.find(id=unquote(name)):
                broken.append(address)
    assert broken == []


def test_nothing_is_loaded_from_another_host(page, read_page):
    assert list(foreign_addresses(read_page(page))) == []


def test_no_script_stands_in_an_attribute(page, read_page):
    assert list(inline_handlers(read_page(page))) == []


def test_no_style_sheet_asks_another_host(book):
    sheets = list(book.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        assert not CSS_OF_OTHERS.search(sheet.read_text(encoding="utf-8")), sheet.name


def test_no_warning_log_reaches_a_page(written, read_page):
    page = article(read_page(written))
    assert page.select(".stderr, .system-message, .problematic") == []
    # the reference may name warnings
    documented = "".join(entry.get_text() for entry in page.select("section > dl.py"))
    for word in ("cudart", "oneDNN", "TF-TRT", "WARNING:", "UserWarning", "DeprecationWarning"):
        assert page.get_text().count(word) == documented.count(word)


def test_no_role_is_left_unresolved(written, read_page):
    page = article(read_page(written))
    text = "".join(
        string for string in page.strings if not string.find_parent(["pre", "code", "script"])
    )
    assert not re.search(r"\{[a-z]+(:[a-z]+)?\}`", text)
    assert not re.search(r"^(:::|```)", text, flags=re.MULTILINE)
    assert "%s" not in text


@pytest.mark.parametrize("listing", ["references"])
def test_every_source_is_listed_once(listing, read_page):
    entries = article(read_page(listing)).select(".citation")
    assert len(entries) >= 5
    texts = [entry.get_text(" ", strip=True) for entry in entries]
    assert len(set(texts)) == len(texts)
