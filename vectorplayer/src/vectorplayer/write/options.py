"""The options of a recording, checked before the first frame is drawn."""

from dataclasses import dataclass

from vectorplayer.write.checks import (
    Labels,
    check_bool,
    check_bool_or_none,
    check_frame,
    check_labels,
    check_number,
    check_words,
)

SIZE_LIMIT = 20_000_000  # bytes, as Matplotlib's own animation.embed_limit


@dataclass(kw_only=True, slots=True)
class Options:
    """What `VectorHTMLWriter` and `VectorPlayer` can be told; see there."""

    labels: Labels = None
    alt: str | None = None
    slider: str | None = None
    name: str | None = None
    start: int = 0
    repeat: bool = False
    size_limit: float = SIZE_LIMIT
    precision: float = 0.1
    tolerance: float = 0.1
    trust: bool = True
    dark: bool | None = None

    def __post_init__(self) -> None:
        self.labels = check_labels(self.labels)
        self.alt = check_words("alt", self.alt)
        self.slider = check_words("slider", self.slider)
        self.name = check_words("name", self.name)
        self.start = check_frame("start", self.start)
        self.repeat = check_bool("repeat", self.repeat)
        self.size_limit = check_number("size_limit", self.size_limit)
        self.precision = check_number("precision", self.precision)
        self.tolerance = check_number("tolerance", self.tolerance, allow_zero=True)
        self.trust = check_bool("trust", self.trust)
        self.dark = check_bool_or_none("dark", self.dark)
