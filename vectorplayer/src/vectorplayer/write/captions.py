"""The words of the readout."""

import re
from collections.abc import Callable, Collection, Sequence

from matplotlib.figure import Figure

MATH = re.compile(r"(?<!\\)\$(.*?)(?<!\\)\$")
WORDS = {r"\|": "‖", r"\Vert": "‖", r"\times": "×", r"\cdot": "·", r"\leq": "≤", r"\geq": "≥"}


def plain(text: str) -> str:
    r"""Return a text of a figure as it may be read aloud: one line, no marks of mathematics.

    Examples
    --------
    >>> plain(r"Step 3, $D_{KL}[q \ \| \ p] = 0.5$ for 5\$")
    'Step 3, D_KL[q ‖ p] = 0.5 for 5$'
    """
    text = MATH.sub(lambda match: _plain_math(match[1]), text).replace(r"\$", "$")
    lines = [
        "   ".join(" ".join(part.split()) for part in line.split("   ")).strip()
        for line in text.splitlines()
    ]
    return ", ".join(line for line in lines if line)


def _plain_math(source: str) -> str:
    for command, sign in WORDS.items():
        source = source.replace(command, sign)
    source = re.sub(r"\\[ ,;:!]", " ", source)
    source = re.sub(r"\\(?:mathrm|mathbf|mathit|text|left|right)\b", "", source)
    return re.sub(r"[{}\\]", "", source)


def check_labels(
    labels: Sequence[str] | Callable[[int], str] | None, count: int
) -> list[str] | None:
    """Return one label a frame, None if none were given.

    Raises
    ------
    ValueError
        If there are more or fewer labels than frames.
    TypeError
        If a label is not a string.
    """
    if labels is None:
        return None
    made = [labels(frame) for frame in range(count)] if callable(labels) else list(labels)
    if len(made) != count:
        raise ValueError(f"labels must be one a frame: {len(made)} labels, {count} frames")
    for frame, label in enumerate(made):
        if not isinstance(label, str):
            raise TypeError(f"labels must be strings, got {label!r} for frame {frame}")
    return made


def describe(fig: Figure, *, besides: Collection[str] = ()) -> str:
    """Return the words of a figure, its titles and axis labels, but for those that change."""
    words = [fig.get_suptitle()]
    for ax in fig.axes:
        words += [ax.get_title(), ax.get_title("left"), ax.get_title("right")]
        words += [ax.get_xlabel(), ax.get_ylabel()]
    seen = dict.fromkeys(plain(word) for word in words if word and word not in besides)
    return "Animated figure" + (": " + ", ".join(seen) if seen else "")
