"""The bytes of all files that a page loads."""

from page_weights import gzipped, note_files

LIMIT = 350_000


def test_page_is_light(page, book, new_page):
    opened = new_page()
    files = note_files(opened)
    opened.goto((book / f"{page}.html").as_uri())
    opened.evaluate("document.fonts.ready.then(() => true)")
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
