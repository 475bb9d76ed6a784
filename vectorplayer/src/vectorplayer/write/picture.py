"""One frame of a recording as inline SVG: one element per panel, a group per slot that moves."""

import math
import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2s
from html import escape
from importlib.resources import files
from itertools import groupby

from vectorplayer.record.recorder import Recorder
from vectorplayer.types import Slot
from vectorplayer.write.checks import check_words
from vectorplayer.write.palette import Palette
from vectorplayer.write.panels import Panel, is_background, panels, whole_box
from vectorplayer.write.svg import clipped, definitions, defs, svg_items

NAME = re.compile(r'role="img" aria-label="[^"]*"')
SVG = '<svg xmlns="http://www.w3.org/2000/svg"'


@cache
def picture_block() -> str:
    """Return the style sheet that all pictures of a page share, still or moving.

    The text is always the same, so that what assembles pages may keep the first copy alone.
    """
    return f"<style>{asset('picture.css')}</style>"


def asset(name: str) -> str:
    """Return a file of the assets without indentation, empty lines and comments on own lines."""
    source = (files("vectorplayer") / "assets" / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


class Picture:
    """What a page shows of a recording: its slots by panels, in the colours of the page.

    Parameters
    ----------
    slots : sequence of Slot
    recorder : Recorder
        What has recorded them.
    follows : bool
        Whether the colours follow the theme of the page.

    Attributes
    ----------
    slots : list of Slot
        In the order in which they stand in the markup.
    palette : Palette
    """

    def __init__(self, slots: Sequence[Slot], recorder: Recorder, *, follows: bool) -> None:
        self._recorder = recorder
        self.palette = Palette(recorder.styles, follows=follows)
        self._panels = [Panel(False, whole_box(recorder), list(slots))]
        if follows:  # then the page is the background
            styles = list(recorder.styles)
            shown = [
                slot
                for slot in slots
                if not (slot.still and is_background(slot.at(0), recorder, styles))
            ]
            self._panels = panels(shown, recorder)
        self.slots = [slot for panel in self._panels for slot in panel.slots]

    def markup(self, frame: int, prefix: str, alt: str) -> str:
        """Return a frame as SVG elements; ids start with ``prefix``."""
        bodies = [
            self._body(panel.slots, frame, f"{prefix}{place}-")
            for place, panel in enumerate(self._panels)
        ]
        name = f'role="img" aria-label="{escape(alt)}"'
        declarations = self.palette.declarations
        style = f' style="{declarations}"' if declarations else ""
        least = self._recorder.least_text
        text = f' data-text="{round(least * self._recorder.units)}"' if least else ""
        if len(self._panels) == 1:
            view = _view(self._panels[0].box)
            return f'{SVG} {view} {name} fill="none"{style}{text}>{bodies[0]}</svg>'
        width = whole_box(self._recorder)[2]
        parts = [
            f'{SVG} class="vp-panel" {_view(panel.box)} aria-hidden="true" fill="none"'
            f' style="{_place(panel, width, self._recorder.units)}">{body}</svg>'
            for panel, body in zip(self._panels, bodies, strict=True)
        ]
        return f'<div class="vp-panels" {name}{style}{text}>{"".join(parts)}</div>'

    def _body(self, slots: Sequence[Slot], frame: int, prefix: str) -> str:
        shapes, clips = list(self._recorder.shapes), list(self._recorder.clips)
        shown = [(slot, slot.at(frame)) for slot in slots]
        ids = definitions([display for _, display in shown if display], shapes, prefix)
        body = [defs(ids)]
        for clip, run in groupby(shown, lambda pair: pair[0].key[-2]):
            parts = []
            for slot, display in run:
                items = svg_items(display, shapes, self.palette, ids)
                parts.append(items if slot.still else f"<g data-slot>{items}</g>")
            body.append(clipped("".join(parts), clips[clip]))
        return "".join(body)


def still_markup(slots: Sequence[Slot], recorder: Recorder, *, alt: str, follows: bool) -> str:
    """Return the element of a figure that stands still, without the shared block."""
    picture = Picture(slots, recorder, follows=follows)
    draft = picture.markup(0, "", "")
    # No two figures of a page have the same ids, unless they show the same.
    prefix = "f" + blake2s(draft.encode(), digest_size=4).hexdigest() + "-"
    style = f"width:{recorder.width:g}px"
    return f'<div class="vp-picture" style="{style}">{picture.markup(0, prefix, alt)}</div>'


def with_alt(html: str, alt: str) -> str:
    """Return the HTML of a `VectorFigure` with another alternative text; other HTML as it is.

    Raises
    ------
    TypeError
        If an argument is no string.
    ValueError
        If `alt` is blank.

    Examples
    --------
    >>> with_alt('<div class="vp-picture"><svg role="img" aria-label="old">', 'A "new" one.')
    '<div class="vp-picture"><svg role="img" aria-label="A &quot;new&quot; one.">'
    """
    if not isinstance(html, str):
        raise TypeError(f"html must be a string, got {html!r}")
    if check_words("alt", alt) is None:
        raise TypeError("alt must be a string, got None")
    before, found, after = html.partition('<div class="vp-picture"')
    if not found:
        return html
    label = f'role="img" aria-label="{escape(alt)}"'
    return before + found + NAME.sub(lambda _: label, after, count=1)


def _view(box: tuple[int, int, int, int]) -> str:
    left, top, right, bottom = box
    return f'viewBox="{left} {top} {right - left} {bottom - top}"'


def _place(panel: Panel, width: int, units: float) -> str:
    """Return where a panel stands: its share of the width, what is beside a row, its own width."""
    left, _, right, _ = panel.box
    place = f"--p:{_percent(right - left, width)};--w:{(right - left) / units:g}px"
    if not panel.is_row:
        return place
    return f"{place};--l:{_percent(left, width)};--r:{_percent(width - right, width)}"


def _percent(part: float, whole: float) -> str:
    """Return a share, rounded down: shares that fill a line must not be more than the line."""
    return f"{math.floor(1e6 * part / whole) / 1e4:g}%"
