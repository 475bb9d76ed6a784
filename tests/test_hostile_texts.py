"""Texts that look like markup, in every place of a page where the text of an author arrives.

No script of theirs runs, the text is shown unchanged, and what is around it stays well-formed.
All questions and figures stand on one page, which is loaded once.  `vectorplayer` has such tests of
its own for players and stills, and `tests/builds/test_hostile_pages.py` for pages of a book.
"""

import html5lib
import pytest
from docutils import nodes
from docutils.utils import new_document

import klhelpers as kl
from klhelpers import sphinx_ext
from klhelpers.captioned import with_caption, without_caption
from klhelpers.explore._live import Message

HURT = "window.hurt = 1"
TEXTS = {
    "a script": f"<script>{HURT}</script>",
    "the end of a script": f"</script><script>{HURT}</script>",
    "the end of elements": f"</p></span></li></details></form><script>{HURT}</script>",
    "quotes": f'" onfocus="{HURT}" autofocus tabindex="0" \' onclick=\'{HURT}\'',
    "an image": f"<img src=x onerror={HURT.replace(' ', '')}>",
    "a comment": "<!-- one -->two<!--<script>three",
    "entities": "&lt;b&gt; &amp; &#60; &quot; &nope;",
    "line separators": "one\u2028two\u2029three",
    "escapes": "${hurt} {b} \\u003c \\x3c \\n %3Cb%3E $x$ \\(y\\)",
}
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title></head>'
    "<body>{}</body></html>"
)
SVG = "{http://www.w3.org/2000/svg}"
READ = """() => {
  const groups = [...document.querySelectorAll("main > div")];
  const text = (node, what) => [...node.querySelectorAll(what)].map((one) => one.textContent);
  return groups.map((group) => {
    const [choice, numeric] = group.querySelectorAll("form");
    choice.querySelectorAll("input")[0].click();
    choice.requestSubmit();
    const verdict = text(choice, "[role=status] span")[0];
    numeric.querySelector("input").value = "9";
    numeric.requestSubmit();
    const hint = text(numeric, "[role=status] span")[0];
    const [asked, still] = text(group, ".kl-question");
    const lives = [...group.querySelectorAll("kl-live")];
    const found = lives.map((one) => one.figure.sentence.textContent);
    return {
      questions: text(group, "legend"), answers: text(choice, "fieldset li"), verdict, hint,
      folds: text(group, "form details span"), unit: text(numeric, "fieldset label span")[0],
      asked, still, found, fold: text(group, ".kl-answer p"), caption: text(group, "figcaption"),
    };
  });
}"""


@pytest.fixture(autouse=True)
def static(monkeypatch):
    monkeypatch.setenv("KLHELPERS_STATIC", "1")


def questions(text):
    choice = kl.Choice(text, [(text, True, text), (f"{text} not", False, text)])
    options = {"tolerance": 0.1, "explanation": text, "hint": text, "unit": text}
    return kl.Questions(choice, kl.Numeric(text, 1.0, **options, near_misses=[(3.0, text)]))


def guess(text):
    number = {"label": text, "truth": 1.0, "because": text, "shown": True}
    return kl.GuessFigure("number", question=text, **number)


def markup(text):
    """Everything that an author can say, once."""
    about = kl.PairFigure(about={text: text})
    figure = kl.Captioned(guess(text), name="fig-a", caption=text)
    bundle, _ = figure._repr_mimebundle_()
    return f"<div>{questions(text).html}{bundle['text/html']}{about.html}</div>"


@pytest.fixture(scope="module")
def page_text():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KLHELPERS_STATIC", "1")
        return PAGE.format(f"<main>{''.join(map(markup, TEXTS.values()))}</main>")


@pytest.fixture(scope="module")
def said(browser, page_text):
    """What one page with all texts shows, by the names of the texts."""
    page = browser.new_page()
    page.set_content(page_text)
    page.wait_for_function("!document.querySelector('kl-live:not([data-ready])')")
    found = page.evaluate(READ)
    assert page.evaluate("typeof window.hurt") == "undefined"
    bad = "main :is(img, b, iframe, [onerror], [onfocus], [onclick], [autofocus])"
    assert page.evaluate("(what) => document.querySelectorAll(what).length", bad) == 0
    page.close()
    return dict(zip(TEXTS, found, strict=True))


@pytest.mark.parametrize("name", TEXTS)
def test_questions_say_it_unchanged(said, name):
    text, found = TEXTS[name], said[name]
    assert found["questions"] == [f"1. {text}", f"2. {text}"]
    assert found["answers"] == [text, f"{text} not"]
    assert found["verdict"] == found["hint"] == text
    assert found["folds"] == [text] * 5
    assert found["unit"] == f"Your answer in {text}, to within 0.1"


@pytest.mark.parametrize("name", TEXTS)
def test_a_live_figure_says_it_unchanged(said, name):
    text, found = TEXTS[name], said[name]
    assert found["caption"] == [text]
    assert sorted([found["asked"], found["still"]]) == [text, text]
    assert found["found"][0].startswith(f"{text} = 1.0000 nats. Your guess, 2.0000 nats, is ")
    assert found["found"][0].endswith(text)
    assert found["fold"] == [f"{text} = 1.0000 nats. {text}"]


def test_the_page_is_well_formed(page_text):
    html5lib.HTMLParser(strict=True).parse(page_text)


@pytest.mark.parametrize("name", TEXTS)
def test_plain_texts_have_it_unchanged(name):
    text = TEXTS[name]
    assert questions(text).text.count(text) == 7
    assert without_caption(with_caption("<b>1</b>", text), text) == "<b>1</b>"


@pytest.mark.parametrize("name", TEXTS)
def test_a_caption_in_a_notebook_is_text(name):
    shown = html5lib.parseFragment(with_caption("", TEXTS[name]), namespaceHTMLElements=False)
    assert [node.tag for node in shown.iter()] == ["DOCUMENT_FRAGMENT", "figure", "figcaption"]
    assert "".join(shown.itertext()) == TEXTS[name]


@pytest.mark.parametrize("name", TEXTS)
def test_what_an_explorer_says_is_text(name):
    message = Message()
    message.show(TEXTS[name])
    shown = html5lib.parseFragment(message.text, namespaceHTMLElements=False)
    assert "".join(shown.itertext()) == TEXTS[name]
    assert not shown.findall(".//script") and not shown.findall(".//img")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
@pytest.mark.parametrize("name", TEXTS)
def test_the_alternative_text_of_a_cell_is_text(name):
    document = new_document("page")
    cell = nodes.container(cell_metadata={"mystnb": {"image": {"alt": TEXTS[name]}}})
    still = '<div class="vp-picture"><svg role="img" aria-label="old"></svg></div>'
    cell += nodes.raw("", still, format="html")
    document += cell
    sphinx_ext.name_figures(None, document)
    found = html5lib.parseFragment(cell[0].astext(), namespaceHTMLElements=False)
    _, div, svg = found.iter()  # and nothing else
    assert (div.tag, svg.tag, svg.get("aria-label")) == ("div", f"{SVG}svg", TEXTS[name])
