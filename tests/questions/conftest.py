"""Questions on a plain page, opened from a file."""

import pytest


@pytest.fixture
def ask(new_page, tmp_path):
    """Open a page with some questions; more options are those of a Playwright context."""

    def open_page(*questions, before="", **options):
        path = tmp_path / "page.html"
        path.write_text(
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Quiz</title>'
            f"{before}</head><body><main><h1>Quiz</h1>"
            f"{''.join(each.html for each in questions)}</main></body></html>",
            encoding="utf-8",
        )
        page = new_page(**options)
        page.goto(path.as_uri())
        return page

    return open_page
