"""Which file names the HTML writer takes, and where to go with the others."""

import os
from pathlib import Path

HTML = (".html", ".htm")
ELSEWHERE = {
    **dict.fromkeys(
        (".gif", ".png", ".svg"),
        "use vectorplayer.VectorPlayer(anim).save({name!r})",
    ),
    **dict.fromkeys((".apng", ".tif", ".tiff", ".webp"), 'use writer="pillow"'),
    **dict.fromkeys((".avi", ".m4v", ".mkv", ".mov", ".mp4", ".webm"), 'use writer="ffmpeg"'),
}


def check_html_name(path: str | os.PathLike[str]) -> None:
    """Raise a ValueError if a file name promises something else than HTML."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix and suffix not in HTML:
        way_out = ELSEWHERE.get(suffix, "choose another name").format(name=path.name)
        raise ValueError(
            f"the file name must end in {' or '.join(HTML)}, or have no suffix, for the writer "
            f"'vector_html', got {path.name!r}; {way_out}"
        )
