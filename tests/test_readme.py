"""The examples in the README of klhelpers run, and print what their comments say."""

import contextlib
import io
import re
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "klhelpers" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
COMMENT = re.compile(r"^print\(.*\)  # (.*)$", re.MULTILINE)


def says(comment, printed):
    """Tell whether a comment begins with what was printed, numbers to the digits it gives."""
    if comment.startswith(printed):
        return True
    number = comment.split()[0]
    return f"{float(printed):.{len(number.partition('.')[2])}f}" == number


def test_every_block_runs_and_prints_what_its_comments_say(tmp_path, monkeypatch):
    """They build upon one another, as a reader would run them."""
    monkeypatch.chdir(tmp_path)
    names = {}
    checked = 0
    for block in BLOCKS:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(block, "README.md", "exec"), names)
        printed = output.getvalue().splitlines()
        for comment, line in zip(COMMENT.findall(block), printed, strict=True):
            assert says(comment, line), (comment, line)
            checked += 1
    assert checked == README.count("\nprint(") >= 4
    assert [path.name for path in tmp_path.iterdir()] == ["fit.html"]


@pytest.mark.parametrize(
    ("comment", "printed", "same"),
    [
        ("0.22 nats, the floor", "0.2231", True),
        ("0.23 nats, the floor", "0.2231", False),
        ("[1 2], both", "[1 2]", True),
    ],
)
def test_a_wrong_comment_is_noticed(comment, printed, same):
    assert says(comment, printed) is same
