"""Two builds at once: the second waits, then finds everything done."""


def test_second_build_waits_for_the_first(book):
    book.page("second", text="Words.", code="import time; time.sleep(3); print('slept')")
    first = book.start()
    while "Executing notebook" not in first.output():
        assert first.running(), first.output()
    second = book.start().wait()
    first = first.wait()
    assert first.status == second.status == 0, first.output + second.output
    assert "starts when it has ended" in second.output
    assert "Executing notebook" not in second.output
    assert "slept" in book.html("second")
