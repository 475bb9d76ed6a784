"""Texts whose glyphs do not stand in the order of their characters."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.animation import FuncAnimation

HEBREW, ARABIC = "שלום עולם", "مرحبا بالعالم"
TEXTS = {
    "Hebrew": HEBREW,
    "Arabic": ARABIC,
    "one letter": "א",
    "digits in Hebrew": "צעד 123 מתוך 456",
    "digits in Arabic": "خطوة ١٢٣ من 456",
    "Hebrew in Latin": f"step {HEBREW} = 3.5",
    "Latin in Hebrew": f"{HEBREW} KL(q) = 3.5 {HEBREW}",
    "Latin that is overridden": "\u202eabc def\u202c",
    "blanks at both ends": f"  {HEBREW}  ",
}


@pytest.mark.parametrize("name", TEXTS)
def test_titles_texts_and_tick_labels(name, tools, picture_of):
    fig, ax = plt.subplots(figsize=(4, 3))
    ax.set(xlabel=TEXTS[name], yticks=[])
    ax.set_xticks([0.3, 0.7], [TEXTS[name], HEBREW], fontsize=7)
    turned = ax.text(0.5, 0.5, TEXTS[name], rotation=20, ha="right", bbox={"fc": "w"})

    def draw(k):
        ax.set_title(TEXTS[name] * k)
        turned.set_position((0.5 + k / 5, 0.5))

    anim = FuncAnimation(fig, draw, frames=2, init_func=lambda: [])
    for frame, picture in enumerate(picture_of(tools.write(anim).html, [0, 1])):
        # A letter that is missing differs by more than 100, one that is a pixel off by about 60.
        largest, mean = tools.difference(picture, tools.still(anim, frame))
        assert largest <= 65
        assert mean <= 0.9
