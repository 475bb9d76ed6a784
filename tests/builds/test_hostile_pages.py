"""A page of a book whose headings, texts, outputs and alternative texts look like markup."""

import json
import re

import pytest

HURT = "window.hurt = 1"
TEXTS = {
    "a script": f"<script>{HURT}</script>",
    "the end of a script": f"</script><script>{HURT}</script>",
    "the end of a title": f"</title></style><script>{HURT}</script>",
    "quotes": f"\" onfocus=\"{HURT}\" autofocus ' onclick='{HURT}'",
    "an image": f"<img src=x onerror={HURT.replace(' ', '')}>",
    "a comment": "<!-- one -->two<!--<script>three",
    "entities": "&lt;b&gt; &amp; &#60; &quot;",
    "line separators": "one\u2028two\u2029three",
}
# MyST-NB counts U+2028 as the end of a line of a source, and then cuts cells in the wrong place.
WRITTEN = [text for name, text in TEXTS.items() if name != "line separators"]
TITLE = "".join(TEXTS[name] for name in ("the end of a title", "quotes", "a comment"))
CELL = """import matplotlib.pyplot as plt
import vectorplayer
import klhelpers as kl
vectorplayer.show_figures_in_notebooks()
for text in {texts}:
    print(text)
fig, ax = plt.subplots(figsize=(2, 1))
"""


def in_markdown(text):
    """The text with all that could be markup escaped."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def straight(text):
    """Undo the quotation marks and dashes that Sphinx makes of typed ones."""
    for typed, marks in {'"': "“”", "'": "‘’", "--": "–", "---": "—"}.items():
        text = re.sub(f"[{marks}]", typed, text)
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def hostile(book):
    parts = [f"Words {in_markdown(TEXTS['a script'])}.", in_markdown(" ".join(WRITTEN))]
    for text in WRITTEN:
        parts.append(f"## {in_markdown(text)}\n\nNeedle: {in_markdown(text)}")
    alt = json.dumps(" ".join(TEXTS.values()))
    cell = CELL.format(texts=list(TEXTS.values()))
    book.page(
        "second",
        text="\n\n".join(parts),
        code=f"---\nmystnb:\n  image:\n    alt: {alt}\n---\n{cell}",
    )
    page = (book.folder / "second.md").read_text("utf-8")
    book.write("second.md", page.replace("# Second", f"# {in_markdown(TITLE)}", 1))
    result = book.build()
    assert result.status == 0, result.output
    return book


def test_they_stay_text_wherever_a_page_shows_them(hostile, new_page):
    page = new_page()
    page.goto((hostile.pages / "second.html").as_uri())
    assert page.evaluate("typeof window.hurt") == "undefined"
    bad = ":is(img[src=x], [onerror], [onfocus], [onclick='window.hurt = 1'], [autofocus])"
    assert page.evaluate("(what) => document.querySelectorAll(what).length", bad) == 0
    read = "(what) => [...document.querySelectorAll(what)].map((n) => n.content ?? n.textContent)"
    headings = [straight(text.removesuffix("#")) for text in page.evaluate(read, "main section h2")]
    assert headings == [straight(text) for text in WRITTEN]
    titles = page.evaluate(read, "main h1")  # one of them is for paper
    assert [straight(title.removesuffix("#")) for title in titles] == [straight(TITLE)] * 2
    assert straight(page.title()).startswith(straight(TITLE))
    [preview] = page.evaluate(read, "meta[property='og:title']")
    assert straight(preview) == straight(TITLE)
    [description] = page.evaluate(read, "meta[property='og:description']")
    assert straight(description).startswith(f"Words {TEXTS['a script']}.")
    [printed] = page.evaluate(read, ".cell_output .output.stream")
    assert printed.strip().startswith("\n".join(TEXTS.values()))  # then a button
    label = page.locator(".cell_output [role=img]").first.get_attribute("aria-label")
    assert label == " ".join(TEXTS.values())


def test_they_stay_text_in_the_contents_of_other_pages_and_in_the_search(hostile, new_page):
    page = new_page()
    page.goto((hostile.pages / "index.html").as_uri())
    assert page.evaluate("typeof window.hurt") == "undefined"
    links = page.locator("nav a[href*='second.html']").all_text_contents()
    assert straight(links[0].strip()) == straight(TITLE)
    page.goto((hostile.pages / "search.html").as_uri() + "?q=needle")
    page.locator("#search-results p.context").first.wait_for()
    assert page.evaluate("typeof window.hurt") == "undefined"
    assert page.locator("#search-results :is(img, script, b)").count() == 0
    found = straight(page.locator("#search-results").inner_text())
    assert straight(TEXTS["a script"]) in found
