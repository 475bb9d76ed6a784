"""A recorded animation or still: all that its files are made from, apart from the figure."""

from dataclasses import dataclass
from functools import cached_property

from vectorplayer.record.recorder import Recorder
from vectorplayer.write.html import player_block, player_markup
from vectorplayer.write.picture import picture_block, still_markup
from vectorplayer.write.timeline import Timeline


@dataclass(kw_only=True)
class Recording:
    """The frames and what is said about them; nothing in it refers to an artist."""

    timeline: Timeline
    recorder: Recorder
    fps: float
    start: int
    repeat: bool
    alt: str
    labels: list[str] | None
    slider: str | None
    name: str | None
    follows: bool
    metadata: dict[str, str]
    moves: bool = True

    @property
    def count(self) -> int:
        """Number of frames."""
        return self.timeline.length

    @property
    def title(self) -> str:
        """The title of the metadata, else what is seen."""
        titles = (text for key, text in self.metadata.items() if key.lower() == "title")
        return next(titles, self.alt)

    @cached_property
    def html(self) -> str:
        """The player, or a still, with the style sheet and the script that it needs."""
        if not self.moves:
            return picture_block() + still_markup(
                self.timeline.slots, self.recorder, alt=self.alt, follows=self.follows
            )
        player = player_markup(
            self.timeline,
            self.recorder,
            fps=self.fps,
            start=self.start,
            repeat=self.repeat,
            alt=self.alt,
            labels=self.labels,
            slider=self.slider,
            name=self.name,
            follows=self.follows,
        )
        return player_block() + player
