"""The address of the site: none, a good one, a bad one."""

import pytest
from site_address import checked_address

BAD = [
    "example.org",
    "ftp://example.org/",
    "https://",
    "https:///notes",
    "https://example.org/?a=b",
    "https://example.org/#a",
    "https://example.org/a b",
    'https://example.org/"><script>',
    "https://user:word@example.org/",
    "https://example.org:port/",
    "//example.org",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("address", BAD)
def test_bad_address_is_named(address):
    with pytest.raises(ValueError, match=r"SITE_URL must be an address such as .*; got"):
        checked_address(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", ""),
        ("  ", ""),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/notes/", "https://example.org/notes/"),
        ("http://localhost:8000/~me/notes", "http://localhost:8000/~me/notes/"),
    ],
)
def test_address_ends_with_a_slash(address, expected):
    assert checked_address(address) == expected


def test_pages_know_their_address_only_if_it_is_given(book):
    assert 'rel="canonical"' not in book.html("second")
    assert 'property="og:url"' not in book.html("second")
    result = book.build(SITE_URL="https://example.org/notes")
    assert result.status == 0, result.output
    page = book.html("second")
    assert '<link rel="canonical" href="https://example.org/notes/second.html" />' in page
    assert '<meta property="og:url" content="https://example.org/notes/second.html" />' in page
    picture = "_static/previews/index.png"
    assert f'<meta property="og:image" content="https://example.org/notes/{picture}" />' in page
    assert (book.pages / picture).is_file()


def test_bad_address_fails_the_build(book):
    before = book.published()
    result = book.build(SITE_URL="example.org")
    assert result.status != 0
    assert "SITE_URL must be an address such as https://example.org/notes" in result.output
    assert book.published() == before
