"""Code with elements for coloured tokens only."""

import re

import pytest
from plain_tokens import PLAIN, PlainTokens
from pygments import highlight
from pygments.lexers import PythonLexer
from pygments.styles import get_style_by_name
from pygments.token import Text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plain_tokens_have_the_colour_of_the_text(theme, book):
    style = get_style_by_name(f"a11y-high-contrast-{theme}")
    text = style.style_for_token(Text)
    assert [kind for kind in PLAIN if style.style_for_token(kind) != text] == []
    sheet = (book / "_static" / "pygments.css").read_text(encoding="utf-8")
    colour = rf'html\[data-theme="{theme}"\] \.highlight{{[^}}]*color: #{text["color"]}}}'
    assert re.search(colour, sheet, re.IGNORECASE), "the book has another style"


def test_text_and_coloured_tokens_stay():
    code = 'from a.b import c\n\n\n@d\ndef f(x):\n    return "é<" + g(x)[1]  # why\n'
    html = highlight(code, PythonLexer(), PlainTokens(nowrap=True))
    full = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&quot;", '"')
    assert full == code
    assert set(re.findall('class="([^"]*)"', html)) == {
        "kn",
        "nd",
        "k",
        "nf",
        "s2",
        "o",
        "mi",
        "c1",
    }
