"""Checks of single arguments: what they return, and what they say."""

import re
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from vectorplayer.write.checks import (
    check_bool_or_none,
    check_frame_in,
    check_labels,
    check_metadata,
    check_number,
    check_path,
    check_words,
    labels_of_frames,
)


@pytest.mark.parametrize("value", [12, 12.5])
def test_numbers_stay_what_they_are(value):
    assert repr(check_number("fps", value)) == repr(value)


def test_other_numbers_become_floats():
    assert repr(check_number("fps", Fraction(1, 2))) == "0.5"
    assert repr(check_number("fps", np.float32(0.5))) == "0.5"


def test_zero_is_allowed_on_request_alone():
    assert check_number("tolerance", 0, allow_zero=True) == 0
    with pytest.raises(ValueError, match=r"^tolerance must be positive and finite, got 0$"):
        check_number("tolerance", 0)
    with pytest.raises(
        ValueError, match=r"^tolerance must be zero or positive and finite, got -1$"
    ):
        check_number("tolerance", -1, allow_zero=True)


def test_a_whole_number_that_no_float_holds_is_not_finite():
    with pytest.raises(ValueError, match=r"^fps must be positive and finite, got 1000"):
        check_number("fps", 10**400)


@pytest.mark.parametrize(("frame", "found"), [(0, 0), (4, 4), (-1, 4), (-5, 0)])
def test_frames_count_from_either_end(frame, found):
    assert check_frame_in("start", frame, 5) == found


@pytest.mark.parametrize(("value", "found"), [(None, None), (np.True_, True), (False, False)])
def test_a_bool_or_none(value, found):
    assert check_bool_or_none("dark", value) is found


def test_words_are_returned_with_their_blanks():
    assert check_words("alt", " a wave ") == " a wave "
    assert check_words("alt", None) is None


def test_a_path_may_be_a_string():
    assert check_path("path", "a/b") == Path("a/b")
    with pytest.raises(TypeError, match=r"^path must be a string or a path, got 3$"):
        check_path("path", 3)


def test_labels_are_read_once():
    assert check_labels(iter(["a", "b"])) == ["a", "b"]
    assert check_labels(str) is str
    assert check_labels(None) is None


def test_labels_of_frames():
    assert labels_of_frames(None, 3) is None
    assert labels_of_frames(["a", "b"], 2) == ["a", "b"]
    assert labels_of_frames("frame {}".format, 2) == ["frame 0", "frame 1"]
    message = "labels must have one entry per frame, got 3 labels for 2 frames"
    with pytest.raises(ValueError, match=f"^{message}$"):
        labels_of_frames(["a", "b", "c"], 2)


def test_metadata_become_texts():
    given = {
        "Title": "A fit",
        "Creator": None,
        "Date": date(2026, 11, 30),
        "Times": [datetime(2026, 11, 30, 12, 5), datetime(2026, 12, 1)],
        "Keywords": ("a", 3, 0.5),
    }
    assert check_metadata(given) == {
        "Title": "A fit",
        "Date": "2026-11-30",
        "Times": "2026-11-30T12:05:00, 2026-12-01T00:00:00",
        "Keywords": "a, 3, 0.5",
    }
    assert check_metadata(None) == {}


@pytest.mark.parametrize("value", [True, b"a", {}, ["a", b"b"]])
def test_metadata_of_another_kind_are_named(value):
    bad = value[-1] if isinstance(value, list) else value
    message = f"metadata['title'] must be a string, a number or a date, got {bad!r}"
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        check_metadata({"title": value})
