"""Descriptions of pages, from hostile and from long texts."""

from link_previews import sentences


def test_description_is_escaped_and_short(book):
    text = 'Some "words" & <b>tags</b>. ' + "Many more words follow here. " * 20
    book.page("second", text=text, code="print(8 * 9)")
    result = book.build()
    assert result.status == 0, result.output
    page = book.html("second")
    [line] = [line for line in page.splitlines() if 'property="og:description"' in line]
    content = line.partition('content="')[2].rpartition('"')[0]
    assert '"' not in content and "<" not in content
    assert content.startswith("Some &quot;words&quot;") or content.startswith("Some “words”")
    assert len(content) < 300


def test_sentences_are_whole():
    assert sentences("A b. C d.", 4) == "A b."
    assert sentences("", 4) == ""
    assert len(sentences("word " * 100)) <= 200
