"""The page around the player: its title and what its head says."""

import datetime

import pytest
from markup import soup_of

from vectorplayer import VectorPlayer

NASTY = "</title><script>alert(1)</script> \"quoted\" & 'so on'"


def head_of(path):
    soup = soup_of(path.read_text("utf-8"))
    named = {meta["name"]: meta["content"] for meta in soup.select("meta[name]")}
    for standard in ("viewport", "color-scheme"):
        del named[standard]
    return soup, named


def test_metadata_names_the_page(line, tmp_path):
    path = tmp_path / "fit.html"
    line().save(path, writer="vector_html", metadata={"title": "A <fit>"})
    soup, named = head_of(path)
    assert soup.title.string == soup.h1.string == "A <fit>"
    assert named == {}


def test_metadata_stand_in_the_head(line, tmp_path):
    metadata = {
        "Title": "Waves", "artist": "Ada", "description": "A wave.", "copyright": "© Ada",
        "date": datetime.date(2026, 11, 24), "comment": 3, "keywords": ["wave", "sine"],
        "genre": None,
    }  # fmt: skip
    expected = {
        "author": "Ada", "description": "A wave.", "copyright": "© Ada", "date": "2026-11-24",
        "comment": "3", "keywords": "wave, sine",
    }  # fmt: skip
    line().save(tmp_path / "a.html", writer="vector_html", metadata=metadata)
    VectorPlayer(line(), metadata=metadata).save(tmp_path / "b.html")
    for name in ("a.html", "b.html"):
        soup, named = head_of(tmp_path / name)
        assert soup.title.string == "Waves"
        assert named == expected


def test_without_metadata_the_words_of_the_figure_name_the_page(line, tmp_path):
    line().save(tmp_path / "a.html", writer="vector_html")
    VectorPlayer(line(), alt="A wave.").save(tmp_path / "b.html")
    assert head_of(tmp_path / "a.html")[0].title.string == "Animated figure: a wave"
    assert head_of(tmp_path / "b.html")[0].title.string == "A wave."


@pytest.mark.parametrize("key", ["title", "author", NASTY])
def test_text_stays_text(line, tmp_path, key):
    path = tmp_path / "fit.html"
    line(frames=2).save(path, writer="vector_html", metadata={"title": NASTY, key: NASTY})
    soup, named = head_of(path)
    assert soup.title.string == soup.h1.string == NASTY
    assert len(soup.select("script")) == 2
    if key != "title":
        assert named == {key.lower(): NASTY}
