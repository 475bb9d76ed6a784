"""The words of the readout, and the words that describe the figure."""

import re
from bisect import bisect_right
from collections.abc import Collection

from matplotlib.cbook import is_math_text
from matplotlib.figure import Figure

from vectorplayer.write.math_text import math_as_text
from vectorplayer.write.timeline import Timeline

MATH = re.compile(r"(?<!\\)\$(.*?)(?<!\\)\$")
READABLE = 3  # texts that change; with more of them the readout counts the frames


def plain(text: str) -> str:
    r"""Return a text of a figure as it may be read aloud: one line, no marks of mathematics.

    Examples
    --------
    >>> plain(r"Step 3, $D_{KL}[q \ \| \ p] = 0.5$ for 5\$")
    'Step 3, D_KL[q ‖ p] = 0.5 for 5$'
    """
    lines = [
        "   ".join(" ".join(part.split()) for part in _without_math(line).split("   ")).strip()
        for line in text.splitlines()
    ]
    return ", ".join(line for line in lines if line)


def _without_math(line: str) -> str:
    if is_math_text(line):  # Matplotlib's own rule, which looks at each line, too
        line = MATH.sub(lambda match: math_as_text(match[1]), line)
    return line.replace(r"\$", "$")


def readout(timeline: Timeline) -> list[str] | None:
    """Return for each frame the texts of the figure that change, joined.

    None stands for "frame 1 of 250": no text changes, or too many to be read.
    """
    moving = [slot.texts for slot in timeline.slots if len(slot.texts) > 1]
    captions = []
    for frame in range(timeline.length):
        texts = [text for text in (_latest(events, frame) for events in moving) if text]
        if len(texts) > READABLE:
            return None
        captions.append("   ".join(filter(None, map(plain, texts))))
    return captions if any(captions) else None


def _latest(texts: list[tuple[int, str]], frame: int) -> str:
    """Return the text in force at a frame."""
    place = bisect_right(texts, frame, key=lambda entry: entry[0])
    return texts[place - 1][1] if place else ""


def describe(fig: Figure, *, kind: str = "Animated figure", besides: Collection[str] = ()) -> str:
    """Return the words of a figure, its titles and axis labels, but for those that change."""
    words = [fig.get_suptitle()]
    for ax in fig.axes:
        words += [ax.get_title(), ax.get_title("left"), ax.get_title("right")]
        words += [ax.get_xlabel(), ax.get_ylabel()]
    seen = dict.fromkeys(plain(word) for word in words if word and word not in besides)
    return kind + (": " + ", ".join(seen) if seen else "")
