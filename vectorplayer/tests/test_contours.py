"""What Chromium draws of contours is what Matplotlib draws, more tightly than in the gallery.

The measure, `difference`, is of 255 after a blur of one pixel.  Two numbers bound it: the largest
difference of a pixel and the mean over the picture.  A contour that is missing or that is moved
by two pixels is far beyond both, which the negative tests show.
"""

import pytest

TIGHT = {"largest": 40, "mean": 0.5}


def check(tools, picture, own, largest, mean):
    found = tools.difference(picture, own)
    assert found[0] <= largest
    assert found[1] <= mean


def test_contours_at_three_steps(tools, picture_of):
    steps = [0, 1, 2, 30, 56, 57, 58, 100, 150, 200, 249, 250]
    anim = tools.contours(steps)
    frames = [steps.index(step) for step in (0, 57, 250)]
    pictures = picture_of(tools.write(anim).html, frames)
    for frame, picture in zip(frames, pictures, strict=True):
        check(tools, picture, tools.still(anim, frame), **TIGHT)


DAMAGE = {
    "a contour is missing": ("<g data-slot><path ", '<g data-slot><path visibility="hidden" '),
    "contours are moved by two pixels": (
        "<g data-slot>",
        '<g data-slot transform="translate(20)">',
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_tolerance_is_tight(tools, picture_of, damage):
    anim = tools.contours([0, 57])
    html = tools.write(anim).html
    assert DAMAGE[damage][0] in html
    damaged = html.replace(*DAMAGE[damage])
    # Frame None is the markup, without the script: the last frame.
    (whole,), (broken,) = (picture_of(page, [None]) for page in (html, damaged))
    own = tools.still(anim, 1)
    check(tools, whole, own, **TIGHT)
    largest, _ = tools.difference(broken, own)
    assert largest > 2 * TIGHT["largest"]
