"""Animations that would take more bytes as vectors than as pictures, frame by frame."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from vectorplayer.record.pictures import cropped_png, plain_size
from vectorplayer.record.recorder import Recorder
from vectorplayer.record.repaint import Painter
from vectorplayer.types import DisplayList, Slot
from vectorplayer.write.svg import definitions, svg_items

DENSE = 20_000  # bytes of a slot; less is not worth giving up vectors for
PAGE = 8000  # bytes of `to_jshtml` besides the frames
SMALLEST = 3000  # bytes of a frame; no picture of a figure takes fewer

Events = list[tuple[int, DisplayList | None]]


def most(slots: Sequence[Slot], size: int, recorder: Recorder, length: int) -> float:
    """Return how many bytes an animation may take as vectors.

    They are those of pictures of all frames, which is what
    `matplotlib.animation.Animation.to_jshtml` keeps; the frame in the middle tells.

    Parameters
    ----------
    slots : sequence of Slot
    size : int
        Bytes that the animation takes; if they are few, no frame is painted.
    recorder : Recorder
        What has recorded the slots.
    length : int
        Number of frames.
    """
    if size < max(DENSE, length * SMALLEST):
        return math.inf
    return PAGE + length * plain_size(_painted(slots, length // 2, Painter(recorder)))


def lightened(
    slots: Sequence[Slot], streams: Sequence[str], recorder: Recorder, length: int
) -> list[Slot]:
    """Return the slots; each dense one that takes fewer bytes as pictures shows these.

    Parameters
    ----------
    slots : sequence of Slot
    streams : sequence of str
        What the player reads for each slot that moves.
    recorder : Recorder
        What has recorded the slots; it gets the pictures.
    length : int
        Number of frames.

    Warns
    -----
    RasterFallbackWarning
        Once for each kind of artist that will be shown as pictures.
    """
    painter = Painter(recorder)
    shapes, styles, stream_of = list(recorder.shapes), list(recorder.styles), iter(streams)
    found = []
    for slot in slots:
        pictures, vectors = None, 0 if slot.still else len(next(stream_of))
        if vectors >= DENSE:  # the last frame stands in the markup, too
            last = slot.at(length - 1)
            ids = definitions([last] if last else [], shapes, "")
            vectors += len(svg_items(last, shapes, styles, ids))
            pictures = _as_pictures(slot.events, vectors, recorder, painter)
        if pictures is not None:
            kind = slot.key[1].rpartition(".")[2]
            _warn(recorder, f"dense layers of {kind}", vectors)
        found.append(slot if pictures is None else replace(slot, events=pictures))
    return found


def joined_as_pictures(slots: Sequence[Slot], size: int, recorder: Recorder) -> Sequence[Slot]:
    """Return the slots; pictures replace those from the first to the last that moves.

    Nothing changes if the pictures take more than ``size`` bytes.

    Warns
    -----
    RasterFallbackWarning
        If something changes.
    """
    moving = [place for place, slot in enumerate(slots) if not slot.still]
    part = slots[moving[0] : moving[-1] + 1] if moving else []
    starts = sorted({frame for slot in part for frame, _ in slot.events})
    shown = ((frame, [display for slot in part if (display := slot.at(frame))]) for frame in starts)
    pictures = _as_pictures(shown, size, recorder, Painter(recorder))
    if not pictures:
        return slots
    _warn(recorder, "frames with many layers", size)
    whole = Slot(("", "", recorder.clips.number(None), 0), pictures)
    return [*slots[: moving[0]], whole, *slots[moving[-1] + 1 :]]


def _warn(recorder: Recorder, kind: str, vectors: int) -> None:
    recorder.warn_of_pictures(
        kind,
        f"{vectors:,} bytes of vectors would be more than pictures of all frames; "
        "fewer vertices, or a coarser precision, keep vectors",
    )


def frame_size(slots: Sequence[Slot], frame: int, painter: Painter) -> int:
    """Return how many bytes the picture of a frame takes, as text."""
    picture = cropped_png(_painted(slots, frame, painter))
    return len(picture[0]) if picture else 0


def _painted(slots: Sequence[Slot], frame: int, painter: Painter) -> np.ndarray:
    shown = [slot.at(frame) for slot in slots]
    return painter.paint(*(display for display in shown if display))


def _as_pictures(
    events: Iterable[tuple[int, DisplayList | Sequence[DisplayList] | None]],
    vectors: int,
    recorder: Recorder,
    painter: Painter,
) -> Events | None:
    """Return events as pictures, None if these take more bytes than the vectors."""
    found: Events = []
    total = 0
    style, clip = recorder.styles.number(()), recorder.clips.number(None)
    for frame, shown in events:
        lists = [shown] if isinstance(shown, DisplayList) else shown
        picture = cropped_png(painter.paint(*lists)) if lists else None
        if not picture:
            found.append((frame, None))
            continue
        uri, box = picture
        total += len(uri)  # the last one is stored once, too: the player finds it in the markup
        if total > vectors:
            return None
        shape = recorder.shapes.number(("image", uri))
        numbers = np.rint(np.array(box) * recorder.units).astype(np.int32)
        found.append((frame, DisplayList(clip, (style,), (shape,), numbers)))
    return found
