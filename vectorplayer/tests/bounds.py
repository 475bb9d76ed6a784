"""How far a picture of each kind of artist may be from Matplotlib's own."""

import artists

# The bounds of test_pictures.py, where Chromium is the painter.
BOUNDS = dict.fromkeys(artists.ALL, (65, 1.0)) | dict.fromkeys(
    ("markers", "scatter", "legend", "log_axes", "gaps", "texts"), (130, 1.7)
)
