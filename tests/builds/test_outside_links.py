"""`make links` names the addresses that do not exist, and asks the registry for DOIs."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from outside_links import asked_instead

LINKCHECK = ("--builder", "custom", "--custom-builder", "linkcheck")  # as in the Makefile


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://doi.org/10.1000/182", "https://doi.org/api/handles/10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "https://doi.org/api/handles/10.1000/182"),
        ("https://doi.org/api/handles/10.1000/182", None),
        ("https://doi.org/", None),
        ("https://example.org/10.1000/182", None),
    ],
)
def test_registry_is_asked_for_a_doi(address, asked):
    assert asked_instead(None, address) == asked


@pytest.fixture
def host():
    """Serve ``/there`` alone; return the address of the server."""

    class Host(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response(200 if self.path == "/there" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.thorough
def test_address_that_does_not_exist_is_named(book, host):
    before = book.published()
    book.page("second", text=f"[One]({host}/there).", code="print(8 * 9)")
    result = book.build(*LINKCHECK)
    assert result.status == 0, result.output
    book.page("second", text=f"[One]({host}/there), [two]({host}/gone).", code="print(8 * 9)")
    result = book.build(*LINKCHECK)
    assert result.status != 0
    [broken] = [line for line in result.output.splitlines() if "/gone" in line and "broken" in line]
    assert "404" in broken
    assert book.published() == before
    result = book.build()
    assert result.status == 0, result.output
    assert f"{host}/gone" in book.html("second")
