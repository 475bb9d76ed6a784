"""What can go wrong while an animation is recorded."""


class FrameError(RuntimeError):
    """A frame of an animation could not be drawn; ``__cause__`` is what went wrong."""


class SizeLimitError(ValueError):
    """The HTML of an animation would be larger than allowed."""


class RasterFallbackWarning(UserWarning):
    """Something is kept as pictures instead of vectors; the message says what and why."""
