"""Code that scrolls can be reached with the Tab key, and no other code."""

SCROLLING = """() => [...document.querySelectorAll("pre")]
  .filter((box) => box.checkVisibility({ contentVisibilityAuto: true }))
  .map((box) => [
    box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight, box.tabIndex,
  ])
"""


def stops(opened):
    """Return what is seen when the observer of sizes has had its turn: after some frames."""
    for _ in range(20):
        opened.evaluate("new Promise((r) => requestAnimationFrame(() => setTimeout(r, 50)))")
        seen = opened.evaluate(SCROLLING)
        if all(scrolls == (index == 0) for scrolls, index in seen):
            break
    return seen


def test_code_is_a_tab_stop_where_it_scrolls(chapter, look_at):
    opened = look_at(chapter)
    assert [box for box in stops(opened) if box[0] != (box[1] == 0)] == []
    opened.set_viewport_size({"width": 320, "height": 700})
    narrow = stops(opened)
    assert [box for box in narrow if box[0] != (box[1] == 0)] == []
    assert any(scrolls for scrolls, _ in narrow)


def test_folded_code_gets_its_tab_stop_when_it_is_opened(show):
    opened = show("chapters/analytic-kl", viewport={"width": 320, "height": 700})
    before = len(stops(opened))
    opened.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    after = stops(opened)
    assert len(after) > before
    assert [box for box in after if box[0] != (box[1] == 0)] == []
