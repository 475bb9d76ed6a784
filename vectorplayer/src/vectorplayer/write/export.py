"""A recording as a file: the suffix says in which format."""

import io
import math
import os
import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from vectorplayer.write.checks import check_frame, check_frame_in, check_path
from vectorplayer.write.files import check_writable, write_atomically
from vectorplayer.write.frames import frame_images
from vectorplayer.write.page import page_markup
from vectorplayer.write.recording import Recording
from vectorplayer.write.svg_file import svg_film, svg_still

NUMBERED = re.compile(r"%(0\d+)?d")
GIF_STEP = 10  # milliseconds, the unit of time of the format
GIF_FASTEST = 20  # milliseconds; browsers show anything faster at a tenth of a second


def check_export(path: str | os.PathLike[str], frame: int | None) -> None:
    """Raise what `export` would raise, before anything is drawn.

    Raises
    ------
    TypeError
        If `path` is no path, or `frame` no integer.
    ValueError
        If the suffix is unknown, or `frame` does not go with it.
    OSError
        If the file cannot be written.
    """
    suffix = check_path("path", path).suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(filter(None, FORMATS))
        raise ValueError(f"path must end in one of {known}, got {str(path)!r}")
    numbered = suffix == ".png" and NUMBERED.search(Path(path).name)
    if frame is not None:
        check_frame("frame", frame)
        if suffix not in (".svg", ".png") or numbered:
            raise ValueError(f"frame must be None for all frames in {str(path)!r}, got {frame!r}")
    elif suffix == ".png" and not numbered:
        raise ValueError(
            f"frame must be given for the one picture {str(path)!r}; for all frames, "
            f"put a number into the name, as in 'frame-%03d.png'"
        )
    check_writable(_numbered(path, 0) if numbered else path)


def export(recording: Recording, path: str | os.PathLike[str], frame: int | None = None) -> None:
    """Write a recording into the file that `check_export` has found good."""
    if frame is not None:
        frame = check_frame_in("frame", frame, recording.count)
    FORMATS[Path(path).suffix.lower()](recording, path, frame)


def _html(recording: Recording, path: str | os.PathLike[str], _: int | None) -> None:
    page = page_markup(recording.html, recording.title, recording.metadata)
    write_atomically(path, page.encode())


def _svg(recording: Recording, path: str | os.PathLike[str], frame: int | None) -> None:
    text = svg_film(recording) if frame is None else svg_still(recording, frame)
    write_atomically(path, text.encode())


def _png(recording: Recording, path: str | os.PathLike[str], frame: int | None) -> None:
    info = PngInfo()
    for key, text in recording.metadata.items():
        # A keyword of the format has up to 79 characters, of Latin-1; the text may be any.
        info.add_itxt(key.capitalize().encode("latin-1", "replace")[:79].decode("latin-1"), text)
    numbers = range(recording.count) if frame is None else [frame]
    for number, picture in zip(numbers, frame_images(recording, numbers), strict=True):
        buffer = io.BytesIO()
        picture.save(buffer, format="png", pnginfo=info)
        write_atomically(_numbered(path, number) if frame is None else path, buffer.getvalue())


def _gif(recording: Recording, path: str | os.PathLike[str], _: int | None) -> None:
    step = math.ceil(recording.fps * GIF_FASTEST / 1000)  # frames that are too fast are left out
    numbers = range(0, recording.count, step)
    ends = [
        round(1000 / GIF_STEP * min(k + step, recording.count) / recording.fps) for k in numbers
    ]
    durations = [GIF_STEP * (end - start) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    frames = map(_on_white, frame_images(recording, numbers))
    buffer = io.BytesIO()
    next(frames).save(
        buffer,
        format="gif",
        save_all=True,
        append_images=frames,
        duration=durations,
        comment=recording.title.encode(),
        **({"loop": 0} if recording.repeat else {}),
    )
    write_atomically(path, buffer.getvalue())


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency, of which a GIF has only all or nothing."""
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    return paper.convert("RGB")


def _numbered(path: str | os.PathLike[str], number: int) -> Path:
    path = Path(path)
    name = NUMBERED.sub(lambda match: match[0] % number, path.name, count=1)
    return path.with_name(name)


FORMATS: dict[str, Callable[[Recording, str | os.PathLike[str], int | None], None]] = {
    ".html": _html,
    ".htm": _html,
    "": _html,
    ".svg": _svg,
    ".gif": _gif,
    ".png": _png,
}
