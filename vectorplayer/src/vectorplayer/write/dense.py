"""Animations that would take more bytes as vectors than as pictures, frame by frame."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vectorplayer.record.pictures import cropped_png
from vectorplayer.record.recorder import Recorder
from vectorplayer.record.repaint import Painter
from vectorplayer.types import DisplayList, Slot
from vectorplayer.write.svg import definitions, svg_items

DENSE = 100_000  # bytes of a slot; less is not worth giving up vectors for

Events = list[tuple[int, DisplayList | None]]


def lightened(
    slots: Sequence[Slot], streams: Sequence[str], size: int, recorder: Recorder, length: int
) -> Sequence[Slot]:
    """Return the slots, with pictures instead of vectors where those are far too many.

    Nothing changes unless the vectors take more bytes than pictures of all frames, which is what
    `matplotlib.animation.Animation.to_jshtml` keeps; the frame in the middle tells.  If they do,
    each dense slot that takes fewer bytes as pictures shows these.

    Parameters
    ----------
    slots : sequence of Slot
    streams : sequence of str
        What the player reads for each slot that moves.
    size : int
        Bytes that the animation takes as vectors.
    recorder : Recorder
        What has recorded the slots; it gets the pictures.
    length : int
        Number of frames.

    Warns
    -----
    RasterFallbackWarning
        Once for each kind of artist that will be shown as pictures.
    """
    if max(map(len, streams), default=0) < DENSE:
        return slots
    painter = Painter(recorder)
    if size <= length * frame_size(slots, length // 2, painter):
        return slots
    shapes, styles, stream_of = list(recorder.shapes), list(recorder.styles), iter(streams)
    found = []
    for slot in slots:
        pictures, vectors = None, 0 if slot.still else len(next(stream_of))
        if vectors >= DENSE:  # the last frame stands in the markup, too
            last = slot.at(length - 1)
            ids = definitions([last] if last else [], shapes, "")
            vectors += len(svg_items(last, shapes, styles, ids))
            pictures = _as_pictures(slot, vectors, recorder, painter)
        if pictures is not None:
            kind = slot.key[1].rpartition(".")[2]
            why = f"{vectors:,} bytes of vectors would be more than pictures of all frames"
            recorder.warn_of_pictures(f"dense layers of {kind}", why)
        found.append(slot if pictures is None else replace(slot, events=pictures))
    return found


def frame_size(slots: Sequence[Slot], frame: int, painter: Painter) -> int:
    """Return how many bytes the picture of a frame takes, as text."""
    shown = [slot.at(frame) for slot in slots]
    picture = cropped_png(painter.paint(*(display for display in shown if display)))
    return len(picture[0]) if picture else 0


def _as_pictures(slot: Slot, vectors: int, recorder: Recorder, painter: Painter) -> Events | None:
    """Return the events of a slot as pictures, None if they take more bytes than the vectors."""
    events: Events = []
    total = 0
    style = recorder.styles.number(())
    for frame, display in slot.events:
        picture = display and cropped_png(painter.paint(display))
        if not picture:
            events.append((frame, None))
            continue
        uri, box = picture
        total += len(uri) * (2 if frame == slot.events[-1][0] else 1)
        if total > vectors:
            return None
        shape = recorder.shapes.number(("image", uri))
        numbers = np.rint(np.array(box) * recorder.units).astype(np.int32)
        events.append((frame, DisplayList(display.clip, (style,), (shape,), numbers)))
    return events
