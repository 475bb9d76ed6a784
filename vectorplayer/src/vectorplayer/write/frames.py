"""Recorded frames as pixels, without drawing an artist again."""

from collections.abc import Iterable, Iterator

from PIL import Image

from vectorplayer.record.repaint import Painter
from vectorplayer.write.recording import Recording


def frame_images(recording: Recording, frames: Iterable[int]) -> Iterator[Image.Image]:
    """Yield frames as RGBA images in the size of the recording; Agg paints them."""
    painter = Painter(recording.recorder)
    for frame in frames:
        shown = (slot.at(frame) for slot in recording.timeline.slots)
        pixels = painter.paint(*(display for display in shown if display is not None))
        yield Image.fromarray(pixels.copy())  # the painter uses its canvas again
