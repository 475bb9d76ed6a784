"""The bytes of all files that a page loads."""

from page_weights import gzipped

LIMIT = 350_000


def test_page_is_light(page, look_at):
    files = look_at(page).files
    assert {".html", ".css", ".js"} <= {file.suffix for file in files}
    assert gzipped(files) <= LIMIT


def test_pages_load_neither_formula_nor_icon_scripts(page, read_page):
    scripts = [script["src"] for script in read_page(page).select("script[src]")]
    assert [name for name in scripts if "mathjax" in name.lower() or "fontawesome" in name] == []


def test_every_icon_is_drawn(page, look_at):
    """The subset of the icons' font holds every icon that a page shows."""
    missing = look_at(page).evaluate(
        """() => [...document.querySelectorAll("i[class*='fa-']")].filter((icon) => {
          const { content, fontFamily } = getComputedStyle(icon, "::before");
          return !/^"."$/u.test(content) || !/Font ?Awesome/.test(fontFamily);
        }).map((icon) => icon.className)"""
    )
    assert missing == []
