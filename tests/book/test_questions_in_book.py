"""The questions of the chapters: each is explained, and judged as its own markup says."""

from klhelpers.questions import questions_block


def test_a_chapter_asks_and_explains(chapter, read_page):
    page = read_page(chapter)
    forms = page.select("kl-questions form")
    assert len(forms) >= 4
    assert any(form.select("[data-value]") for form in forms)  # a number, with its tolerance
    for form in forms:
        entries = form.select("details li, details p")
        assert len(form.select("details [data-right]")) == 1
        assert all(entry.span.get_text(strip=True) for entry in entries)
        answers = form.select("fieldset li")
        assert not answers or len(answers) == len(entries)
    assert "kl.Questions" not in page.get_text()  # the code would give the answers away


def test_a_chapter_holds_the_script_once(chapter, book):
    text = (book / f"{chapter}.html").read_text(encoding="utf-8")
    assert text.count(questions_block()) == text.count('customElements.get("kl-questions")') == 1


def test_every_question_can_be_answered(sample_chapter, show):
    page = show(sample_chapter)
    forms = page.locator("kl-questions form").all()
    for form in forms:
        status = form.get_by_role("status")
        for answer, expected in _answers(form):
            answer()
            form.get_by_role("button", name="Check").click()
            assert status.inner_text() == expected
        form.locator("summary").click()
        assert form.locator("details [data-right]").is_visible()
    assert len(forms) >= 4


def _answers(form):
    """Yield every way to answer a question, with the verdict that must follow."""
    entries = form.locator("details li, details p").all()
    radios, box = form.get_by_role("radio").all(), form.get_by_role("textbox")
    for number, entry in enumerate(entries):
        verdict = "✗ Not right." if entry.get_attribute("data-right") is None else "✓ Right."
        expected = f"{verdict} {entry.locator('span').text_content()}"
        if radios:
            yield radios[number].check, expected
        else:
            value = entry.get_attribute("data-value") or "1e9"  # the hint is for any other number
            yield lambda value=value: box.fill(value), expected


def test_dark_pages_have_dark_questions(sample_chapter, look_at):
    page = look_at(sample_chapter, color_scheme="dark")
    panel = page.locator(".text_html:has(kl-questions)").first
    assert panel.evaluate("node => getComputedStyle(node).backgroundColor") == "rgba(0, 0, 0, 0)"
