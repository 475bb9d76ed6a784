"""The policy of every page keeps out other hosts, and every page works under it."""

import pytest

HOST = "https://example.org/x"
KINDS_OF_SOURCES = {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}

# What a changed page might try, and the directive that forbids it.
FORBIDDEN = {
    f"fetch('{HOST}').catch(() => {{}})": "connect-src",
    f"navigator.sendBeacon('{HOST}', 'a')": "connect-src",
    "try { new WebSocket('wss://example.org/x') } catch { }": "connect-src",
    f"new EventSource('{HOST}')": "connect-src",
    f"new Image().src = '{HOST}'": "img-src",
    f"add('img', {{ srcset: '{HOST} 2x, {HOST} 1x' }})": "img-src",
    f"add('script', {{ src: '{HOST}' }})": "script-src-elem",
    f"add('link', {{ rel: 'stylesheet', href: '{HOST}' }})": "style-src-elem",
    f"add('style', {{ textContent: '@import \"{HOST}\"' }})": "style-src-elem",
    f"new FontFace('a', 'url({HOST})').load().catch(() => {{}})": "font-src",
    f"add('video', {{ src: '{HOST}' }})": "media-src",
    f"add('iframe', {{ src: '{HOST}' }})": "frame-src",
    f"add('object', {{ data: '{HOST}' }})": "object-src",
    f"add('base', {{ href: '{HOST}' }})": "base-uri",
    f"add('form', {{ action: '{HOST}' }}).submit()": "form-action",
    "setTimeout(() => { try { eval('1') } catch { } })": "script-src",
}
TRY = """() => new Promise((resolve) => {
  const name = "securitypolicyviolation";
  document.addEventListener(name, (event) => resolve(event.effectiveDirective));
  const add = (name, properties) =>
    document.body.appendChild(Object.assign(document.createElement(name), properties));
  setTimeout(() => resolve("nothing"), 5000);
  CODE;
})"""


def directives(page):
    """Return the sources of each directive of a page's policy."""
    [tag] = page.select("meta[http-equiv='Content-Security-Policy']")
    return {name: set(sources) for name, *sources in map(str.split, tag["content"].split(";"))}


def test_policy_comes_before_all_that_it_is_for(page, read_page):
    head = read_page(page).head
    first = head.find(["script", "style", "link", "base"])
    assert head.find("meta", attrs={"http-equiv": "Content-Security-Policy"}) in (
        first.find_all_previous("meta")
    )


def test_policy_allows_no_host_and_no_connection(page, read_page):
    found = directives(read_page(page))
    assert found["default-src"] == {"'none'"}
    assert "connect-src" not in found
    assert set().union(*found.values()) <= KINDS_OF_SOURCES


@pytest.mark.parametrize("code", FORBIDDEN)
def test_browser_refuses_other_hosts(code, browser, book):
    page = browser.new_page()
    page.goto((book / "cite.html").as_uri())
    refused = page.evaluate(TRY.replace("CODE", code))
    page.close()
    assert refused == FORBIDDEN[code]
