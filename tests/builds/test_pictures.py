"""Pictures of pages: the same size, nearly the same colours, fewer bytes."""

import numpy as np
from pictures import to_webp
from PIL import Image


def test_picture_keeps_size_and_colours(tmp_path):
    steps = np.linspace(0, 255, 200).astype(np.uint8)
    pixels = np.stack([np.tile(steps, (120, 1)), np.tile(steps[::-1], (120, 1))], axis=-1)
    pixels = np.dstack([pixels, np.full((120, 200), 40, np.uint8)])
    path = tmp_path / "ramp.png"
    Image.fromarray(pixels).save(path)
    made = to_webp(path)
    assert made.suffix == ".webp" and not path.exists()
    with Image.open(made) as opened:
        assert opened.size == (200, 120)
        assert np.abs(np.asarray(opened.convert("RGB")).astype(int) - pixels).max() <= 4


def test_transparent_ground_becomes_white(tmp_path):
    path = tmp_path / "clear.png"
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(path)
    with Image.open(to_webp(path)) as opened:
        assert opened.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
