"""A recording in other formats, without drawing again."""

import os

import pytest

from vectorplayer import VectorPlayer


@pytest.fixture
def counted(line):
    """Make a player with the number of frames that were drawn."""

    def make(frames=5, **options):
        drawn = []
        player = VectorPlayer(
            line(frames), progress_callback=lambda k, n: drawn.append(k), **options
        )
        return player, drawn

    return make


def test_all_formats_come_from_one_recording(counted, tmp_path):
    player, drawn = counted()
    for name in ("a.html", "a.svg", "a.gif", "a-%02d.png"):
        player.save(tmp_path / name)
    player.save(tmp_path / "still.svg", frame=0)
    player.save(tmp_path / "still.png", frame=-1)
    assert drawn == [0, 1, 2, 3, 4]
    numbered = [f"a-{k:02d}.png" for k in range(5)]
    assert sorted(os.listdir(tmp_path)) == sorted(
        ["a.gif", "a.html", "a.svg", "still.png", "still.svg", *numbered]
    )
    assert (tmp_path / "still.png").read_bytes() == (tmp_path / "a-04.png").read_bytes()
    assert player.html in (tmp_path / "a.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "frame", "message"),
    [
        ("a.mp4", None, r"path must end in one of \.html, .*\.png, got 'a\.mp4'"),
        ("a.png", None, r"frame must be given for the one picture 'a\.png'; .* 'frame-%03d\.png'"),
        ("a-%d.png", 1, r"frame must be None for all frames in 'a-%d\.png', got 1"),
        ("a.gif", 1, r"frame must be None for all frames in 'a\.gif', got 1"),
        ("a.html", 0, r"frame must be None for all frames in 'a\.html', got 0"),
    ],
)
def test_names_and_frames_that_do_not_go_together(counted, name, frame, message):
    player, drawn = counted()
    with pytest.raises(ValueError, match=message):
        player.save(name, frame=frame)
    assert drawn == []
    player._anim._draw_was_started = True


def test_frames_that_are_not_there(counted, tmp_path):
    player, drawn = counted()
    with pytest.raises(TypeError, match="frame must be an integer, got 'last'"):
        player.save("a.svg", frame="last")
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        player.save(tmp_path / "missing" / "a-%d.png")
    assert drawn == []
    with pytest.raises(ValueError, match="frame must be between -5 and 4, got 5"):
        player.save(tmp_path / "a.svg", frame=5)
