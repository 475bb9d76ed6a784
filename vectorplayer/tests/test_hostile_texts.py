"""Texts that look like markup, in every place of a page or a file where a caller's text arrives.

No script of theirs runs, the text is shown unchanged, and what is around it stays well-formed.
All players and figures of a place stand on one page, which is loaded once.
"""

import re
import warnings
from xml.etree import ElementTree

import html5lib
import matplotlib.pyplot as plt
import pytest
from matplotlib.animation import FuncAnimation
from PIL import Image

from vectorplayer import RasterFallbackWarning, VectorFigure, VectorPlayer, with_alt
from vectorplayer.write.captions import plain

HURT = "window.hurt = 1"
TEXTS = {
    "a script": f"<script>{HURT}</script>",
    "the end of a script": f"</script><script>{HURT}</script>",
    "the end of a title": f"</title></h1></style></svg><script>{HURT}</script>",
    "quotes": f'" onfocus="{HURT}" autofocus tabindex="0" \' onclick=\'{HURT}\'',
    "an image": f"<img src=x onerror={HURT.replace(' ', '')}>",
    "a comment": "<!-- one -->two<!--<script>three",
    "the end of CDATA": "one ]]> two <![CDATA[ three <?four?>",
    "entities": "&lt;b&gt; &amp; &#60; &quot; &nope;",
    "line separators": "one\u2028two\u2029three",
    "escapes": "${hurt} `a` {b} \\u003c \\x3c \\n %3Cb%3E \\g<0>",
}
PAGE = '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>{}</body></html>'
SVG = "{http://www.w3.org/2000/svg}"


def animation(title=None):
    """A line that moves; with a title that changes, the figure itself says the text."""
    fig, ax = plt.subplots(figsize=(2, 1))
    (line,) = ax.plot([0, 1], [0, 1])

    def draw(k):
        line.set_ydata([0, k])
        if title is not None:
            ax.set_title(f"{title} {k}")

    return FuncAnimation(fig, draw, frames=2, init_func=lambda: [])


@pytest.fixture(scope="module")
def players():
    """One player per text, which says it wherever a player can."""
    made = {}
    for name, text in TEXTS.items():
        metadata = {"title": text, "artist": text, text: text}
        options = {"alt": text, "slider": text, "labels": [text, text + "!"], "metadata": metadata}
        made[name] = VectorPlayer(animation(), name=text, **options)
        assert made[name].html
    return made


def load(browser, markup):
    """Load a page and look for what must not be there; return the page."""
    page = browser.new_page()
    page.set_content(PAGE.format(markup) if "<!DOCTYPE" not in markup else markup)
    assert page.evaluate("typeof window.hurt") == "undefined"
    found = "img, iframe, body [onerror], [onfocus], [onclick], [autofocus]"
    assert page.evaluate("(what) => document.querySelectorAll(what).length", found) == 0
    return page


@pytest.fixture(scope="module")
def said(browser, players):
    """What the players of one page say, by the names of the texts."""
    page = load(browser, "".join(player.html for player in players.values()))
    found = page.evaluate(
        """() => [...document.querySelectorAll("vector-player")].map((player) => {
          player.show(1);
          player.settle();
          const named = (node) => node.getAttribute("aria-label");
          return {
            readout: player.readout.textContent,
            spoken: player.range.getAttribute("aria-valuetext"),
            seen: named(player.querySelector("[role=img]")),
            bar: named(player.querySelector(".vp-bar")),
            slider: named(player.range),
            tags: [...player.querySelectorAll(".vp-readout *, .vp-voice *")].length,
          };
        })"""
    )
    page.close()
    return dict(zip(players, found, strict=True))


@pytest.mark.parametrize("name", TEXTS)
def test_a_player_says_it_unchanged(said, name):
    text = TEXTS[name]
    assert said[name] == {
        "readout": text + "!",
        "spoken": text + "!",
        "seen": text,
        "bar": text,
        "slider": f"{text}: {text}",
        "tags": 0,
    }


@pytest.fixture(scope="module")
def seen(browser):
    """The names of figures on one page: given, put in later, and read from the figure itself."""
    parts = []
    for text in TEXTS.values():
        fig, ax = plt.subplots(figsize=(2, 1))
        ax.set_title(ascii_only(text), parse_math=False)
        parts += [VectorFigure(fig).html, VectorFigure(fig, alt=text).html]
        parts.append(with_alt(parts[0], text))
        plt.close(fig)
    page = load(browser, "".join(parts))
    found = page.evaluate(
        "() => [...document.querySelectorAll('[role=img]')].map((node) => node.ariaLabel)"
    )
    page.close()
    return dict(zip(TEXTS, zip(*[iter(found)] * 3, strict=True), strict=True))


def ascii_only(text):
    """Leave out what the font of the figure does not have."""
    return re.sub(r"[^\x20-\x7e]", " ", text)


@pytest.mark.parametrize("name", TEXTS)
def test_a_figure_is_named_by_it_unchanged(seen, name):
    text = TEXTS[name]
    assert seen[name] == (f"Figure: {plain(ascii_only(text))}", text, text)


@pytest.fixture(scope="module")
def readouts(browser):
    """What players say whose figure has a title that changes."""
    texts = [ascii_only(text) for text in TEXTS.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RasterFallbackWarning)  # outlines of long titles
        markup = "".join(VectorPlayer(animation(title)).html for title in texts)
    page = load(browser, markup)
    found = page.evaluate(
        "() => [...document.querySelectorAll('.vp-readout')].map((node) => node.textContent)"
    )
    page.close()
    return dict(zip(TEXTS, found, strict=True))


@pytest.mark.parametrize("name", TEXTS)
def test_words_of_the_figure_are_read_out_as_text(readouts, name):
    assert readouts[name] == plain(f"{ascii_only(TEXTS[name])} 0")


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_has_it_as_title_heading_and_metadata(browser, players, tmp_path, name):
    text = TEXTS[name]
    players[name].save(tmp_path / "a.html")
    markup = (tmp_path / "a.html").read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse(markup)
    page = load(browser, markup)
    found = page.evaluate(
        """() => [
          document.querySelector("title").text,
          document.querySelector("h1").textContent,
          [...document.querySelectorAll("head meta[name]")].slice(2).map(
            (meta) => [meta.name, meta.content]),
          document.querySelectorAll("script, title, h1").length,
        ]"""
    )
    page.close()
    assert found == [text, text, [["author", text], [text.lower(), text]], 4]


@pytest.mark.parametrize("frame", [None, 0], ids=["film", "still"])
@pytest.mark.parametrize("name", TEXTS)
def test_an_svg_file_has_it_as_title_and_description(players, tmp_path, name, frame):
    players[name].save(tmp_path / "a.svg", frame=frame)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    assert root.find(f"{SVG}title").text == root.find(f"{SVG}desc").text == TEXTS[name]
    assert not [node for node in root.iter() if node.tag == f"{SVG}script"]
    assert not [key for node in root.iter() for key in node.keys() if key.startswith("on")]


@pytest.mark.parametrize("name", TEXTS)
def test_pictures_have_it_in_their_comments(players, tmp_path, name):
    text = TEXTS[name]
    players[name].save(tmp_path / "a.gif")
    players[name].save(tmp_path / "a.png", frame=0)
    with Image.open(tmp_path / "a.gif") as film, Image.open(tmp_path / "a.png") as still:
        assert film.info["comment"].decode() == still.info["Title"] == text
