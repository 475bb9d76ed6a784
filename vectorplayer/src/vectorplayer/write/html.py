"""The HTML of a player: the still background, the moving slots, the text of the frames."""

import json
import operator
from collections.abc import Sequence
from functools import cache
from hashlib import blake2s
from itertools import chain
from typing import Any

import numpy as np

from vectorplayer.record.recorder import Recorder
from vectorplayer.types import Catalogue, DisplayList, Slot, width
from vectorplayer.write.dense import joined_as_pictures, lightened, most
from vectorplayer.write.encoding import shape_text, slot_stream, style_table
from vectorplayer.write.palette import Palette
from vectorplayer.write.picture import Picture, asset, picture_block
from vectorplayer.write.timeline import Timeline


@cache
def player_block() -> str:
    """Return the style sheet and the script that all players of a page share.

    The text is always the same, so that what assembles pages may keep the first
    copy alone.
    """
    names = ("player.css", "tables.js", "picture.js", "links.js", "paper.js", "player.js")
    style, *scripts = map(asset, names)
    # Nothing global but the name of the element, which a page defines once.
    code = "\n".join(scripts)
    script = f'if(!customElements.get("vector-player")){{(()=>{{\n{code}\n}})()}}'
    return f"{picture_block()}<style>{style}</style><script>{script}</script>"


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
    follows: bool,
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

    def written(shown: Sequence[Slot], *, themed: bool = follows) -> tuple[str, str, list[str]]:
        picture = Picture(shown, recorder, follows=themed)
        moving = moving_parts(picture.slots, recorder, length, picture.palette)
        return *_written(picture, {**about, **moving}, recorder, alt), moving["slots"]

    body, data, streams = written(slots)
    size = len(body) + len(data)
    limit = most(slots, size, recorder, length)
    if size > limit:
        lighter = lightened(slots, streams, recorder, length)
        # Pictures of drawings have the colours of a light page.
        follows = follows and all(map(operator.is_, lighter, slots))
        body, data, _ = written(lighter, themed=follows)
    if (size := len(body) + len(data)) > limit:
        joined = joined_as_pictures(slots, size, recorder)
        body, data, _ = written(joined, themed=follows and joined is slots)
    note = f"Animation of {length} frames. This is the last one."
    return (
        f'<vector-player><figure style="width:{recorder.width:g}px">{body}'
        f'<p class="vp-note">{note}</p></figure>'
        f'<script type="application/json">{data}</script></vector-player>'
    )


def _written(
    picture: Picture, movie: dict[Any, Any], recorder: Recorder, alt: str
) -> tuple[str, str]:
    """Return the last frame as markup, and what the player reads."""
    pictures = _pictures(picture.slots, recorder, movie["count"])
    movie = {**movie, "shapes": [pictures.get(text, text) for text in movie["shapes"]]}
    data = json.dumps(movie, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    # No two animations of a page have the same ids, unless they show the same.
    prefix = "v" + blake2s(data.encode(), digest_size=4).hexdigest() + "-"
    return picture.markup(movie["count"] - 1, prefix, alt), data


def _pictures(slots: Sequence[Slot], recorder: Recorder, length: int) -> dict[str, str]:
    """Return what stands for each picture that the last frame holds: ``@`` and its place there."""
    shapes, found = list(recorder.shapes), []
    for slot in slots:
        display = slot.at(length - 1)
        if display is not None:
            shown = (shapes[number] for number in display.shapes)
            found += [text for kind, text in shown if kind == "image"]
    return {text: f"@{place}" for place, text in enumerate(found)}


def moving_parts(
    slots: Sequence[Slot], recorder: Recorder, length: int, styles: Palette
) -> dict[str, list[Any]]:
    """Return the slots that move, for the player, and the styles and shapes that they need."""
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


def _numbered_by_names(slots: Sequence[Slot], styles: Palette) -> Catalogue:
    """Give numbers to the styles of what moves, neighbours to those with the same attributes."""
    shown = (display for slot in slots if not slot.still for _, display in slot.events if display)
    groups: dict[tuple[Any, ...], list[int]] = {}
    for number in dict.fromkeys(chain.from_iterable(display.styles for display in shown)):
        groups.setdefault(tuple(name for name, _ in styles[number]), []).append(number)
    return Catalogue((number, k) for k, number in enumerate(chain.from_iterable(groups.values())))


def _renumbered(display: DisplayList, styles: Catalogue, shapes: Catalogue) -> DisplayList:
    """Return the list with styles and shapes numbered within what moves."""
    return display._replace(
        styles=tuple(map(styles.number, display.styles)),
        shapes=tuple(map(shapes.number, display.shapes)),
    )
