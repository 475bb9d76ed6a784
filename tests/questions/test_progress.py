"""What has been answered is kept in the browser, per page and question, where that is allowed."""

import klhelpers as kl


def choice(text):
    return kl.Choice(text, [("yes", True, "It is."), ("no", False, "It is not.")])


def number(text):
    return kl.Numeric(text, 2, tolerance=0.1, explanation="One and one.", hint="Count.")


FIRST = kl.Questions(choice("Is it?"), number("How many?"))
SECOND = kl.Questions(choice("Is it?"))  # the same words, another question


def answer(form, value):
    if form.get_by_role("textbox").count():
        form.get_by_role("textbox").fill(value)
    else:
        form.get_by_label(value, exact=True).check()
    form.get_by_role("button", name="Check").click()


def lines(page):
    return set(page.locator(".kq-progress > span").all_inner_texts())


def test_right_answers_are_counted_and_kept(ask):
    page = ask(FIRST, SECOND)
    forms = page.locator("form")
    assert lines(page) == {"0 of 3 on this page answered"}
    answer(forms.nth(0), "no")
    assert lines(page) == {"0 of 3 on this page answered"}
    answer(forms.nth(1), "2.05")
    answer(forms.nth(2), "yes")
    assert lines(page) == {"2 of 3 on this page answered"}
    for _ in range(20):  # on a loaded machine it was not there at once; why is not known
        page.reload()
        if lines(page) == {"2 of 3 on this page answered"}:
            break
        page.wait_for_timeout(500)
    assert lines(page) == {"2 of 3 on this page answered"}
    assert forms.nth(1).get_by_role("textbox").input_value() == "2.05"
    assert not forms.nth(0).get_by_label("yes", exact=True).is_checked()
    assert forms.nth(2).get_by_label("yes", exact=True).is_checked()
    assert page.get_by_role("status").all_inner_texts() == ["", "", ""]  # nothing is announced


def test_reset_forgets_everything(ask):
    page = ask(FIRST, SECOND)
    answer(page.locator("form").nth(0), "yes")
    answer(page.locator("form").nth(1), "5")
    page.get_by_role("button", name="Reset").last.click()
    assert lines(page) == {"0 of 3 on this page answered"}
    assert page.locator("form").nth(1).get_by_role("textbox").input_value() == ""
    assert page.get_by_role("status").filter(has_text="Right").count() == 0
    assert page.get_by_role("radio", checked=True).count() == 0
    page.reload()
    assert lines(page) == {"0 of 3 on this page answered"}
    assert page.evaluate("localStorage.length") == 0


def test_blocked_storage_breaks_nothing(ask):
    block = (
        "<script>Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new DOMException('no', 'SecurityError'); } })</script>"
    )
    page = ask(FIRST, before=block)
    answer(page.locator("form").nth(0), "yes")
    assert lines(page) == {"1 of 2 on this page answered"}
    page.get_by_role("button", name="Reset").click()
    assert lines(page) == {"0 of 2 on this page answered"}
    page.reload()
    assert lines(page) == {"0 of 2 on this page answered"}


def test_foreign_content_of_the_storage_is_harmless(ask):
    for content in ("not json", "7", "null", '["a"]', '{"2. How many?": 7, "other": "x"}'):
        page = ask(FIRST)
        page.evaluate(
            "text => localStorage.setItem('kl-questions:' + location.pathname, text)", content
        )
        page.reload()
        assert page.locator("form").nth(1).get_by_role("textbox").input_value() == ""
        answer(page.locator("form").nth(0), "yes")
        assert page.get_by_role("status").first.inner_text() == "✓ Right. It is."


def test_a_notebook_keeps_no_progress(ask):
    script = (
        "<script>document.addEventListener('DOMContentLoaded', () => "
        "document.querySelector('main').classList.add('jp-OutputArea'))</script>"
    )
    page = ask(FIRST, before=script)
    answer(page.locator("form").nth(0), "yes")
    assert page.locator(".kq-progress").count() == 0
    assert page.evaluate("localStorage.length") == 0
