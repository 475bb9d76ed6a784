"""The file that is written: whole or not at all, with its own mode, through links."""

import contextlib
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from vectorplayer.write.files import check_writable, write_atomically

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("place", "error", "message"),
    [
        (
            "missing/fit.html",
            FileNotFoundError,
            r"^cannot write '.*fit\.html': there is no folder '.*missing'$",
        ),
        ("folder", IsADirectoryError, "^cannot write '.*folder': it is a folder$"),
    ],
)
def test_a_path_that_cannot_be_written(line, tmp_path, place, error, message):
    (tmp_path / "folder").mkdir()
    with pytest.raises(error, match=message):
        line().save(tmp_path / place, writer="vector_html")
    assert os.listdir(tmp_path) == ["folder"]
    assert os.listdir(tmp_path / "folder") == []


def test_a_folder_without_permission(line, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match=r"^cannot write '.*fit\.html': permission denied$"):
        line().save(tmp_path / "fit.html", writer="vector_html")


@pytest.mark.parametrize("step", ["replace", "write"])
def test_a_full_disk_leaves_the_old_file(line, tmp_path, monkeypatch, step):
    path = tmp_path / "fit.html"
    path.write_text("old")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(*{"replace": (os, "replace"), "write": (Path, "write_bytes")}[step], full)
    with pytest.raises(OSError, match="no space left"):
        line().save(path, writer="vector_html")
    assert os.listdir(tmp_path) == ["fit.html"]
    assert path.read_text() == "old"


def test_a_file_that_happens_to_have_the_name_of_the_part_stays(tmp_path, monkeypatch):
    monkeypatch.setattr("secrets.token_hex", lambda count: "00" * count)
    (tmp_path / f".vectorplayer-{'00' * 8}.part").write_text("of somebody else")
    with pytest.raises(FileExistsError):
        write_atomically(tmp_path / "fit.html", b"new")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["of somebody else"]


@posix
@pytest.mark.parametrize("before", [0o600, 0o640, 0o666, 0o755])
def test_a_file_keeps_its_mode(line, tmp_path, before):
    path = tmp_path / "fit.html"
    path.write_text("old")
    path.chmod(before)
    line().save(path, writer="vector_html")
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert mode(path) == before


@posix
def test_a_private_file_is_private_from_the_first_byte(tmp_path, monkeypatch):
    path = tmp_path / "fit.html"
    path.write_text("old")
    path.chmod(0o600)
    modes, write = [], Path.write_bytes
    monkeypatch.setattr(
        Path, "write_bytes", lambda p, data: (modes.append(mode(p)), write(p, data))
    )
    write_atomically(path, b"new")
    assert modes == [0o600]


@posix
@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_follows_the_umask(line, tmp_path, umask, expected):
    before = os.umask(umask)
    try:
        line().save(tmp_path / "fit.html", writer="vector_html")
    finally:
        os.umask(before)
    assert mode(tmp_path / "fit.html") == expected


@posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_a_link(tmp_path, there):
    """A relative one, to another folder, and also one that leads to a link."""
    (tmp_path / "store").mkdir()
    target = tmp_path / "store" / "real.html"
    (tmp_path / "second.html").symlink_to("store/real.html")
    (tmp_path / "first.html").symlink_to("second.html")
    if there:
        target.write_text("old")
        target.chmod(0o640)
    check_writable(tmp_path / "first.html")
    write_atomically(tmp_path / "first.html", b"new")
    assert (tmp_path / "first.html").is_symlink()
    assert (tmp_path / "second.html").is_symlink()
    assert target.read_text() == "new"
    assert mode(target) == 0o640 or not there
    assert os.listdir(tmp_path / "store") == ["real.html"]


@posix
def test_a_link_to_a_folder_that_is_missing(tmp_path):
    (tmp_path / "fit.html").symlink_to("missing/fit.html")
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        check_writable(tmp_path / "fit.html")


@posix
def test_a_device_stays_a_device():
    """A terminal, which nothing can replace by a file, not even a mistake of this package."""
    ours, theirs = os.openpty()
    try:
        check_writable(os.ttyname(theirs))
        write_atomically(os.ttyname(theirs), b"new")
        assert os.read(ours, 10) == b"new"
        assert stat.S_ISCHR(os.stat(os.ttyname(theirs)).st_mode)
    finally:
        os.close(ours)
        os.close(theirs)


@posix
def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        check_writable(pipe)
        write_atomically(pipe, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert os.listdir(tmp_path) == ["pipe"]


@contextlib.contextmanager
def not_root():
    """Give up root's rights, which no mode limits; the user is 'nobody'."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def locked_folder():
    """Make a folder for all, with a file that all may write, in which nobody may make a file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "fit.html").write_text("a longer old text")
        (folder / "fit.html").chmod(0o666)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


@posix
def test_a_file_in_a_locked_folder_is_written_in_place(locked_folder):
    path = locked_folder / "fit.html"
    number = path.stat().st_ino
    with not_root():
        check_writable(path)
        write_atomically(path, b"new")
        with pytest.raises(PermissionError, match="permission denied"):
            check_writable(locked_folder / "other.html")
        with pytest.raises(PermissionError):
            write_atomically(locked_folder / "other.html", b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_ino == number
    assert os.listdir(locked_folder) == ["fit.html"]


@posix
def test_a_file_of_somebody_else_stays_theirs(locked_folder):
    """Nobody may give a file away: it is written in place."""
    if os.getuid() != 0:
        pytest.skip("needs a file of another user")
    locked_folder.chmod(0o777)
    path = locked_folder / "fit.html"
    with not_root():
        write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert (path.stat().st_uid, mode(path)) == (0, 0o666)
    os.chown(path, 65534, 65534)
    write_atomically(path, b"newer")  # root may, and does
    assert path.read_bytes() == b"newer"
    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)
    assert os.listdir(locked_folder) == ["fit.html"]
