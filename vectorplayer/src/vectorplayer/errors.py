"""What can go wrong while an animation is recorded.

A `WriterError` is the writer's own refusal, which `VectorHTMLWriter.saving` passes on as it is,
and so is a `RasterFallbackWarning` where warnings are errors.
Every other exception comes from the caller's update function or from an artist, and becomes a
`FrameError` that says in which frame it happened.
"""


class WriterError(Exception):
    """Something that the writer itself refuses; the base class of all its errors."""


class FrameError(WriterError, RuntimeError):
    """A frame could not be drawn.

    Parameters
    ----------
    message : str
    frame : int, optional
        Index of the frame.

    Attributes
    ----------
    frame : int or None
        Index of the frame; ``__cause__`` is the exception that was raised there.
    """

    def __init__(self, message: str, frame: int | None = None) -> None:
        super().__init__(message)
        self.frame = frame

    @classmethod
    def from_cause(cls, frame: int, cause: BaseException) -> "FrameError":
        """Return the error of a frame; raise it ``from cause``."""
        reason = f"{type(cause).__name__}: {cause}".removesuffix(": ")
        return cls(f"frame {frame} of the animation could not be drawn: {reason}", frame)


class FigureSizeError(WriterError, ValueError):
    """The size or the dpi of the figure changed between two frames."""


class GrabFrameError(WriterError, TypeError):
    """`VectorHTMLWriter.grab_frame` got an option of ``savefig`` that vectors cannot honour."""


class SizeLimitError(WriterError, ValueError):
    """The HTML of an animation would be larger than allowed."""


class RasterFallbackWarning(UserWarning):
    """Something is kept as pictures instead of vectors; the message says what and why."""


OWN = (WriterError, RasterFallbackWarning)
