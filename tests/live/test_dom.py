"""What is equal is not written again, and texts keep their nodes except in live regions."""

import pytest

from klhelpers.live.assets import joined

LOAD = """async (text) => {
  window.dom = await import(URL.createObjectURL(
    new Blob([text + "\\nexport { html, set, tell };"], { type: "text/javascript" })));
}"""

WRITTEN = """async (write) => {
  const node = dom.html("p", { id: "one" }, "before");
  let count = 0;
  new MutationObserver((records) => { count += records.length; })
    .observe(node, { attributes: true, childList: true, characterData: true, subtree: true });
  (0, eval)(write)(node);
  await Promise.resolve();
  return count;
}"""

TOLD = """(attributes) => {
  const node = dom.html("p", attributes, "before");
  const { firstChild } = node;
  dom.tell(node, "after");
  return [node.textContent, node.firstChild === firstChild];
}"""


@pytest.fixture
def dom(new_page):
    page = new_page()
    page.evaluate(LOAD, joined("dom"))
    return page


@pytest.mark.parametrize(
    ("write", "count"),
    [
        ("node => dom.set(node, { id: 'one' })", 0),
        ("node => dom.set(node, { id: 'two' })", 1),
        ("node => { dom.set(node, { tabindex: 0 }); dom.set(node, { tabindex: 0 }); }", 1),
        ("node => dom.tell(node, 'before')", 0),
        ("node => dom.tell(node, 'after')", 1),
    ],
)
def test_only_what_differs_is_written(write, count, dom):
    assert dom.evaluate(WRITTEN, write) == count


@pytest.mark.parametrize(
    ("attributes", "stays"),
    [({}, True), ({"role": "status"}, False), ({"aria-live": "polite"}, False)],
)
def test_a_live_region_gets_a_new_text_node(attributes, stays, dom):
    assert dom.evaluate(TOLD, attributes) == ["after", stays]


def test_an_empty_element_is_filled_and_emptied(dom):
    script = "() => { const p = dom.html('p'); dom.tell(p, 'a'); dom.tell(p, ''); dom.tell(p, 'b');"
    assert dom.evaluate(script + " return p.textContent; }") == "b"
