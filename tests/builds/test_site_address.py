"""The address of the site: none, a good one, a bad one."""

import threading
import xml.etree.ElementTree as ElementTree
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from site_address import checked_address
from sitemap import NAMESPACE

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
    assert "sitemap.xml" not in book.published()
    result = book.build(SITE_URL="https://example.org/notes")
    assert result.status == 0, result.output
    page = book.html("second")
    assert '<link rel="canonical" href="https://example.org/notes/second.html" />' in page
    assert '<meta property="og:url" content="https://example.org/notes/second.html" />' in page
    picture = "_static/previews/index.png"
    assert f'<meta property="og:image" content="https://example.org/notes/{picture}" />' in page
    assert (book.pages / picture).is_file()
    listed = ElementTree.fromstring(book.published()["sitemap.xml"])
    assert [location.text for location in listed.iter(f"{{{NAMESPACE}}}loc")] == [
        "https://example.org/notes/index.html",
        "https://example.org/notes/second.html",
    ]


def test_bad_address_fails_the_build(book):
    before = book.published()
    result = book.build(SITE_URL="example.org")
    assert result.status != 0
    assert "SITE_URL must be an address such as https://example.org/notes" in result.output
    assert book.published() == before


@pytest.fixture
def served(book):
    """Build the book for a folder of a site and serve it; return the address of the folder."""

    class Site(SimpleHTTPRequestHandler):
        """Answers as the hosts of static pages do: with 404.html where nothing is."""

        def __init__(self, *arguments):
            super().__init__(*arguments, directory=book.pages)

        def translate_path(self, path):
            top, _, name = path.partition("/notes/")
            return super().translate_path(f"/{name}" if not top else "/outside")

        def send_error(self, status, *_):
            content = (book.pages / "404.html").read_bytes()
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    result = book.build(SITE_URL="https://example.org/notes")
    assert result.status == 0, result.output
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/notes"
    server.shutdown()
    server.server_close()


@pytest.mark.faults
def test_page_not_found_works_in_every_folder(served, browser):
    page = browser.new_page()
    answers = []
    page.on("response", lambda answer: answers.append((answer.status, answer.url)))
    for place in ("nothing.html", "a/nothing.html", "a/b/c/"):
        answers.clear()
        page.goto(f"{served}/{place}")
        page.wait_for_load_state("networkidle")
        assert [url for status, url in answers if status >= 400] == [f"{served}/{place}"]
        assert any(url.endswith("/notes/_static/styles/theme.css") for _, url in answers)
        for name, address in {"Go to the first page": "index", "search these": "search"}.items():
            link = page.get_by_role("link", name=name)
            assert link.evaluate("link => link.href") == f"{served}/{address}.html"
    page.get_by_role("link", name="Second").first.click()
    assert page.url == f"{served}/second.html"
    page.close()
