"""The HTML of a player: the still background, the moving slots, the text of the frames."""

import json
from collections.abc import Sequence
from functools import cache
from hashlib import blake2s
from html import escape
from importlib.resources import files
from itertools import chain, groupby

import numpy as np

from vectorplayer.record.recorder import Recorder
from vectorplayer.types import Catalogue, DisplayList, Slot, width
from vectorplayer.write.dense import joined_as_pictures, lightened, most
from vectorplayer.write.encoding import shape_text, slot_stream, style_table
from vectorplayer.write.svg import Style, clipped, definitions, defs, svg_items
from vectorplayer.write.timeline import Timeline


@cache
def player_block() -> str:
    """Return the style sheet and the script that all players of a page share.

    The text is always the same, so that what assembles pages may keep the first
    copy alone.
    """
    folder = files("vectorplayer") / "assets"
    style, *scripts = (
        _squeeze((folder / name).read_text(encoding="utf-8"))
        for name in ("player.css", "tables.js", "picture.js", "links.js", "paper.js", "player.js")
    )
    # Nothing global but the name of the element, which a page defines once.
    code = "\n".join(scripts)
    script = f'if(!customElements.get("vector-player")){{(()=>{{\n{code}\n}})()}}'
    return f"<style>{style}</style><script>{script}</script>"


def _squeeze(source: str) -> str:
    """Leave out indentation, empty lines and comments that fill a line."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def player_markup(
    timeline: Timeline,
    recorder: Recorder,
    *,
    fps: float,
    start: int,
    repeat: bool,
    alt: str,
    labels: Sequence[str] | None,
    slider: str | None,
    name: str | None,
    light: bool,
) -> str:
    """Return the element of one animation, without the shared block.

    The picture in the markup is the last frame: what is seen without a script and on paper.
    """
    slots, length = timeline.slots, timeline.length
    about = {
        "count": length,
        "fps": round(fps, 3),
        "start": start,
        "labels": labels,
        **({"slider": slider} if slider else {}),
        **({"name": name} if name else {}),
        **({"repeat": True} if repeat else {}),
    }

    def written(shown: Sequence[Slot]) -> tuple[str, str, list[str]]:
        moving = moving_parts(shown, recorder, length)
        return *_written(shown, {**about, **moving}, recorder), moving["slots"]

    body, data, streams = written(slots)
    limit = most(slots, len(body) + len(data), recorder, length)
    if len(body) + len(data) > limit:
        body, data, _ = written(lightened(slots, streams, recorder, length))
    if (size := len(body) + len(data)) > limit:
        body, data, _ = written(joined_as_pictures(slots, size, recorder))
    box = [round(size * recorder.units) for size in (recorder.width, recorder.height)]
    tone = " data-light" if light else ""
    note = f"Animation of {length} frames. This is the last one."
    return (
        f'<vector-player><figure style="width:{recorder.width:g}px">'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box[0]} {box[1]}"'
        f' role="img" aria-label="{escape(alt)}" fill="none"{tone}>'
        f"{body}</svg>"
        f'<p class="vp-note">{note}</p></figure>'
        f'<script type="application/json">{data}</script></vector-player>'
    )


def _written(slots: Sequence[Slot], movie: dict, recorder: Recorder) -> tuple[str, str]:
    """Return the last frame as SVG elements, and what the player reads."""
    pictures = _pictures(slots, recorder, movie["count"])
    movie = {**movie, "shapes": [pictures.get(text, text) for text in movie["shapes"]]}
    data = json.dumps(movie, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    # No two animations of a page have the same ids, unless they show the same.
    prefix = "v" + blake2s(data.encode(), digest_size=4).hexdigest() + "-"
    return last_frame(slots, recorder, movie["count"], prefix), data


def _pictures(slots: Sequence[Slot], recorder: Recorder, length: int) -> dict[str, str]:
    """Return what stands for each picture that the last frame holds: ``@`` and its place there."""
    shapes, found = list(recorder.shapes), []
    for slot in slots:
        display = slot.at(length - 1)
        if display is not None:
            shown = (shapes[number] for number in display.shapes)
            found += [text for kind, text in shown if kind == "image"]
    return {text: f"@{place}" for place, text in enumerate(found)}


def last_frame(slots: Sequence[Slot], recorder: Recorder, length: int, prefix: str) -> str:
    """Return the last frame as SVG elements; a group for each slot that moves."""
    shapes, styles, clips = list(recorder.shapes), list(recorder.styles), list(recorder.clips)
    shown = [(slot, slot.at(length - 1)) for slot in slots]
    ids = definitions([display for _, display in shown if display], shapes, prefix)
    body = [defs(ids)]
    for clip, run in groupby(shown, lambda pair: pair[0].key[-2]):
        parts = []
        for slot, display in run:
            items = svg_items(display, shapes, styles, ids)
            parts.append(items if slot.still else f"<g data-slot>{items}</g>")
        body.append(clipped("".join(parts), clips[clip]))
    return "".join(body)


def moving_parts(slots: Sequence[Slot], recorder: Recorder, length: int) -> dict[str, list]:
    """Return the slots that move, for the player, and the styles and shapes that they need."""
    styles = list(recorder.styles)
    used_shapes, used_styles = Catalogue(), _numbered_by_names(slots, styles)
    moving = [
        [
            (frame, shown and _renumbered(shown, used_styles, used_shapes))
            for frame, shown in slot.events
        ]
        for slot in slots
        if not slot.still
    ]
    shapes = list(recorder.shapes)
    used = [shapes[number] for number in used_shapes]
    widths = np.array([width(shape) for shape in used], int)
    return {
        "styles": style_table([styles[number] for number in used_styles]),
        "shapes": [shape_text(shape) for shape in used],
        "slots": [slot_stream(events, length, widths) for events in moving],
    }


def _numbered_by_names(slots: Sequence[Slot], styles: Sequence[Style]) -> Catalogue:
    """Give numbers to the styles of what moves, neighbours to those with the same attributes."""
    shown = (display for slot in slots if not slot.still for _, display in slot.events if display)
    groups: dict[tuple, list[int]] = {}
    for number in dict.fromkeys(chain.from_iterable(display.styles for display in shown)):
        groups.setdefault(tuple(name for name, _ in styles[number]), []).append(number)
    return Catalogue((number, k) for k, number in enumerate(chain.from_iterable(groups.values())))


def _renumbered(display: DisplayList, styles: Catalogue, shapes: Catalogue) -> DisplayList:
    """Return the list with styles and shapes numbered within what moves."""
    return display._replace(
        styles=tuple(map(styles.number, display.styles)),
        shapes=tuple(map(shapes.number, display.shapes)),
    )
