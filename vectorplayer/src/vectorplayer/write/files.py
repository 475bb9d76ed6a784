"""Files that are written whole or not at all, and keep their mode and their links."""

import os
import secrets
import stat
from pathlib import Path


def check_writable(path: str | os.PathLike[str]) -> None:
    """Raise an OSError now rather than after the frames have been drawn.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist.
    IsADirectoryError
        If `path` is a folder.
    PermissionError
        If the file cannot be written, or not be made.
    """
    path = Path(path)
    if path.is_dir():
        raise IsADirectoryError(f"cannot write {str(path)!r}: it is a folder")
    if path.exists():
        allowed = os.access(path, os.W_OK)
    else:
        folder = _target(path).parent
        if not folder.is_dir():
            raise FileNotFoundError(
                f"cannot write {str(path)!r}: there is no folder {str(folder)!r}"
            )
        allowed = os.access(folder, os.W_OK)
    if not allowed:
        raise PermissionError(f"cannot write {str(path)!r}: permission denied")


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file so that at any time there is the old file or the whole new one.

    A symbolic link stays a link: its target is written.  An existing file keeps its mode and
    its owner; a new one gets its mode from the umask.

    A device or a pipe is written directly.  So is a file that cannot be replaced by another one
    of the same owner, for example a writable file in a folder where no file may be made.
    """
    path = Path(path)
    try:
        status = path.stat()
    except FileNotFoundError:
        status = None
    special = status is not None and not stat.S_ISREG(status.st_mode)
    target = path if special else _target(path)
    part = None if special else _new_file_beside(target, status)
    if part is None:
        target.write_bytes(data)
        return
    try:
        part.write_bytes(data)
        os.replace(part, target)
    except BaseException:
        part.unlink()
        raise


def _target(path: Path) -> Path:
    """Follow symbolic links, also one whose target does not exist yet."""
    return Path(os.path.realpath(path))


def _new_file_beside(target: Path, status: os.stat_result | None) -> Path | None:
    """Make an empty file with the owner and the mode of the target; None if that is forbidden."""
    part = target.with_name(f".vectorplayer-{secrets.token_hex(8)}.part")
    try:
        part.touch(exist_ok=False)  # its mode follows the umask
        if status is not None:
            mine = part.stat()
            if (mine.st_uid, mine.st_gid) != (status.st_uid, status.st_gid):
                os.chown(part, status.st_uid, status.st_gid)
            part.chmod(stat.S_IMODE(status.st_mode))  # before the data, which may be private
    except PermissionError:
        part.unlink(missing_ok=True)
        if status is None:
            raise
        return None
    return part
