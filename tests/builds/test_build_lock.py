"""Two builds at once: the second waits, then finds everything done."""

import pytest

pytestmark = pytest.mark.faults

PATIENT = """
import pathlib, time
end = time.monotonic() + 120
while not pathlib.Path("go").exists():
    assert time.monotonic() < end, "the second build did not wait"
    time.sleep(0.05)
print("went")
"""


def test_second_build_waits_for_the_first(book):
    book.page("second", text="Words.", code=PATIENT)
    first = book.start()
    first.wait_for("Executing notebook")
    second = book.start()
    second.wait_for("starts when it has ended")
    (book.folder / "go").touch()
    results = first.wait(), second.wait()
    assert [result.status for result in results] == [0, 0], results
    assert "Executing notebook" not in results[1].output
    assert "went" in book.html("second")
