"""The colours of a picture as a page sees them: ink is the page's own, others have two values."""

from collections.abc import Collection
from functools import lru_cache

from matplotlib.colors import to_rgb

from vectorplayer.types import Catalogue
from vectorplayer.write.dark import dark_counterparts
from vectorplayer.write.svg import Style

INK = "currentColor"
DARKEST_INK = 0.11  # largest level of a grey that is the page's ink
GROUND = (
    # the picture's own variable, then those of two themes, then what the browser paints
    "var(--vp-ground,var(--pst-color-background,var(--jp-layout-color0,Canvas)))"
)
PAINTS = {"fill", "stroke"}


class Palette:
    """Styles whose colours follow the theme of a page.

    Near-black becomes ``currentColor``, white the ground of the page, and any other colour a
    variable of the picture: ``--c0``, ``--c1``, ... in the order of their first use.

    Parameters
    ----------
    styles : catalogue of Style
        As they were recorded, in the colours of a light page; more of them may come.
    follows : bool
        Whether the colours follow the theme; else the styles stay as they are.
    """

    def __init__(self, styles: Collection[Style], *, follows: bool) -> None:
        self.follows = follows
        self._styles, self._recorded = styles, list(styles)
        self._colors = Catalogue()
        self._themed: dict[int, Style] = {}

    def __getitem__(self, number: int) -> Style:
        """Return a style; only its colours are declared that are asked for."""
        if number >= len(self._recorded):
            self._recorded = list(self._styles)
        if not self.follows:
            return self._recorded[number]
        if number not in self._themed:
            self._themed[number] = tuple(
                (name, self._themed_color(value) if name in PAINTS else value)
                for name, value in self._recorded[number]
            )
        return self._themed[number]

    def _themed_color(self, color: str) -> str:
        if color == "#ffffff":
            return "var(--g)"
        return INK if _is_ink(color) else f"var(--c{self._colors.number(color)})"

    @property
    def declarations(self) -> str:
        """The variables of the colours used so far, as the text of a ``style`` attribute.

        A page changes a colour by a variable that is named after it, ``--vp-0057a8``.
        """
        if not self.follows:
            return ""
        dark = _counterparts(tuple(self._colors))
        return f"--g:{GROUND}" + "".join(
            f";--c{number}:var(--vp-{color[1:]},light-dark({color},{dark[number]}))"
            for number, color in enumerate(self._colors)
        )


def _is_ink(color: str) -> bool:
    return max(to_rgb(color)) <= DARKEST_INK and max(to_rgb(color)) - min(to_rgb(color)) < 0.02


@lru_cache(maxsize=64)
def _counterparts(colors: tuple[str, ...]) -> list[str]:
    return dark_counterparts(list(colors)) if colors else []
