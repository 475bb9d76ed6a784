"""What has the focus of the keyboard has an outline that is seen, on every page."""

from itertools import product

import pytest
from thorough import thoroughly

# Forced colours leave out shadows, so an outline is needed.  The button of a fold is as large as
# the title around it, which has the outline in its place.  A handle of a live figure draws a ring
# in its picture, and then has no outline: that would be a second one.
WITHOUT = """() => {
  const outlined = (node, part) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node, part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
      && !/, 0\\)$|transparent/.test(outlineColor);
  };
  const at = document.activeElement, title = at.closest(".admonition-title");
  const handle = at.matches(".kl-handle");
  const ring = handle && getComputedStyle(at.querySelector(".kl-focus"));
  const drawn = handle ? ring.stroke !== "none" && parseFloat(ring.strokeWidth) >= 2
    && getComputedStyle(at).outlineStyle === "none"
    : outlined(at) || (title && outlined(title, "::before"));
  return [[...document.querySelectorAll("*")].indexOf(at),
    drawn ? null : at.outerHTML.slice(0, 160)];
}"""


LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize(
    ("name", "look"),
    thoroughly(
        product(["index", "chapters/explore", "search"], LOOKS),
        always=[("chapters/explore", "light"), *product(["index"], LOOKS)],
    ),
)
def test_focus_is_visible(name, look, show):
    page = show(name, **LOOKS[look])
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
