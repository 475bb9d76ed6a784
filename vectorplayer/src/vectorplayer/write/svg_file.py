"""A recording as an SVG file: a still of one frame, or a film that runs without a script.

The film shows and hides groups by CSS, which browsers also run in an ``<img>``, and which stands
still for readers who prefer reduced motion.  Programs without CSS animations show the last frame.
"""

from collections import Counter
from collections.abc import Iterable
from html import escape
from itertools import groupby
from operator import itemgetter

import numpy as np

from vectorplayer.record.pathdata import path_data, short
from vectorplayer.types import DisplayList, width
from vectorplayer.write.recording import Recording

LONG = 200  # characters from which on markup that comes back is kept once


def svg_still(recording: Recording, frame: int) -> str:
    """Return one frame as an SVG file."""
    writer = _Writer(recording)
    return writer.document(
        [(slot.key[-2], "", writer.markup(slot.at(frame))) for slot in recording.timeline.slots]
    )


def svg_film(recording: Recording) -> str:
    """Return all frames as an SVG file that plays by itself, over and over if it repeats."""
    writer, timing = _Writer(recording), _Timing(recording)
    parts = []
    for slot in recording.timeline.slots:
        ends = [start for start, _ in slot.events[1:]] + [recording.count]
        for (start, display), end in zip(slot.events, ends, strict=True):
            seen = "" if slot.still or display is None else timing.attributes(start, end)
            parts.append((slot.key[-2], seen, writer.markup(display)))
    return writer.document(parts, f"<style>{timing.rules()}</style>")


class _Timing:
    """When groups are seen: class names, attributes and the rules that belong to them."""

    def __init__(self, recording: Recording) -> None:
        self._count, self._fps, self._repeat = recording.count, recording.fps, recording.repeat
        self._holds: dict[int, str] = {}

    def attributes(self, start: int, end: int) -> str:
        """Return the attributes of a group that is seen from one frame to another."""
        still = " s" if end == self._count else ""
        if self._repeat:  # it is under way from the first moment: its base state is never seen
            name = self._holds.setdefault(end - start, f"h{end - start}")
            delay = self._seconds(start - self._count) if start else "0s"
            return f'class="f {name}{still}" style="animation-delay:{delay}"'
        if still:  # seen when it is no longer hidden by an animation
            return f'class="f s" style="animation-duration:{self._seconds(start)}"'
        delay, duration = self._seconds(start), self._seconds(end - start)
        return f'class="f" style="animation-delay:{delay};animation-duration:{duration}"'

    def rules(self) -> str:
        """Return the style sheet."""
        if self._repeat:
            more = "".join(
                f".{name}{{animation-name:{name}}}@keyframes {name}{{0%{{visibility:visible}}"
                f"{short(100 * hold / self._count, 4)}%,to{{visibility:hidden}}}}"
                for hold, name in self._holds.items()
            )
            times = "infinite"
        else:
            more = (
                ".f{animation-name:v}.s{animation-name:h}"
                "@keyframes v{0%,to{visibility:visible}}@keyframes h{0%,to{visibility:hidden}}"
            )
            times = "1"
        return (
            ".f{visibility:hidden}.s{visibility:visible}"
            "@media(prefers-reduced-motion:no-preference){"
            f".f{{animation:{self._seconds(self._count)} step-end {times}}}{more}}}"
        )

    def _seconds(self, frames: int) -> str:
        return short(frames / self._fps, 4) + "s"


class _Writer:
    """Write display lists as elements; what is used more than once is collected in ``defs``."""

    def __init__(self, recording: Recording) -> None:
        recorder = recording.recorder
        self._recording = recording
        self._shapes, self._styles = list(recorder.shapes), list(recorder.styles)
        self._clips = list(recorder.clips)
        self._size = [recorder.width, recorder.height]
        self._box = [round(size * recorder.units) for size in self._size]
        self._definitions: dict[str, str] = {}  # by id

    def markup(self, display: DisplayList | None) -> str:
        """Write a display list; neighbours in one style share a group."""
        if display is None:
            return ""
        sizes = [width(self._shapes[number]) for number in display.shapes]
        numbers = np.split(display.numbers, np.cumsum(sizes[:-1]))
        items = zip(display.styles, display.shapes, numbers, strict=True)
        groups = []
        for style, run in groupby(items, key=itemgetter(0)):
            elements = [self._element(shape, place) for _, shape, place in run]
            paint = _attributes(self._styles[style])
            if len(elements) == 1 or not paint:
                groups += [f"<{element}{paint}/>" for element in elements]
            else:
                groups.append(f"<g{paint}>{''.join(f'<{one}/>' for one in elements)}</g>")
        return "".join(groups)

    def _element(self, number: int, numbers: np.ndarray) -> str:
        kind, text = self._shapes[number]
        if kind == "path":
            points = np.cumsum(numbers.reshape(-1, 2), axis=0)
            return f'path d="{path_data(text, points)}"'
        if kind == "placed":
            name = f"p{number}"
            self._definitions[name] = f'<path id="{name}" d="{text}"/>'
            return f'use href="#{name}" x="{numbers[0]}" y="{numbers[1]}"'
        box = zip(("x", "y", "width", "height"), map(str, numbers), strict=True)
        return f"image{_attributes((*box, ('preserveAspectRatio', 'none'), ('href', text)))}"

    def document(self, parts: list[tuple[int, str, str]], style: str = "") -> str:
        """Put clips, attributes and markup together, in drawing order."""
        often = {
            text: f"g{number}"
            for number, (text, uses) in enumerate(Counter(part[2] for part in parts).items())
            if uses > 1 and len(text) > LONG
        }
        for text, name in often.items():
            self._definitions[name] = f'<g id="{name}">{text}</g>'
        body = ""
        for clip, run in groupby(parts, key=itemgetter(0)):
            content = ""
            for _, seen, text in run:
                text = f'<use href="#{often[text]}"/>' if text in often else text
                content += f"<g {seen}>{text}</g>" if seen and text else text
            body += self._clipped(content, clip)
        width, height = self._size
        title, alt = map(escape, (self._recording.title, self._recording.alt))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
            f' viewBox="0 0 {self._box[0]} {self._box[1]}" role="img" fill="none">'
            f"<title>{title}</title><desc>{alt}</desc>{style}"
            f"<defs>{''.join(self._definitions.values())}</defs>{body}</svg>\n"
        )

    def _clipped(self, content: str, number: int) -> str:
        if self._clips[number] is None or not content:
            return content
        x, y, w, h, d = self._clips[number]
        name = f"c{number}"
        outline = f'<path d="{d}"/>' if d else f'<rect x="{x}" y="{y}" width="{w}" height="{h}"/>'
        self._definitions[name] = f'<clipPath id="{name}">{outline}</clipPath>'
        content = f'<g clip-path="url(#{name})">{content}</g>'
        if d and [x, y, w, h] != [0, 0, *self._box]:
            self._clips.append((x, y, w, h, ""))
            return self._clipped(content, len(self._clips) - 1)
        return content


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {name}="{value}"' for name, value in pairs)
