"""The context in which frames are grabbed."""

from types import TracebackType
from typing import TYPE_CHECKING, Any

from vectorplayer.errors import OWN, FrameError

if TYPE_CHECKING:
    from vectorplayer.write.writer import VectorHTMLWriter


class Saving:
    """Set a writer up, and finish it unless an exception came; give the figure back in any case.

    It is a class since `contextlib.contextmanager` lets a StopIteration pass as it is, which is
    what an update function raises that asks an iterator for too much.
    """

    def __init__(self, writer: "VectorHTMLWriter", *args: Any, **kwargs: Any) -> None:
        self._writer, self._args, self._kwargs = writer, args, kwargs

    def __enter__(self) -> "VectorHTMLWriter":
        self._writer.setup(*self._args, **self._kwargs)
        return self._writer

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        frame = self._writer.frame_count
        try:
            if error is None:
                self._writer.finish()
            elif isinstance(error, Exception) and not isinstance(error, OWN):
                raise FrameError.from_cause(frame, error) from error
        finally:
            self._writer.abandon()
