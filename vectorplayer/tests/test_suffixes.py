"""The names of files that the writer takes, and its advice for the others."""

import os

import pytest

from vectorplayer import VectorPlayer


@pytest.mark.parametrize("name", ["movie.gif", "movie.png", "movie.svg"])
def test_a_name_of_another_format(line, tmp_path, name):
    with pytest.raises(ValueError, match=rf"'{name}'; use .*VectorPlayer\(anim\).save\('{name}'\)"):
        line().save(tmp_path / name, writer="vector_html")
    VectorPlayer(line()).save(tmp_path / name, **({"frame": 0} if name.endswith("png") else {}))
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize(
    ("name", "way_out"),
    [("a.mp4", 'use writer="ffmpeg"'), ("a.WebP", 'use writer="pillow"'), ("a.pdf", "choose")],
)
def test_a_name_that_this_writer_does_not_take(line, tmp_path, name, way_out):
    with pytest.raises(
        ValueError, match=rf"must end in \.html or \.htm, .* got '{name}'; {way_out}"
    ):
        line().save(tmp_path / name, writer="vector_html")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.HTML", "a"])
def test_names_that_this_writer_takes(line, tmp_path, name):
    line(frames=1).save(tmp_path / name, writer="vector_html")
    assert (tmp_path / name).read_text("utf-8").startswith("<!DOCTYPE html>")
