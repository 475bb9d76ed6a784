"""Two builds at once: the second waits, then finds everything done."""

import time

PATIENT = """
import pathlib, time
while not pathlib.Path("go").exists():
    time.sleep(0.05)
print("went")
"""


def wait_for(build, text):
    """Wait until a build has printed a text."""
    while text not in build.output():
        assert build.running(), build.output()
        time.sleep(0.05)


def test_second_build_waits_for_the_first(book):
    book.page("second", text="Words.", code=PATIENT)
    first = book.start()
    wait_for(first, "Executing notebook")
    second = book.start()
    wait_for(second, "starts when it has ended")
    (book.folder / "go").touch()
    results = first.wait(), second.wait()
    assert [result.status for result in results] == [0, 0], results
    assert "Executing notebook" not in results[1].output
    assert "went" in book.html("second")
