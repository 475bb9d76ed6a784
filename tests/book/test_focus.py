"""What has the focus of the keyboard has an outline that is seen, on every page."""

import pytest

# Forced colours leave out shadows, so an outline is needed.  The button of a fold is as large as
# the title around it, which has the outline in its place.
WITHOUT = """() => {
  const outlined = (node, part) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node, part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
      && !/, 0\\)$|transparent/.test(outlineColor);
  };
  const at = document.activeElement, title = at.closest(".admonition-title");
  const drawn = outlined(at) || (title && outlined(title, "::before"));
  return [[...document.querySelectorAll("*")].indexOf(at),
    drawn ? null : at.outerHTML.slice(0, 160)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "chapters/explore", "search"])
def test_focus_is_visible(name, scheme, show):
    page = show(name, color_scheme=scheme)
    passed, missing = set(), []
    page.keyboard.press("Tab")
    while True:
        place, without = page.evaluate(WITHOUT)
        if place in passed:
            break
        passed.add(place)
        if without and not without.startswith("<body"):
            missing.append(without)
        page.keyboard.press("Tab")
    assert len(passed) >= 15
    assert missing == []
