"""Cut a figure into columns that a narrow page stacks, where no artist crosses the cut."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from vectorplayer.record.recorder import Recorder
from vectorplayer.types import DisplayList, Slot
from vectorplayer.write.extents import Box, around, display_box, slot_box
from vectorplayer.write.svg import Style

NARROW = 500  # pixels; a figure that is not wider fits a narrow page as it is
SLIM = 120  # pixels; a slimmer column, such as a color bar, stays with its neighbour
GROW = 3  # pixels that lines and their ends may reach over their vertices


class Panel(NamedTuple):
    """A part of a figure: a column of Axes, or a row above or below all columns."""

    is_row: bool
    box: tuple[int, int, int, int]  # left, top, right and bottom, in units
    slots: list[Slot]


def is_background(display: DisplayList | None, recorder: Recorder, styles: Sequence[Style]) -> bool:
    """Tell whether a display list is nothing but a white rectangle behind the whole figure."""
    if display is None or len(display.shapes) != 1:
        return False
    clip, shape = list(recorder.clips)[display.clip], list(recorder.shapes)[display.shapes[0]]
    if clip is not None or shape[0] != "path" or not _is_white(styles[display.styles[0]]):
        return False
    left, top, right, bottom = whole_box(recorder)
    box, pixel = display_box(display, list(recorder.shapes)), recorder.units  # it is snapped
    return (
        box.left < left + pixel
        and box.top < top + pixel
        and box.right > right - pixel
        and box.bottom > bottom - pixel
    )


def _is_white(style: Style) -> bool:
    return {name: value for name, value in style if name != "shape-rendering"} == {
        "fill": "#ffffff"
    }


def whole_box(recorder: Recorder) -> tuple[int, int, int, int]:
    """Return the box of the whole figure, in units."""
    width, height = (round(size * recorder.units) for size in (recorder.width, recorder.height))
    return 0, 0, width, height


def panels(slots: Sequence[Slot], recorder: Recorder) -> list[Panel]:
    """Return the parts of a figure, from top to bottom and from left to right.

    There is one part, the whole, if the figure is narrow or cannot be cut.  The slots of all parts
    together are the given ones; within a part they keep their order.

    Parameters
    ----------
    slots : sequence of Slot
        Without the background, which would cross every cut.
    recorder : Recorder
        What has recorded them.
    """
    whole = [Panel(False, whole_box(recorder), list(slots))]
    if recorder.width <= NARROW or len({slot.key[0] for slot in slots if _of_axes(slot)}) < 2:
        return whole
    shapes, clips = list(recorder.shapes), list(recorder.clips)
    boxes = [slot_box(slot, shapes, clips[slot.key[-2]], GROW * recorder.units) for slot in slots]
    placed = list(zip(slots, boxes, strict=True))
    owned: dict[int, Box] = {}
    for slot, box in placed:
        if box and _of_axes(slot):
            before = owned.get(slot.key[0])
            owned[slot.key[0]] = box if before is None else before.joined(box)
    axes = around(owned.values())
    if axes is None:
        return whole
    free = [box for slot, box in placed if box and not _of_axes(slot)]
    columns = _columns(
        [(box.left, box.right) for box in owned.values()],
        [(b.left, b.right) for b in free if b.bottom > axes.top and b.top < axes.bottom],
        SLIM * recorder.units,
    )
    if len(columns) < 2:
        return whole
    return _parts(placed, columns, axes, recorder)


def _of_axes(slot: Slot) -> bool:
    return isinstance(slot.key[0], int) and slot.key[0] >= 0


def _columns(
    axes: list[tuple[float, float]], crossing: list[tuple[float, float]], slim: float
) -> list[tuple[float, float]]:
    """Return the ranges of columns: those of Axes, joined by what stands across them."""
    columns = _joined(axes)
    while len(columns) > 1 and (slims := [c for c in columns if c[1] - c[0] < slim]):
        place = columns.index(slims[0])
        gaps = {k: columns[k + 1][0] - columns[k][1] for k in (place - 1, place)
                if 0 <= k < len(columns) - 1}  # fmt: skip
        left = min(gaps, key=gaps.__getitem__)
        columns[left : left + 2] = [(columns[left][0], columns[left + 1][1])]
    # What belongs to no Axes lies in a column, beside all, or across: then it joins them.
    edges = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    across = [span for span in crossing if any(span[0] < edge < span[1] for edge in edges)]
    return _joined([*columns, *across])


def _joined(ranges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for low, high in sorted(ranges):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _parts(
    placed: list[tuple[Slot, Box | None]],
    columns: list[tuple[float, float]],
    axes: Box,
    recorder: Recorder,
) -> list[Panel]:
    """Deal the slots out to the columns and to the rows above and below them."""
    _, _, width, height = whole_box(recorder)
    edges = [0, *(round((a[1] + b[0]) / 2) for a, b in pairwise(columns)), width]
    above: list[tuple[Slot, Box]] = []
    below: list[tuple[Slot, Box]] = []
    inside: list[list[Slot]] = [[] for _ in columns]
    for slot, box in placed:
        if box is None:
            inside[0].append(slot)
        elif not _of_axes(slot) and box.bottom <= axes.top:
            above.append((slot, box))
        elif not _of_axes(slot) and box.top >= axes.bottom:
            below.append((slot, box))
        else:
            middle = (box.left + box.right) / 2
            column = sum(middle >= edge for edge in edges[1:-1])
            inside[column].append(slot)
    top, bottom = 0, height
    if above:
        top = round((max(box.bottom for _, box in above) + axes.top) / 2)
    if below:
        bottom = round((min(box.top for _, box in below) + axes.bottom) / 2)
    parts = [
        Panel(False, (left, top, right, bottom), part)
        for (left, right), part in zip(pairwise(edges), inside, strict=True)
    ]
    if above:
        parts.insert(0, _row(above, 0, top, width))
    if below:
        parts.append(_row(below, bottom, height, width))
    return parts


def _row(placed: list[tuple[Slot, Box]], top: int, bottom: int, width: int) -> Panel:
    """Return a row that is no wider than what it shows, so that it stays large when it shrinks."""
    box = around(box for _, box in placed)
    assert box is not None  # a row shows something
    left, right = max(0, int(box.left)), min(width, int(box.right) + 1)
    return Panel(True, (left, top, right, bottom), [slot for slot, _ in placed])
